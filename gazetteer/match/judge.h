/* judge.h - whether two texts give the same address.
 *
 * Boosted trees over what the elements of both say of each other (features.h);
 * the figures stand in docs/how/address-matching.md.
 *
 *     struct gaz_judge *judge;
 *     if (gaz_judge_open(ctx, &judge) == GAZ_OK)
 *         status = gaz_judge_pair(ctx, judge, "乍浦镇天妃路1号", "天妃路", &j);
 *
 * gaz_judge_pair judges a pair alone, whatever stands around it, and both ways:
 * (a, b) and (b, a) get the same label and probabilities. gaz_judge_list judges
 * the candidates that were found for one address against each other, which
 * tells more. A judge belongs to one thread.
 */
#ifndef GAZ_MATCH_JUDGE_H
#define GAZ_MATCH_JUDGE_H

#include "gazetteer/match/evidence.h"
#include "gazetteer/match/trees.h"

typedef enum {
    GAZ_PAIR_DIFFERENT = 0,
    GAZ_PAIR_PARTLY = 1, /* the place around, or a part of it */
    GAZ_PAIR_SAME = 2,
} gaz_pair_label;

struct gaz_judgement {
    gaz_pair_label label;
    double probability[GAZ_MATCH_CLASSES]; /* of each label; sum 1 */
    struct gaz_evidence evidence;
};

struct gaz_judge;

gaz_status gaz_judge_open(struct gaz_ctx *ctx, struct gaz_judge **out);
void gaz_judge_close(struct gaz_judge *judge); /* accepts NULL */

/* gaz_judge_pair compares two texts; texts of the evidence live in ctx->arena.
 * @return GAZ_OK; GAZ_INVALID: a text is empty, has no letters, or is not
 *         UTF-8; GAZ_LIMIT: longer than GAZ_ADDRESS_MAX_BYTES */
gaz_status gaz_judge_pair(struct gaz_ctx *ctx, struct gaz_judge *judge,
                          const char *a, const char *b,
                          struct gaz_judgement *out);

/* gaz_judge_label is gaz_judge_pair without the evidence, which stays empty. */
gaz_status gaz_judge_label(struct gaz_ctx *ctx, struct gaz_judge *judge,
                           const char *a, const char *b,
                           struct gaz_judgement *out);

enum { GAZ_LIST_MAX = 64 }; /* candidates of a list */

struct gaz_candidate {
    const char *text;    /* set by the caller */
    gaz_status status;   /* of this candidate, as of gaz_judge_pair */
    const char *failure; /* why it is not GAZ_OK, else NULL; in ctx->arena */
    struct gaz_judgement judgement; /* when it is GAZ_OK */
};

struct gaz_list_options {
    bool is_alone; /* each candidate by itself: gaz_judge_pair many times */
    bool has_evidence;
};

/* gaz_judge_list judges candidates for `asked`, and cuts it once. Their order
 * does not matter; one that cannot be judged is as if it were not there; a list
 * of one is judged alone. Which text is `asked` does matter.
 * @return GAZ_OK; GAZ_INVALID, GAZ_LIMIT as gaz_judge_pair for `asked`, then
 *         nothing is judged; GAZ_LIMIT: more than GAZ_LIST_MAX */
gaz_status gaz_judge_list(struct gaz_ctx *ctx, struct gaz_judge *judge,
                          const char *asked,
                          const struct gaz_list_options *options,
                          struct gaz_candidate *list, int count);

/* gaz_judge_name returns "different", "partly" or "same". */
const char *gaz_judge_name(gaz_pair_label label);

#endif

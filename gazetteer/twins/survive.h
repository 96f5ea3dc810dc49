/* survive.h - what a merged place or address keeps of both, by
 * data/dedupe/survivorship.txt.
 */
#ifndef GAZ_TWINS_SURVIVE_H
#define GAZ_TWINS_SURVIVE_H

#include "gazetteer/model/address.h"
#include "gazetteer/store/merge.h"

typedef enum {
    GAZ_SURVIVE_KEEP, /* which id stays */
    GAZ_SURVIVE_CATEGORY,
    GAZ_SURVIVE_PARENT,
    GAZ_SURVIVE_POSITION,
    GAZ_SURVIVE_AREA,
    GAZ_SURVIVE_ADDRESS,
    GAZ_SURVIVE_MEANING,
    GAZ_SURVIVE_ORIGIN,
    GAZ_SURVIVE_HISTORY,
    GAZ_SURVIVE_NUMBERING,
    GAZ_SURVIVE_PLACE_FIELDS,
    /* of addresses */
    GAZ_SURVIVE_ADDRESS_KEEP = GAZ_SURVIVE_PLACE_FIELDS, /* with its words */
    GAZ_SURVIVE_ADDRESS_SITE,
    GAZ_SURVIVE_ADDRESS_POSITION,
    GAZ_SURVIVE_FIELDS,
} gaz_survive_field;

enum { GAZ_SURVIVE_CRITERIA_MAX = 6 };

struct gaz_survival {
    /* numbers of criteria, in order; -1 ends them */
    int criteria[GAZ_SURVIVE_FIELDS][GAZ_SURVIVE_CRITERIA_MAX + 1];
};

/* gaz_survive_read reads "field criterion..." lines; # begins a comment. Every
 * field must be there once. GAZ_INVALID names the line or what is missing. */
gaz_status gaz_survive_read(struct gaz_ctx *ctx, const char *text,
                            struct gaz_survival *out);
gaz_status gaz_survive_default(struct gaz_ctx *ctx, struct gaz_survival *out);

/* A place and where the last word on it came from. */
struct gaz_heir {
    struct gaz_place place;
    struct gaz_origin origin;
};

/* True: b stays, a is merged into it. */
bool gaz_survive_turns(const struct gaz_survival *survival,
                       const struct gaz_heir *a, const struct gaz_heir *b);

/* gaz_survive_merge makes the place of both: the kept id and standard name, all
 * names of both (another standard name becomes an alias), the fields by the
 * criteria, the span of both. In ctx->arena; GAZ_LIMIT: too many names. */
gaz_status gaz_survive_merge(struct gaz_ctx *ctx,
                             const struct gaz_survival *survival,
                             const struct gaz_heir *kept,
                             const struct gaz_heir *merged,
                             struct gaz_place *out);

/* The same of addresses. */
struct gaz_address_heir {
    struct gaz_address address;
    struct gaz_origin origin;
};
bool gaz_survive_address_turns(const struct gaz_survival *survival,
                               const struct gaz_address_heir *a,
                               const struct gaz_address_heir *b);

/* gaz_survive_address makes the address of both: the kept id and words (text,
 * parent, number, tail: by them it is found again when its source comes again),
 * site and position by the criteria, the span of both, current when one of them
 * is; made up only when both are. Strings are theirs. */
struct gaz_address gaz_survive_address(const struct gaz_survival *survival,
                                       const struct gaz_address_heir *kept,
                                       const struct gaz_address_heir *merged);

#endif

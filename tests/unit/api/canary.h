/* canary.h - a database that holds, beside what is public, words that stand
 * nowhere else, and who may see each: for what must not get out.
 *
 *     struct canary_world world;
 *     canary_open(&ctx, &world);           // database, snapshot, keys
 *     const struct canary *seen = canary_find(text, size, role, NULL);
 *     canary_close(&ctx, &world);
 *
 * Names and codes of divisions are real; all else is made up and marked
 * synthetic. A failure stops the program.
 */
#ifndef TESTS_UNIT_API_CANARY_H
#define TESTS_UNIT_API_CANARY_H

#include "api/access/keyring.h"
#include "gazetteer/base/id.h"
#include "gazetteer/store/hook.h"
#include "gazetteer/store/key.h"

enum { CANARY_ROLES = 5, CANARY_PATH_BYTES = 64 };

struct canary {
    const char *label;
    const char *word;
    unsigned roles;    /* gaz_role: who may see it; 0: nobody, over HTTP */
    bool must_be_seen; /* by somebody, in a walk over all routes */
};

struct canary_world {
    char folder[CANARY_PATH_BYTES];
    char db[CANARY_PATH_BYTES];
    char snapshot[CANARY_PATH_BYTES];
    char keys[CANARY_ROLES][API_KEY_CHARS + 1]; /* of role 1 << i */
    gaz_id town;
    gaz_id road;
    gaz_id door;
    gaz_id lane;   /* a road that is secret */
    int64_t group; /* first entry of a change group */
    char hook[GAZ_HOOK_ID_CHARS + 1];
};

void canary_open(struct gaz_ctx *ctx, struct canary_world *world);

/* canary_close removes the files; false: it could not. */
bool canary_close(const struct canary_world *world);

/* The words, as canary_open left them: ends with a NULL label. */
extern struct canary CANARIES[];

/* canary_next returns the next word, after `last` (NULL: from the first), that
 * stands in the text; NULL: none. */
const struct canary *canary_next(const char *text, size_t size,
                                 const struct canary *last);

#endif

/* check.h - may a place be called so? One proposed name by the rules. */
#ifndef API_CHECK_H
#define API_CHECK_H

#include "gazetteer/audit/audit.h"

struct api_check_question {
    const char *name;
    const char *category; /* a GB/T 18521 code, or a word: road, village,
                           * community, hamlet, estate, town, building */
    const char *in;       /* code of the division that it would lie in */
    const char *with;     /* attributes, "floors=8;applicant=..."; NULL: none */
};

/* api_check_name judges the name as a planned place of the corpus; findings go
 * to the audit. GAZ_INVALID: no such category or division, an empty name. */
gaz_status api_check_name(struct gaz_ctx *ctx, struct gaz_corpus *corpus,
                          struct gaz_audit *audit,
                          const struct api_check_question *question);

#endif

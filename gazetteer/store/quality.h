/* quality.h - what checks found over time: put and read kept runs. */
#ifndef GAZ_STORE_QUALITY_H
#define GAZ_STORE_QUALITY_H

#include "gazetteer/base/date.h"
#include "gazetteer/store/store.h"

struct gaz_quality_run {
    int64_t id;     /* 0: not stored yet */
    const char *at; /* ISO 8601, UTC; of a stored one */
    gaz_date day;
    const char *scope; /* "": the whole database */
    int64_t places;
    int64_t addresses;
    int64_t errors;
    int64_t warnings;
    int64_t hints;
    int64_t waived; /* not among these three */
};

struct gaz_quality_indicator {
    const char *rule;
    int64_t tested;
    int64_t found;
    double value;  /* per cent; -1: no indicator */
    double target; /* -1: none */
};

/* Inside begin and commit. *out is the row's id. */
gaz_status gaz_quality_put_run(struct gaz_ctx *ctx, struct gaz_store *store,
                               const struct gaz_quality_run *run, int64_t *out);
gaz_status
gaz_quality_put_indicator(struct gaz_ctx *ctx, struct gaz_store *store,
                          int64_t run,
                          const struct gaz_quality_indicator *indicator);

/* The kept values of indicators of one scope, oldest first; at most the newest
 * GAZ_QUALITY_PAST_MAX. In ctx->arena. */
enum { GAZ_QUALITY_PAST_MAX = 2000 };
struct gaz_quality_past {
    int64_t run;
    gaz_date day;
    const char *rule;
    double value;
};
/* The kept runs of one scope, oldest first; at most the newest
 * GAZ_QUALITY_RUNS_MAX. In ctx->arena. */
enum { GAZ_QUALITY_RUNS_MAX = 400 };
gaz_status gaz_quality_runs(struct gaz_ctx *ctx, struct gaz_store *store,
                            const char *scope,
                            const struct gaz_quality_run **out, int *count);

gaz_status gaz_quality_past(struct gaz_ctx *ctx, struct gaz_store *store,
                            const char *scope,
                            const struct gaz_quality_past **out, int *count);

#endif

/* limits.h - the numbers of standards and habits, as data.
 *
 * data/boundary/limits.txt is part of the binary; a file of the bureau may put
 * other values in place of some. A line is
 *
 *     name | value | unit | mark | what, in Chinese | where it stands
 *
 * with a mark of A (read in the text), B (in a secondary source), M (memory) or
 * D (our own); # begins a comment line. Pure but for the arena.
 *
 *     struct gaz_limits limits;
 *     gaz_limits_shipped(ctx, &limits);
 *     status = gaz_limits_override(ctx, "ours.txt", text, size, &limits);
 *     struct gaz_survey_options options = gaz_limits_survey(&limits);
 */
#ifndef GAZ_BOUNDARY_LIMITS_H
#define GAZ_BOUNDARY_LIMITS_H

#include "gazetteer/boundary/sides.h"
#include "gazetteer/boundary/survey.h"

enum { GAZ_LIMITS_MAX = 64, GAZ_LIMITS_MAX_BYTES = 64 * 1024 };

struct gaz_limit {
    const char *name; /* "on_line_m" */
    double value;
    const char *unit;   /* "m" */
    char mark;          /* A B M D */
    const char *zh;     /* what it limits */
    const char *source; /* where it stands */
};

struct gaz_limits {
    struct gaz_limit items[GAZ_LIMITS_MAX];
    size_t count;
};

/* The shipped limits; they point into the binary and ctx->arena. */
void gaz_limits_shipped(struct gaz_ctx *ctx, struct gaz_limits *out);

/* gaz_limits_override puts the values of a text in place of those of the same
 * name. GAZ_INVALID with file, line and reason: bad form, a name that is not
 * known, a value below 0; GAZ_LIMIT: a text of more than GAZ_LIMITS_MAX_BYTES.
 * `limits` is then as it was. */
gaz_status gaz_limits_override(struct gaz_ctx *ctx, const char *file,
                               const char *text, size_t size,
                               struct gaz_limits *limits);

/* The value of a limit that limits.txt has. */
double gaz_limits_get(const struct gaz_limits *limits, const char *name);

struct gaz_survey_options gaz_limits_survey(const struct gaz_limits *limits);
struct gaz_sides_options gaz_limits_sides(const struct gaz_limits *limits);

/* gaz_limits_area_km2 returns the published area of a county (six digits), and
 * where it stands; 0: not known. In ctx->arena. */
double gaz_limits_area_km2(struct gaz_ctx *ctx, const char *code,
                           const char **source);

#endif

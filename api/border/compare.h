/* compare.h - the two sides' latest submissions, laid on each other: areas,
 * lines and markers, whatever both delivered. */
#ifndef API_BORDER_COMPARE_H
#define API_BORDER_COMPARE_H

#include "gazetteer/base/buffer.h"
#include "gazetteer/model/issue.h"
#include "gazetteer/store/boundary.h"

/* One finding of any of the checks. Texts live in ctx->arena. */
struct api_border_finding {
    const char *rule; /* "B10" */
    const char *kind; /* "overlap" */
    gaz_severity severity;
    const char *marker; /* NULL: none */
    bool has_where;
    struct gaz_coord where;
    double how_much_m;
    double uncertainty_m; /* 0: not known */
    const char *zh;
    const char *en;
    const char *clause;
    const char *advice; /* Chinese; NULL: none */
};

struct api_border_compared {
    struct gaz_boundary_submission a; /* without bytes */
    struct gaz_boundary_submission b;
    bool has_areas; /* both delivered some; so below */
    bool has_lines;
    bool has_markers;
    size_t only_a; /* markers that only A has */
    size_t only_b;
    struct gaz_boundary_check check; /* what the history keeps */
    const struct api_border_finding *findings;
    size_t finding_count;
};

/* @return GAZ_OK: compared; GAZ_NOT_FOUND: a side has delivered nothing yet;
 *         GAZ_INVALID: there is nothing that both delivered */
gaz_status api_border_compare(struct gaz_ctx *ctx, struct gaz_store *store,
                              const struct gaz_boundary_line *line,
                              struct api_border_compared *out);

/* Writes it as a table or JSON (check.c). */
void api_border_write(struct gaz_arena *arena,
                      const struct gaz_boundary_line *line,
                      const struct api_border_compared *compared, bool is_json,
                      struct gaz_buffer *out);

/* What a side changed from one submission to the next: how far the line moved,
 * markers that came, went or moved. "" when nothing did. */
gaz_status api_border_change(struct gaz_ctx *ctx, struct gaz_store *store,
                             int64_t from, int64_t to, const char **zh,
                             const char **en);

#endif

/* compare.h - the two sides' latest submissions, laid on each other: areas,
 * lines and markers, whatever both delivered. */
#ifndef API_BORDER_COMPARE_H
#define API_BORDER_COMPARE_H

#include "api/boundary/view.h"
#include "gazetteer/store/boundary.h"

struct api_border_compared {
    struct gaz_boundary_submission a; /* without bytes */
    struct gaz_boundary_submission b;
    bool has_areas; /* both delivered some; so below */
    bool has_lines;
    bool has_markers;
    size_t only_a; /* markers that only A has */
    size_t only_b;
    struct gaz_limits limits;
    struct gaz_sides_options sides_options;
    const struct gaz_sides_report *sides; /* NULL: neither areas nor lines */
    struct gaz_survey_options survey_options;
    struct gaz_survey pairs; /* of markers: A's position for the agreed, B's for
                              * the measured one */
    const struct gaz_survey_report *pairs_report; /* NULL: no pairs */
    struct gaz_boundary_check check;              /* what the history keeps */
    const struct api_boundary_finding *findings;  /* worst first */
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

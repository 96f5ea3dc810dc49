/* names.h - the names along a line of the snapshot, gathered and written. */
#ifndef API_BOUNDARY_NAMES_H
#define API_BOUNDARY_NAMES_H

#include "api/boundary/snapshot.h"
#include "gazetteer/boundary/names.h"

struct api_boundary_names {
    struct api_boundary_pair pair;
    struct gaz_border_options options;
    struct gaz_border_report report;
};

/* api_boundary_names_find gathers the names of both sides of `code` and judges
 * them; `within_m` 0: the limit of limits.txt. What api_boundary_pair_find and
 * gaz_border_names_find return; GAZ_NOT_FOUND: the sides have no line in
 * common. */
gaz_status api_boundary_names_find(struct gaz_ctx *ctx,
                                   const struct gaz_snapshot *snap,
                                   const char *code, double within_m,
                                   struct api_boundary_names *out);

void api_boundary_names_table(const struct api_boundary_names *names,
                              struct gaz_buffer *out);
void api_boundary_names_csv(const struct api_boundary_names *names,
                            struct gaz_buffer *out);
/* Features: the names within, then the pairs as lines between both places. */
void api_boundary_names_features(struct gaz_json *json,
                                 const struct api_boundary_names *names);
void api_boundary_names_summary(struct gaz_json *json,
                                const struct api_boundary_names *names);
void api_boundary_names_list(struct gaz_json *json,
                             const struct api_boundary_names *names);
void api_boundary_names_html(const struct api_boundary_names *names,
                             struct gaz_buffer *out);

/* Types of the columns of the CSV, for a spreadsheet. */
extern const char API_BOUNDARY_NAMES_TYPES[];

#endif

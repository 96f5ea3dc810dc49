/* snapshot.h - the two sides of a line as the snapshot has them: areas of
 * counties, schematic ones as a rule. Shared by /v1/boundaries/{line}/checks
 * and /names, and by `diming boundary names`. */
#ifndef API_BOUNDARY_SNAPSHOT_H
#define API_BOUNDARY_SNAPSHOT_H

#include "api/boundary/view.h"
#include "api/http.h"

/* What is compared of a snapshot; lives in ctx->arena. */
struct api_boundary_pair {
    uint32_t places[2]; /* of the snapshot */
    struct gaz_limits limits;
    struct gaz_sides_options options;
    struct gaz_sides_report report;
    struct api_boundary_view view;
};

/* api_boundary_pair_find reads a code, "330482-310116": two divisions' codes.
 * GAZ_INVALID: no such form; GAZ_NOT_FOUND: no such division, or it has no
 * area. */
gaz_status api_boundary_pair_find(struct gaz_ctx *ctx,
                                  const struct gaz_snapshot *snap,
                                  const char *code,
                                  struct api_boundary_pair *out);

/* Compares the two areas; makes out->view. */
gaz_status api_boundary_pair_compare(struct gaz_ctx *ctx,
                                     const struct gaz_snapshot *snap,
                                     struct api_boundary_pair *pair);

/* The markers that the database keeps of the same line, checked: view->survey
 * and its report. Lives in ctx->arena. */
struct api_boundary_stored {
    struct gaz_survey survey;
    struct gaz_survey_options options;
    struct gaz_survey_report report;
};

/* api_boundary_stored_add joins them to the view. Their positions are not
 * public: only for a caller with the role. GAZ_OK also where there is no such
 * line, or no marker of it; the view is then as it was. */
gaz_status api_boundary_stored_add(struct gaz_ctx *ctx,
                                   struct api_ledger *ledger,
                                   const struct gaz_snapshot *snap,
                                   struct api_boundary_pair *pair,
                                   struct api_boundary_stored *out);

#endif

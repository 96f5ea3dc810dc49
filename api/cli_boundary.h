/* cli_boundary.h - what the files of `diming boundary` share. */
#ifndef API_CLI_BOUNDARY_H
#define API_CLI_BOUNDARY_H

#include "api/boundary/output.h"
#include "api/cli.h"
#include "gazetteer/boundary/survey.h"
#include "importers/delivery.h"

/* boundary survey REGISTER [LINE]: a register of markers, checked. */
api_exit api_cli_boundary_survey(struct api_cli *cli);

/* boundary sample: a synthetic register or line, from a seed. */
api_exit api_cli_boundary_sample(struct api_cli *cli);

/* boundary names CODE: the names along a line of the snapshot. */
api_exit api_cli_boundary_names(struct api_cli *cli);

/* Reads a register of markers, whose positions are in `crs_name`, and brings
 * them to options->plane_crs. GAZ_INVALID with file, row and reason. In
 * ctx->arena. */
gaz_status api_cli_boundary_read_markers(
    struct gaz_ctx *ctx, const char *path, const char *crs_name,
    const struct gaz_survey_options *options, struct gaz_survey *out);

/* The same of a register that was read already. */
gaz_status api_cli_boundary_to_survey(struct gaz_ctx *ctx,
                                      const struct imp_delivery *delivery,
                                      const char *crs,
                                      const struct gaz_survey_options *options,
                                      struct gaz_survey *out);

/* Reads the lines of a file, end to end in their order. */
gaz_status api_cli_boundary_read_line(struct gaz_ctx *ctx, const char *path,
                                      const char *crs_name,
                                      const struct gaz_survey_options *options,
                                      struct gaz_survey *out);

/* Table and JSON; the other formats are api/boundary's. */
void api_cli_boundary_write(api_boundary_format format,
                            const struct api_boundary_view *view,
                            struct gaz_buffer *out);

/* Lays the other side's line on the survey's own; view->names and its options
 * are used. */
gaz_status api_cli_boundary_lay_lines(struct gaz_ctx *ctx,
                                      const struct api_boundary_view *view,
                                      const struct gaz_survey *other,
                                      struct gaz_sides_report *out);

const char *api_cli_boundary_severity(gaz_severity severity); /* "warning" */

#endif

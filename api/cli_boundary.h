/* cli_boundary.h - what the files of `diming boundary` share. */
#ifndef API_CLI_BOUNDARY_H
#define API_CLI_BOUNDARY_H

#include "api/cli.h"
#include "gazetteer/boundary/survey.h"
#include "importers/delivery.h"

/* boundary survey REGISTER [LINE]: a register of markers, checked. */
api_exit api_cli_boundary_survey(struct api_cli *cli);

/* boundary sample: a synthetic register or line, from a seed. */
api_exit api_cli_boundary_sample(struct api_cli *cli);

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

typedef enum {
    API_FINDINGS_TABLE,
    API_FINDINGS_JSON,
    API_FINDINGS_CSV,
    API_FINDINGS_GEOJSON,
} api_findings_format;

void api_cli_boundary_write(api_findings_format format,
                            const struct gaz_survey_options *options,
                            const struct gaz_survey *survey,
                            const struct gaz_survey_report *report,
                            struct gaz_buffer *out);

/* Writes the report page (HTML, Chinese) to `path`. It holds positions of
 * markers, which are not public. GAZ_IO, GAZ_LIMIT. */
gaz_status api_cli_boundary_report(struct gaz_ctx *ctx, const char *path,
                                   const struct gaz_survey_options *options,
                                   const struct gaz_survey *survey,
                                   const struct gaz_survey_report *report);

const char *api_cli_boundary_severity(gaz_severity severity); /* "warning" */

#endif

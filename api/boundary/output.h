/* output.h - where what a boundary check found goes. */
#ifndef API_BOUNDARY_OUTPUT_H
#define API_BOUNDARY_OUTPUT_H

#include "api/boundary/view.h"
#include "api/cli.h"

/* --format; xlsx and dxf need --output. False: it was wrong, and that was said.
 */
bool api_boundary_take_format(const struct api_cli *cli,
                              api_boundary_format *out);

/* --limits: the shipped limits, with the file's in their place. */
gaz_status api_boundary_take_limits(struct api_cli *cli,
                                    struct gaz_limits *out);

/* Writes the view to `path`, NULL: standard output. `text` is the table or the
 * JSON, which each command writes itself; other formats do not need it. */
gaz_status api_boundary_emit(struct gaz_ctx *ctx,
                             const struct api_boundary_view *view,
                             api_boundary_format format, const char *path,
                             const struct gaz_buffer *text);

/* Writes a table as a spreadsheet, by way of a CSV file beside it. */
gaz_status api_boundary_put_sheet(struct gaz_ctx *ctx, const char *path,
                                  const struct gaz_buffer *csv,
                                  const char *types);
/* Writes bytes to a file in one step, or to standard output. */
gaz_status api_boundary_put(struct gaz_ctx *ctx, const char *path,
                            const struct gaz_buffer *out);

#endif

/* border.h - what the files of this room share: the line that a command is
 * about, tables, submissions. */
#ifndef API_BORDER_BORDER_H
#define API_BORDER_BORDER_H

#include "api/cli.h"
#include "gazetteer/store/boundary.h"
#include "importers/edition.h"

/* ---- command line: diming boundary WHAT ---- */

/* True when `what` is a command of this room; *code is what came of it. */
bool api_border_command(struct api_cli *cli, const char *what, api_exit *code);

api_cli_function api_border_line;        /* line [FILE] */
api_cli_function api_border_points;      /* points [FILE] */
api_cli_function api_border_import;      /* import FILE */
api_cli_function api_border_submissions; /* submissions */
api_cli_function api_border_inspection;  /* inspection add FILE | list */
api_cli_function api_border_check;       /* check --line CODE */
api_cli_function api_border_history;     /* history */
api_cli_function api_border_harvest;     /* harvest URL */

/* The line of --line and --section. */
gaz_status api_border_find(struct api_cli *cli, struct gaz_store *store,
                           struct gaz_boundary_line *out);
/* --side, or what `fallback` is; false: wrong, and that was said. */
bool api_border_side(const struct api_cli *cli, char fallback, char *out);
/* table (false) or json (true). */
bool api_border_format(const struct api_cli *cli, bool *is_json);
/* Prints and closes the buffer. */
api_exit api_border_print(struct api_cli *cli, struct gaz_buffer *out);

/* ---- tables of our own columns (line, inspection) ---- */

struct api_border_table {
    const char *path;
    struct imp_reader *reader;
    struct imp_row row;
};

/* Opens a CSV or what OGR reads. A column that is not in `known` (ends with
 * NULL) is refused, and so is a table without the first of them. */
gaz_status api_border_table_open(struct gaz_ctx *ctx, const char *path,
                                 const char *const *known,
                                 struct api_border_table *out);
/* GAZ_END after the last row. */
gaz_status api_border_table_next(struct gaz_ctx *ctx,
                                 struct api_border_table *table);
void api_border_table_close(struct api_border_table *table);
/* "" for a column that is not there. */
const char *api_border_table_text(const struct api_border_table *table,
                                  const char *column);
/* 0 for an empty cell. GAZ_INVALID with file, line, column. */
gaz_status api_border_table_day(struct gaz_ctx *ctx,
                                const struct api_border_table *table,
                                const char *column, gaz_date *out);
gaz_status api_border_table_int(struct gaz_ctx *ctx,
                                const struct api_border_table *table,
                                const char *column, int64_t *out);
gaz_status api_border_table_refuse(struct gaz_ctx *ctx,
                                   const struct api_border_table *table,
                                   const char *column, const char *why);

/* ---- submissions (submission.c) ---- */

enum {
    API_BORDER_FILE_MAX_BYTES = 256 * 1024 * 1024,
    API_BORDER_DIGEST_CHARS = 2 * GAZ_BOUNDARY_DIGEST_BYTES,
};

/* Takes a file, and of a Shapefile its companions, byte for byte. */
gaz_status api_border_gather(struct gaz_ctx *ctx, const char *path,
                             struct gaz_boundary_submission *out);
/* Sets the digests of the parts and of the whole. */
void api_border_seal(struct gaz_ctx *ctx,
                     struct gaz_boundary_submission *submission);
/* Lower case hexadecimal; in the arena. */
const char *api_border_hex(struct gaz_arena *arena,
                           const unsigned char sha256[]);
/* Reads a submission again from its bytes, of several editions the one in force
 * today. GAZ_DB: they have not their digest any more. */
gaz_status api_border_read(struct gaz_ctx *ctx,
                           const struct gaz_boundary_submission *submission,
                           struct imp_delivery *out,
                           struct imp_edition_left *left);
/* How its axes are read. */
struct imp_delivery_options
api_border_reading(const struct gaz_boundary_submission *submission);

/* What is known of the line, to hold a delivery against: see fingerprint.h. The
 * text is why it may not be taken; NULL: it may. */
gaz_status api_border_judge(struct gaz_ctx *ctx, struct gaz_store *store,
                            const struct gaz_boundary_line *line,
                            const struct imp_delivery *delivery,
                            const char *crs, const char **refused_zh,
                            const char **refused_en, const char **note);

/* Puts what our own side delivered into the model. */
gaz_status api_border_adopt(struct gaz_ctx *ctx, struct gaz_store *store,
                            const struct gaz_boundary_line *line,
                            const struct imp_delivered *delivered);

#endif

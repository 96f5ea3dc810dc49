/* boundary.h - boundary lines, markers, inspections and submissions, put and
 * read.
 *
 * All puts inside begin and commit. What is put replaces what was there under
 * the same key; what is the same is not written, so that the journal has
 * changes only. Submissions and checks are only ever added.
 *
 *     status = gaz_boundary_find_line(ctx, store, "3133", "", &line);
 *     status = gaz_boundary_markers(ctx, store, line.id, &markers);
 *
 * Marker positions are not public: who reads them here is answerable for the
 * role of whoever gets them.
 */
#ifndef GAZ_STORE_BOUNDARY_H
#define GAZ_STORE_BOUNDARY_H

#include "gazetteer/model/boundary.h"
#include "gazetteer/store/store.h"

struct gaz_boundary_lines {
    const struct gaz_boundary_line *items;
    size_t count;
};
struct gaz_boundary_markers {
    const struct gaz_boundary_marker *items;
    size_t count;
};
struct gaz_boundary_points {
    const struct gaz_boundary_point *items;
    size_t count;
};
struct gaz_boundary_inspections {
    const struct gaz_boundary_inspection *items;
    size_t count;
};
struct gaz_boundary_submissions {
    const struct gaz_boundary_submission *items; /* without their parts */
    size_t count;
};
struct gaz_boundary_checks {
    const struct gaz_boundary_check *items;
    size_t count;
};

/* ---- lines: the key is code, section and edition ---- */

/* @return GAZ_OK; GAZ_INVALID: no code, no sides, a grammar that is no ERE */
gaz_status gaz_boundary_put_line(struct gaz_ctx *ctx, struct gaz_store *store,
                                 const struct gaz_boundary_line *line,
                                 int64_t *out);
/* By code and section (NULL: the only one, or the whole line), the newest
 * edition. GAZ_NOT_FOUND with what there is. */
gaz_status gaz_boundary_find_line(struct gaz_ctx *ctx, struct gaz_store *store,
                                  const char *code, const char *section,
                                  struct gaz_boundary_line *out);
/* All, by code, section, edition. */
gaz_status gaz_boundary_lines(struct gaz_ctx *ctx, struct gaz_store *store,
                              struct gaz_boundary_lines *out);

/* The line of the map that has the code `section` and is for showing only; none
 * is GAZ_OK with a count of 0. */
gaz_status gaz_boundary_schematic(struct gaz_ctx *ctx, struct gaz_store *store,
                                  const char *section,
                                  const struct gaz_coord **points,
                                  size_t *count);

/* ---- markers: the key is line and code ---- */

/* A fix is added to those of other epochs (`on`, `by`), objects and photos
 * replace. GAZ_INVALID: the code breaks the line's grammar. */
gaz_status gaz_boundary_put_marker(struct gaz_ctx *ctx, struct gaz_store *store,
                                   int64_t line,
                                   const struct gaz_boundary_marker *marker,
                                   int64_t *out);
/* By code. */
gaz_status gaz_boundary_markers(struct gaz_ctx *ctx, struct gaz_store *store,
                                int64_t line, struct gaz_boundary_markers *out);

gaz_status gaz_boundary_put_point(struct gaz_ctx *ctx, struct gaz_store *store,
                                  int64_t line,
                                  const struct gaz_boundary_point *point,
                                  int64_t *out);
gaz_status gaz_boundary_points(struct gaz_ctx *ctx, struct gaz_store *store,
                               int64_t line, struct gaz_boundary_points *out);

/* ---- inspections: the key is line, round and first day ---- */

/* A visit moves the marker's condition and inspected_on when it is later.
 * GAZ_INVALID: a marker that the line has not; a repair without a witness. */
gaz_status gaz_boundary_put_inspection(
    struct gaz_ctx *ctx, struct gaz_store *store, int64_t line,
    const struct gaz_boundary_inspection *inspection, int64_t *out);
gaz_status gaz_boundary_inspections(struct gaz_ctx *ctx,
                                    struct gaz_store *store, int64_t line,
                                    struct gaz_boundary_inspections *out);

/* ---- submissions ---- */

/* *is_new is false when the side's latest submission has the same digest and
 * the same system: *out is that one then. */
gaz_status
gaz_boundary_put_submission(struct gaz_ctx *ctx, struct gaz_store *store,
                            int64_t line,
                            const struct gaz_boundary_submission *submission,
                            int64_t *out, bool *is_new);
/* Newest first, without bytes. `side` 0: both. */
gaz_status gaz_boundary_submissions(struct gaz_ctx *ctx,
                                    struct gaz_store *store, int64_t line,
                                    char side,
                                    struct gaz_boundary_submissions *out);
/* One, with its bytes, which are as long as they were put; whether they still
 * have their digest is for whoever knows SHA-256 to see. GAZ_NOT_FOUND. */
gaz_status gaz_boundary_submission(struct gaz_ctx *ctx, struct gaz_store *store,
                                   int64_t id,
                                   struct gaz_boundary_submission *out);

/* ---- history of agreement ---- */

gaz_status gaz_boundary_put_check(struct gaz_ctx *ctx, struct gaz_store *store,
                                  int64_t line,
                                  const struct gaz_boundary_check *check,
                                  int64_t *out);
/* Newest first, at most `limit`. */
gaz_status gaz_boundary_checks(struct gaz_ctx *ctx, struct gaz_store *store,
                               int64_t line, int limit,
                               struct gaz_boundary_checks *out);

/* ---- a harvest on its way ---- */

/* Pages that came whole, by URL: kept until the harvest is complete, so that
 * one that was killed asks for the rest only. */
gaz_status gaz_boundary_put_page(struct gaz_ctx *ctx, struct gaz_store *store,
                                 int64_t line, char side,
                                 const struct gaz_boundary_part *page);
/* GAZ_NOT_FOUND: there is none of that URL, here or in the side's latest
 * harvest. */
gaz_status gaz_boundary_page(struct gaz_ctx *ctx, struct gaz_store *store,
                             int64_t line, char side, const char *url,
                             struct gaz_boundary_part *out);
gaz_status gaz_boundary_drop_pages(struct gaz_ctx *ctx, struct gaz_store *store,
                                   int64_t line, char side);

#endif

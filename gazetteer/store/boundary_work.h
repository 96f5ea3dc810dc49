/* boundary_work.h - what the files of boundary.h share. */
#ifndef GAZ_STORE_BOUNDARY_WORK_H
#define GAZ_STORE_BOUNDARY_WORK_H

#include "gazetteer/store/boundary.h"
#include "gazetteer/store/handle.h"

/* gaz_boundary_write prepares a statement that writes; drop it. GAZ_INVALID
 * outside of begin and commit. */
gaz_status gaz_boundary_write(struct gaz_ctx *ctx, struct gaz_store *store,
                              const char *sql, struct gaz_stmt **out);
gaz_status gaz_boundary_read(struct gaz_ctx *ctx, struct gaz_store *store,
                             const char *sql, struct gaz_stmt **out);
/* Runs it and drops it. */
gaz_status gaz_boundary_run(struct gaz_ctx *ctx, struct gaz_stmt *stmt);
/* Reads the one number that it gives, and drops it. GAZ_END: no row. */
gaz_status gaz_boundary_number(struct gaz_ctx *ctx, struct gaz_stmt *stmt,
                               int64_t *out);

/* NULL binds "". */
void gaz_boundary_bind(struct gaz_stmt *stmt, const char *name,
                       const char *value);
/* Text of a column, "" for NULL. */
const char *gaz_boundary_text(struct gaz_ctx *ctx, const struct gaz_stmt *stmt,
                              int column);

/* Binds :on, :height, :accuracy, :height_accuracy, :method, :by, :geom. */
gaz_status gaz_boundary_bind_fix(struct gaz_ctx *ctx, struct gaz_stmt *stmt,
                                 const struct gaz_boundary_fix *fix);
/* Reads seven columns in that order, from `first` on. False: no position. */
bool gaz_boundary_read_fix(struct gaz_ctx *ctx, const struct gaz_stmt *stmt,
                           int first, struct gaz_boundary_fix *out);

/* A growing array in ctx->arena; the item may be filled. */
struct gaz_boundary_list {
    void *items;
    size_t count;
    size_t capacity;
};
void *gaz_boundary_add(struct gaz_ctx *ctx, struct gaz_boundary_list *list,
                       size_t item_size);

#endif

/* cells.h - what a decision changed, value by value, so that it can be undone.
 *
 * A decision (a row of merge_decision) notes the rows that it may touch before
 * and after; only values that differ are kept. Restoring puts back each, and
 * refuses when one of them has changed since. For the files of this room.
 */
#ifndef GAZ_STORE_CELLS_H
#define GAZ_STORE_CELLS_H

#include "gazetteer/store/store.h"

/* A table that a decision may touch. Texts are SQL and may bind :kept and
 * :merged. */
struct gaz_cell_table {
    const char *name; /* NULL ends a list, which is in the order of the keys */
    const char *key;  /* the column that is its primary key */
    const char *rows; /* which rows */
    const char *move; /* merges: how they go over to the kept place; NULL: they
                       * go with the merged one */
};

/* What the statements of one decision bind. */
struct gaz_cells {
    struct gaz_ctx *ctx;
    struct gaz_store *store;
    const struct gaz_cell_table *tables;
    int64_t decision;
    gaz_id kept;
    gaz_id merged;
};

/* gaz_cells_run runs a statement that is made of names of our own tables; its
 * numbers are bound. With `out` it gives one number. */
gaz_status gaz_cells_run(const struct gaz_cells *cells, const char *sql,
                         int64_t *out);

gaz_status gaz_cells_before(const struct gaz_cells *cells);
gaz_status gaz_cells_after(const struct gaz_cells *cells);
/* GAZ_INVALID: a value that the decision wrote has changed since. */
gaz_status gaz_cells_restore(const struct gaz_cells *cells);

#endif

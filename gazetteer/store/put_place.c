/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "gazetteer/store/handle.h"
#include "gazetteer/store/secrecy.h"
#include "gazetteer/store/sql.h"

/* A place is spread over six tables. Each part is compared with what is there
 * and written only when it differs. */

static bool same_text(const char *a, const char *b)
{
    return a == b || (a && b && strcmp(a, b) == 0);
}

/* ---- names ---- */

struct name_row {
    int64_t id;
    int ordinal;
    struct gaz_name name;
    bool is_used;
};

struct name_rows {
    struct name_row *items;
    int count;
};

static struct name_row read_name_row(struct gaz_ctx *ctx,
                                     const struct gaz_stmt *stmt)
{
    return (struct name_row){
        .id = gaz_sqlite_int(stmt, 0),
        .ordinal = (int)gaz_sqlite_int(stmt, 8),
        .name =
            {
                .text = gaz_sqlite_text(ctx, stmt, 1),
                .roman = gaz_sqlite_text(ctx, stmt, 2),
                .kind = (gaz_name_kind)gaz_sqlite_int(stmt, 3),
                .valid_from = (gaz_date)gaz_sqlite_int(stmt, 4),
                .valid_to = (gaz_date)gaz_sqlite_int(stmt, 5),
                .basis = (gaz_basis)gaz_sqlite_int(stmt, 6),
                .source = gaz_sqlite_int(stmt, 7),
            },
    };
}

static gaz_status load_names(struct gaz_ctx *ctx, struct gaz_store *store,
                             gaz_id place, struct name_rows *out)
{
    struct gaz_stmt *stmt;
    gaz_status status =
        gaz_sqlite_use(ctx, store->db, GAZ_SQL_NAME_ROWS, &stmt);
    if (status != GAZ_OK)
        return status;
    *out = (struct name_rows){0};
    out->items =
        gaz_arena_array(&ctx->arena, GAZ_NAMES_MAX, sizeof(*out->items));
    gaz_sqlite_bind_id(stmt, ":place", place);
    while (out->count < GAZ_NAMES_MAX &&
           (status = gaz_sqlite_step(ctx, stmt)) == GAZ_OK)
        out->items[out->count++] = read_name_row(ctx, stmt);
    gaz_sqlite_reset(stmt);
    return status == GAZ_END ? GAZ_OK : status;
}

/* The stored row that `name` continues: same text and kind, and of several the
 * one with the same begin. */
static struct name_row *row_for(struct name_rows *rows,
                                const struct gaz_name *name)
{
    struct name_row *found = NULL;
    for (int i = 0; i < rows->count; i++) {
        struct name_row *row = &rows->items[i];
        if (row->is_used || row->name.kind != name->kind ||
            strcmp(row->name.text, name->text) != 0)
            continue;
        if (!found || row->name.valid_from == name->valid_from)
            found = row;
    }
    return found;
}

static bool same_name(const struct gaz_name *a, const struct gaz_name *b)
{
    return same_text(a->roman, b->roman) && a->valid_from == b->valid_from &&
           a->valid_to == b->valid_to && a->basis == b->basis &&
           a->source == b->source;
}

static gaz_status write_name(struct gaz_ctx *ctx, struct gaz_store *store,
                             gaz_id place, const struct name_row *row,
                             int ordinal, const struct gaz_name *name)
{
    struct gaz_stmt *stmt;
    gaz_status status = gaz_sqlite_use(
        ctx, store->db, row ? GAZ_SQL_UPDATE_NAME : GAZ_SQL_INSERT_NAME, &stmt);
    if (status != GAZ_OK)
        return status;
    if (row) {
        gaz_sqlite_bind_int(stmt, ":id", row->id);
    } else {
        gaz_sqlite_bind_id(stmt, ":place", place);
        gaz_sqlite_bind_text(stmt, ":text", name->text);
        gaz_sqlite_bind_int(stmt, ":kind", name->kind);
    }
    gaz_sqlite_bind_int(stmt, ":ordinal", ordinal);
    gaz_sqlite_bind_text(stmt, ":roman", name->roman);
    gaz_sqlite_bind_int(stmt, ":valid_from", name->valid_from);
    gaz_sqlite_bind_int(stmt, ":valid_to", name->valid_to);
    gaz_sqlite_bind_int(stmt, ":basis", name->basis);
    gaz_sqlite_bind_id(stmt, ":source", (gaz_id)name->source);
    return gaz_sqlite_run(ctx, stmt);
}

static gaz_status drop_name(struct gaz_ctx *ctx, struct gaz_store *store,
                            int64_t id)
{
    struct gaz_stmt *stmt;
    gaz_status status =
        gaz_sqlite_use(ctx, store->db, GAZ_SQL_DROP_NAME, &stmt);
    if (status != GAZ_OK)
        return status;
    gaz_sqlite_bind_int(stmt, ":id", id);
    return gaz_sqlite_run(ctx, stmt);
}

static gaz_status put_names(struct gaz_ctx *ctx, struct gaz_store *store,
                            const struct gaz_place *place, gaz_id id)
{
    struct name_rows rows;
    gaz_status status = load_names(ctx, store, id, &rows);
    for (int i = 0; status == GAZ_OK && i < place->name_count; i++) {
        const struct gaz_name *name = &place->names[i];
        struct name_row *row = row_for(&rows, name);
        if (row)
            row->is_used = true;
        if (!row || row->ordinal != i || !same_name(&row->name, name))
            status = write_name(ctx, store, id, row, i, name);
    }
    for (int i = 0; status == GAZ_OK && i < rows.count; i++)
        if (!rows.items[i].is_used)
            status = drop_name(ctx, store, rows.items[i].id);
    return status;
}

/* ---- the other parts ---- */

static gaz_status put_division(struct gaz_ctx *ctx, struct gaz_store *store,
                               const struct gaz_place *place, gaz_id id)
{
    bool has_level = place->level != GAZ_LEVEL_NONE;
    struct gaz_stmt *stmt;
    gaz_status status = gaz_sqlite_use(
        ctx, store->db,
        has_level ? GAZ_SQL_PUT_DIVISION : GAZ_SQL_DROP_DIVISION, &stmt);
    if (status != GAZ_OK)
        return status;
    gaz_sqlite_bind_id(stmt, ":place", id);
    if (has_level) {
        gaz_sqlite_bind_int(stmt, ":level", place->level);
        gaz_sqlite_bind_int(stmt, ":is_statistical", place->is_statistical);
    }
    return gaz_sqlite_run(ctx, stmt);
}

static gaz_status put_numbering(struct gaz_ctx *ctx, struct gaz_store *store,
                                const struct gaz_place *place, gaz_id id)
{
    const struct gaz_numbering *numbering = &place->numbering;
    bool is_recorded = numbering->start != GAZ_BEARING_NONE ||
                       numbering->odd_side != GAZ_BEARING_NONE ||
                       (numbering->rule && *numbering->rule);
    struct gaz_stmt *stmt;
    gaz_status status = gaz_sqlite_use(
        ctx, store->db,
        is_recorded ? GAZ_SQL_PUT_NUMBERING : GAZ_SQL_DROP_NUMBERING, &stmt);
    if (status != GAZ_OK)
        return status;
    gaz_sqlite_bind_id(stmt, ":place", id);
    if (is_recorded) {
        gaz_sqlite_bind_int(stmt, ":start", numbering->start);
        gaz_sqlite_bind_int(stmt, ":odd_side", numbering->odd_side);
        gaz_sqlite_bind_text(stmt, ":rule", numbering->rule);
    }
    return gaz_sqlite_run(ctx, stmt);
}

enum { TOPONYM_CODE_BYTES = 20 }; /* 地名代码; the division codes are shorter */

/* Keeps the code beside those that the place had before; places that waited for
 * a parent of this code find it. */
static gaz_status put_code(struct gaz_ctx *ctx, struct gaz_store *store,
                           const struct gaz_place *place, gaz_id id)
{
    if (!place->code || !*place->code)
        return GAZ_OK;
    struct gaz_stmt *stmt;
    gaz_status status = gaz_sqlite_use(ctx, store->db, GAZ_SQL_PUT_CODE, &stmt);
    if (status != GAZ_OK)
        return status;
    gaz_sqlite_bind_id(stmt, ":place", id);
    gaz_sqlite_bind_text(
        stmt, ":scheme",
        strlen(place->code) == TOPONYM_CODE_BYTES ? "toponym" : "division");
    gaz_sqlite_bind_text(stmt, ":value", place->code);
    gaz_sqlite_bind_int(stmt, ":valid_from", place->valid_from);
    gaz_sqlite_bind_int(stmt, ":valid_to", place->valid_to);
    status = gaz_sqlite_run(ctx, stmt);
    if (status != GAZ_OK || gaz_sqlite_changes(store->db) == 0)
        return status;

    status = gaz_sqlite_use(ctx, store->db, GAZ_SQL_ADOPT_ORPHANS, &stmt);
    if (status != GAZ_OK)
        return status;
    gaz_sqlite_bind_id(stmt, ":parent", id);
    gaz_sqlite_bind_text(stmt, ":code", place->code);
    return gaz_sqlite_run(ctx, stmt);
}

/* The area as SpatiaLite's blob; GAZ_INVALID when the WKB is no polygon. */
static gaz_status area_blob(struct gaz_ctx *ctx, struct gaz_store *store,
                            const struct gaz_place *place, const void **out,
                            size_t *size)
{
    struct gaz_stmt *stmt;
    gaz_status status =
        gaz_sqlite_use(ctx, store->db, GAZ_SQL_MULTIPOLYGON, &stmt);
    if (status != GAZ_OK)
        return status;
    gaz_sqlite_bind_blob(stmt, ":wkb", place->area_wkb, place->area_size);
    status = gaz_sqlite_step(ctx, stmt);
    if (status == GAZ_OK && gaz_sqlite_is_null(stmt, 0))
        status = gaz_fail(ctx, GAZ_INVALID, "the area of '%s' is no polygon",
                          place->names[0].text);
    else if (status == GAZ_OK)
        *out = gaz_sqlite_blob(ctx, stmt, 0, size);
    gaz_sqlite_reset(stmt);
    return status;
}

static gaz_status put_area(struct gaz_ctx *ctx, struct gaz_store *store,
                           const struct gaz_place *place, gaz_id id)
{
    const void *blob = NULL;
    size_t size = 0;
    gaz_status status = GAZ_OK;
    if (place->area_wkb)
        status = area_blob(ctx, store, place, &blob, &size);
    if (status != GAZ_OK)
        return status;
    struct gaz_stmt *stmt;
    status = gaz_sqlite_use(ctx, store->db,
                            blob ? GAZ_SQL_PUT_AREA : GAZ_SQL_DROP_AREA, &stmt);
    if (status != GAZ_OK)
        return status;
    gaz_sqlite_bind_id(stmt, ":place", id);
    if (blob) {
        gaz_sqlite_bind_int(stmt, ":is_schematic", place->area_is_schematic);
        gaz_sqlite_bind_blob(stmt, ":geom", blob, size);
    }
    return gaz_sqlite_run(ctx, stmt);
}

/* A record names the parent by its code; the store knows the id, or will. */
static gaz_status parent_of(struct gaz_ctx *ctx, struct gaz_store *store,
                            const struct gaz_place *place, gaz_id *parent)
{
    *parent = place->parent;
    if (place->parent == 0 && place->parent_code && *place->parent_code)
        return gaz_get_code_owner(ctx, store, place->parent_code, parent);
    return GAZ_OK;
}

static gaz_status put_row(struct gaz_ctx *ctx, struct gaz_store *store,
                          const struct gaz_place *place, const char *maker,
                          int64_t record_id, gaz_id id)
{
    gaz_id parent;
    gaz_status status = parent_of(ctx, store, place, &parent);
    if (status != GAZ_OK)
        return status;
    if (parent == id)
        return gaz_fail(ctx, GAZ_INVALID, "'%s' would lie in itself",
                        place->names[0].text);
    struct gaz_stmt *stmt;
    status = gaz_sqlite_use(ctx, store->db, GAZ_SQL_PUT_PLACE, &stmt);
    if (status != GAZ_OK)
        return status;
    gaz_sqlite_bind_id(stmt, ":id", id);
    gaz_sqlite_bind_text(stmt, ":maker", maker);
    gaz_sqlite_bind_text(stmt, ":code", place->code);
    gaz_sqlite_bind_int(stmt, ":category", place->category);
    gaz_sqlite_bind_int(stmt, ":status", place->status);
    gaz_sqlite_bind_int(stmt, ":valid_from", place->valid_from);
    gaz_sqlite_bind_int(stmt, ":valid_to", place->valid_to);
    gaz_sqlite_bind_int(stmt, ":basis", place->basis);
    gaz_sqlite_bind_int(stmt, ":is_synthetic", place->is_synthetic);
    gaz_sqlite_bind_id(stmt, ":parent", parent);
    gaz_sqlite_bind_text(stmt, ":parent_code",
                         parent ? NULL : place->parent_code);
    gaz_sqlite_bind_text(stmt, ":address", place->address);
    gaz_sqlite_bind_text(stmt, ":meaning", place->meaning);
    gaz_sqlite_bind_text(stmt, ":origin", place->origin);
    gaz_sqlite_bind_text(stmt, ":history", place->history);
    gaz_sqlite_bind_id(stmt, ":record", (gaz_id)record_id);
    status = gaz_put_bind_position(ctx, stmt, &place->position);
    return status == GAZ_OK ? gaz_sqlite_run(ctx, stmt) : status;
}

static gaz_status refuse_bad(struct gaz_ctx *ctx, const struct gaz_place *place)
{
    if (place->name_count > GAZ_NAMES_MAX)
        return gaz_fail(ctx, GAZ_LIMIT, "a place with %d names, at most %d",
                        place->name_count, GAZ_NAMES_MAX);
    if (place->name_count < 1)
        return gaz_fail(ctx, GAZ_INVALID, "a place without a name");
    for (int i = 0; i < place->name_count; i++)
        if (!place->names[i].text || !*place->names[i].text)
            return gaz_fail(ctx, GAZ_INVALID, "name %d of a place is empty", i);
    return GAZ_OK;
}

static gaz_status put_parts(struct gaz_ctx *ctx, struct gaz_store *store,
                            const struct gaz_place *place, const char *maker,
                            int64_t record_id, gaz_id id)
{
    gaz_status status =
        gaz_secrecy_raise(ctx, store, id, place->grade, record_id);
    if (status == GAZ_OK)
        status = put_row(ctx, store, place, maker, record_id, id);
    if (status == GAZ_OK)
        status = put_division(ctx, store, place, id);
    if (status == GAZ_OK)
        status = put_names(ctx, store, place, id);
    if (status == GAZ_OK)
        status = put_numbering(ctx, store, place, id);
    if (status == GAZ_OK)
        status = put_code(ctx, store, place, id);
    if (status == GAZ_OK)
        status = put_area(ctx, store, place, id);
    if (status == GAZ_OK)
        status = gaz_put_link_record(ctx, store, record_id, id);
    return status;
}

static gaz_status run_fixed(struct gaz_ctx *ctx, struct gaz_store *store,
                            enum gaz_sql index)
{
    struct gaz_stmt *stmt;
    gaz_status status = gaz_sqlite_use(ctx, store->db, (int)index, &stmt);
    return status == GAZ_OK ? gaz_sqlite_run(ctx, stmt) : status;
}

/* Back to before the place, unless SQLite has rolled back all by itself. The
 * sentence of the failure that led here stands. */
static void undo(struct gaz_ctx *ctx, struct gaz_store *store)
{
    if (!gaz_sqlite_in_transaction(store->db))
        return;
    gaz_status status = run_fixed(ctx, store, GAZ_SQL_UNDO);
    if (status == GAZ_OK)
        status = run_fixed(ctx, store, GAZ_SQL_RELEASE);
    (void)status; /* the caller rolls back when this failed too */
}

gaz_status gaz_store_put_place(struct gaz_ctx *ctx, struct gaz_store *store,
                               const struct gaz_place *place,
                               const char *source_key, const char *record_key,
                               int64_t record_id, gaz_id *out)
{
    gaz_status status = gaz_store_writing(ctx, store);
    if (status == GAZ_OK)
        status = refuse_bad(ctx, place);
    if (status != GAZ_OK)
        return status;
    gaz_id id = place->id;
    const char *maker = "";
    if (id == 0) {
        const struct gaz_put_maker asked = {
            .table = "place",
            .source_key = source_key,
            .record_key = record_key,
            .label = place->names[0].text,
        };
        status = gaz_put_pick_id(ctx, store, &asked, &id, &maker);
    }
    /* All parts or none: an import goes on after a row that is refused. */
    if (status == GAZ_OK)
        status = run_fixed(ctx, store, GAZ_SQL_SAVEPOINT);
    if (status != GAZ_OK)
        return status;
    status = put_parts(ctx, store, place, maker, record_id, id);
    if (status == GAZ_OK)
        status = run_fixed(ctx, store, GAZ_SQL_RELEASE);
    if (status != GAZ_OK) {
        undo(ctx, store);
        return status;
    }
    *out = id;
    return GAZ_OK;
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "gazetteer/store/handle.h"
#include "gazetteer/store/sql.h"

static gaz_status read_names(struct gaz_ctx *ctx, struct gaz_store *store,
                             struct gaz_place *place)
{
    struct gaz_stmt *stmt;
    gaz_status status =
        gaz_sqlite_use(ctx, store->db, GAZ_SQL_PLACE_NAMES, &stmt);
    if (status != GAZ_OK)
        return status;
    struct gaz_name names[GAZ_NAMES_MAX];
    int count = 0;
    gaz_sqlite_bind_id(stmt, ":place", place->id);
    while (count < GAZ_NAMES_MAX &&
           (status = gaz_sqlite_step(ctx, stmt)) == GAZ_OK)
        names[count++] = (struct gaz_name){
            .text = gaz_sqlite_text(ctx, stmt, 0),
            .roman = gaz_sqlite_text(ctx, stmt, 1),
            .kind = (gaz_name_kind)gaz_sqlite_int(stmt, 2),
            .valid_from = (gaz_date)gaz_sqlite_int(stmt, 3),
            .valid_to = (gaz_date)gaz_sqlite_int(stmt, 4),
            .basis = (gaz_basis)gaz_sqlite_int(stmt, 5),
            .source = gaz_sqlite_int(stmt, 6),
        };
    gaz_sqlite_reset(stmt);
    if (status != GAZ_OK && status != GAZ_END)
        return status;
    size_t size = (size_t)count * sizeof(names[0]);
    place->names = gaz_arena_grow(&ctx->arena, names, size, size);
    place->name_count = count;
    return GAZ_OK;
}

gaz_status gaz_get_read_place(struct gaz_ctx *ctx, struct gaz_store *store,
                              const struct gaz_stmt *row, struct gaz_place *out)
{
    struct gaz_place place = {
        .id = gaz_sqlite_id(row, 0),
        .code = gaz_sqlite_text(ctx, row, 1),
        .level = (gaz_level)gaz_sqlite_int(row, 2),
        .category = (int)gaz_sqlite_int(row, 3),
        .status = (gaz_place_status)gaz_sqlite_int(row, 4),
        .valid_from = (gaz_date)gaz_sqlite_int(row, 5),
        .valid_to = (gaz_date)gaz_sqlite_int(row, 6),
        .basis = (gaz_basis)gaz_sqlite_int(row, 7),
        .is_statistical = gaz_sqlite_int(row, 8) != 0,
        .is_synthetic = gaz_sqlite_int(row, 9) != 0,
        .parent = gaz_sqlite_id(row, 10),
        .parent_code = gaz_sqlite_text(ctx, row, 11),
        .position = {.method = (gaz_method)gaz_sqlite_int(row, 12),
                     .accuracy_m = gaz_sqlite_real(row, 13),
                     .source = gaz_sqlite_int(row, 14)},
        .area_is_schematic = gaz_sqlite_int(row, 17) != 0,
        .address = gaz_sqlite_text(ctx, row, 18),
        .meaning = gaz_sqlite_text(ctx, row, 19),
        .origin = gaz_sqlite_text(ctx, row, 20),
        .history = gaz_sqlite_text(ctx, row, 21),
        .numbering = {.start = (gaz_bearing)gaz_sqlite_int(row, 22),
                      .odd_side = (gaz_bearing)gaz_sqlite_int(row, 23),
                      .rule = gaz_sqlite_text(ctx, row, 24)},
        .grade = (gaz_grade)gaz_sqlite_int(row, 25),
    };
    if (place.position.method != GAZ_METHOD_NONE &&
        !gaz_sqlite_point(row, 15, &place.position.coord))
        return gaz_fail(ctx, GAZ_DB, "the position of a place is damaged");
    place.area_wkb = gaz_sqlite_blob(ctx, row, 16, &place.area_size);
    gaz_status status = read_names(ctx, store, &place);
    if (status == GAZ_OK)
        *out = place;
    return status;
}

static gaz_status load(struct gaz_ctx *ctx, struct gaz_store *store, gaz_id id,
                       struct gaz_place *out)
{
    struct gaz_stmt *stmt;
    gaz_status status = gaz_sqlite_use(ctx, store->db, GAZ_SQL_PLACE, &stmt);
    if (status != GAZ_OK)
        return status;
    gaz_sqlite_bind_id(stmt, ":id", id);
    status = gaz_sqlite_step(ctx, stmt);
    if (status == GAZ_OK)
        status = gaz_get_read_place(ctx, store, stmt, out);
    gaz_sqlite_reset(stmt);
    return status;
}

/* Steps once for one id; 0 without a row. */
static gaz_status one_id(struct gaz_ctx *ctx, struct gaz_stmt *stmt,
                         gaz_id *out)
{
    gaz_status status = gaz_sqlite_step(ctx, stmt);
    if (status == GAZ_OK || status == GAZ_END)
        *out = status == GAZ_OK ? gaz_sqlite_id(stmt, 0) : 0;
    gaz_sqlite_reset(stmt);
    return status == GAZ_END ? GAZ_OK : status;
}

gaz_status gaz_get_code_owner(struct gaz_ctx *ctx, struct gaz_store *store,
                              const char *code, gaz_id *out)
{
    struct gaz_stmt *stmt;
    gaz_status status =
        gaz_sqlite_use(ctx, store->db, GAZ_SQL_CODE_OWNER, &stmt);
    if (status != GAZ_OK)
        return status;
    gaz_sqlite_bind_text(stmt, ":code", code);
    return one_id(ctx, stmt, out);
}

gaz_status gaz_get_record_owner(struct gaz_ctx *ctx, struct gaz_store *store,
                                const char *key, gaz_id *out)
{
    struct gaz_stmt *stmt;
    gaz_status status =
        gaz_sqlite_use(ctx, store->db, GAZ_SQL_RECORD_OWNER, &stmt);
    if (status != GAZ_OK)
        return status;
    gaz_sqlite_bind_text(stmt, ":key", key);
    return one_id(ctx, stmt, out);
}

static gaz_status redirect_of(struct gaz_ctx *ctx, struct gaz_store *store,
                              gaz_id id, gaz_id *out)
{
    struct gaz_stmt *stmt;
    gaz_status status = gaz_sqlite_use(ctx, store->db, GAZ_SQL_REDIRECT, &stmt);
    if (status != GAZ_OK)
        return status;
    gaz_sqlite_bind_id(stmt, ":id", id);
    return one_id(ctx, stmt, out);
}

/* Of an id that a look-up gave. */
static gaz_status load_found(struct gaz_ctx *ctx, struct gaz_store *store,
                             gaz_id id, const char *what, const char *asked,
                             struct gaz_place *out)
{
    gaz_status status = id ? load(ctx, store, id, out) : GAZ_END;
    if (status == GAZ_END)
        return gaz_fail(ctx, GAZ_NOT_FOUND, "no place with %s '%s'", what,
                        asked);
    return status;
}

gaz_status gaz_store_place(struct gaz_ctx *ctx, struct gaz_store *store,
                           gaz_id id, struct gaz_place *out)
{
    gaz_status status = load(ctx, store, id, out);
    if (status != GAZ_END)
        return status;
    gaz_id kept;
    status = redirect_of(ctx, store, id, &kept);
    if (status != GAZ_OK)
        return status;
    char text[GAZ_ID_TEXT_BYTES];
    return load_found(ctx, store, kept, "id", gaz_id_write(id, text), out);
}

gaz_status gaz_store_place_by_code(struct gaz_ctx *ctx, struct gaz_store *store,
                                   const char *code, struct gaz_place *out)
{
    gaz_id id;
    gaz_status status = gaz_get_code_owner(ctx, store, code, &id);
    return status == GAZ_OK ? load_found(ctx, store, id, "code", code, out)
                            : status;
}

gaz_status gaz_store_place_by_name(struct gaz_ctx *ctx, struct gaz_store *store,
                                   const char *name, gaz_id ancestor,
                                   int category, struct gaz_place *out)
{
    struct gaz_stmt *stmt;
    gaz_status status =
        gaz_sqlite_use(ctx, store->db, GAZ_SQL_NAME_OWNER, &stmt);
    if (status != GAZ_OK)
        return status;
    gaz_sqlite_bind_text(stmt, ":name", name);
    gaz_sqlite_bind_id(stmt, ":ancestor", ancestor);
    gaz_sqlite_bind_int(stmt, ":category", category);
    gaz_id id;
    status = one_id(ctx, stmt, &id);
    return status == GAZ_OK ? load_found(ctx, store, id, "name", name, out)
                            : status;
}

gaz_status gaz_store_place_by_record(struct gaz_ctx *ctx,
                                     struct gaz_store *store,
                                     const char *record_key,
                                     struct gaz_place *out)
{
    gaz_id id;
    gaz_status status = gaz_get_record_owner(ctx, store, record_key, &id);
    return status == GAZ_OK
               ? load_found(ctx, store, id, "record key", record_key, out)
               : status;
}

static gaz_status candidate_ids(struct gaz_ctx *ctx, struct gaz_store *store,
                                const struct gaz_place *place, gaz_id *ids,
                                int *count)
{
    gaz_id parent = place->parent;
    gaz_status status = GAZ_OK;
    if (parent == 0 && place->parent_code)
        status = gaz_get_code_owner(ctx, store, place->parent_code, &parent);
    if (status != GAZ_OK)
        return status;
    struct gaz_stmt *stmt;
    status = gaz_sqlite_use(ctx, store->db, GAZ_SQL_CANDIDATES, &stmt);
    if (status != GAZ_OK)
        return status;
    gaz_sqlite_bind_text(stmt, ":code", place->code);
    gaz_sqlite_bind_text(stmt, ":name",
                         place->name_count > 0 ? place->names[0].text : NULL);
    gaz_sqlite_bind_id(stmt, ":parent", parent);
    gaz_sqlite_bind_text(stmt, ":parent_code", place->parent_code);
    gaz_sqlite_bind_int(stmt, ":limit", GAZ_CANDIDATES_MAX);
    while (*count < GAZ_CANDIDATES_MAX &&
           (status = gaz_sqlite_step(ctx, stmt)) == GAZ_OK)
        ids[(*count)++] = gaz_sqlite_id(stmt, 0);
    gaz_sqlite_reset(stmt);
    return status == GAZ_END ? GAZ_OK : status;
}

gaz_status gaz_store_candidates(struct gaz_ctx *ctx, struct gaz_store *store,
                                const struct gaz_place *place,
                                struct gaz_places *out)
{
    gaz_id ids[GAZ_CANDIDATES_MAX];
    int count = 0;
    gaz_status status = candidate_ids(ctx, store, place, ids, &count);
    if (status != GAZ_OK)
        return status;
    struct gaz_place *items =
        gaz_arena_array(&ctx->arena, GAZ_CANDIDATES_MAX, sizeof(*items));
    for (int i = 0; i < count; i++) {
        status = load(ctx, store, ids[i], &items[i]);
        if (status != GAZ_OK)
            return status == GAZ_END
                       ? gaz_fail(ctx, GAZ_DB, "a name without its place")
                       : status;
    }
    *out = (struct gaz_places){.items = items, .count = count};
    return GAZ_OK;
}

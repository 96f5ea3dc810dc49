/* SPDX-License-Identifier: Apache-2.0 */
#include "gazetteer/store/handle.h"
#include "gazetteer/store/secrecy.h"
#include "gazetteer/store/sql.h"

static const char *or_empty(const char *text)
{
    return text ? text : "";
}

/* The earlier of two begins, where 0 is open and thus earliest. */
static gaz_date earlier(gaz_date a, gaz_date b)
{
    return a < b ? a : b;
}

static gaz_date later_end(gaz_date a, gaz_date b)
{
    if (a == GAZ_DATE_OPEN || b == GAZ_DATE_OPEN)
        return GAZ_DATE_OPEN;
    return a > b ? a : b;
}

static bool is_better(const struct gaz_position *a,
                      const struct gaz_position *b)
{
    if (a->method == GAZ_METHOD_NONE || b->method == GAZ_METHOD_NONE)
        return a->method != GAZ_METHOD_NONE && b->method == GAZ_METHOD_NONE;
    return a->accuracy_m > 0 &&
           (b->accuracy_m <= 0 || a->accuracy_m < b->accuracy_m);
}

/* A second source that gives an address which is known adds to it: its better
 * position, a longer time, the site. */
static void join(const struct gaz_stmt *row, struct gaz_address *address)
{
    struct gaz_position known = {
        .method = (gaz_method)gaz_sqlite_int(row, 5),
        .accuracy_m = gaz_sqlite_real(row, 6),
        .source = gaz_sqlite_int(row, 7),
    };
    if (!gaz_sqlite_point(row, 8, &known.coord))
        known.method = GAZ_METHOD_NONE;
    if (!is_better(&address->position, &known))
        address->position = known;
    address->id = gaz_sqlite_id(row, 0);
    address->valid_from =
        earlier(address->valid_from, (gaz_date)gaz_sqlite_int(row, 2));
    address->valid_to =
        later_end(address->valid_to, (gaz_date)gaz_sqlite_int(row, 3));
    address->is_synthetic =
        address->is_synthetic && gaz_sqlite_int(row, 4) != 0;
    if (!gaz_sqlite_is_null(row, 9))
        address->place = gaz_sqlite_id(row, 9);
    address->source = gaz_sqlite_int(row, 10);
}

static gaz_status join_twin(struct gaz_ctx *ctx, struct gaz_store *store,
                            struct gaz_address *address)
{
    struct gaz_stmt *stmt;
    gaz_status status =
        gaz_sqlite_use(ctx, store->db, GAZ_SQL_ADDRESS_TWIN, &stmt);
    if (status != GAZ_OK)
        return status;
    gaz_sqlite_bind_id(stmt, ":parent", address->parent);
    gaz_sqlite_bind_text(stmt, ":number", or_empty(address->number));
    gaz_sqlite_bind_text(stmt, ":tail", or_empty(address->tail));
    gaz_sqlite_bind_text(stmt, ":text", address->text);
    status = gaz_sqlite_step(ctx, stmt);
    if (status == GAZ_OK)
        join(stmt, address);
    gaz_sqlite_reset(stmt);
    return status == GAZ_END ? GAZ_OK : status;
}

/* Written as one that was merged away: it is the one that was kept, which keeps
 * its own wording. */
static gaz_status join_merged(struct gaz_ctx *ctx, struct gaz_store *store,
                              struct gaz_address *address)
{
    struct gaz_stmt *stmt;
    gaz_status status =
        gaz_sqlite_use(ctx, store->db, GAZ_SQL_ADDRESS_MERGED, &stmt);
    if (status != GAZ_OK)
        return status;
    gaz_sqlite_bind_id(stmt, ":parent", address->parent);
    gaz_sqlite_bind_text(stmt, ":text", address->text);
    status = gaz_sqlite_step(ctx, stmt);
    if (status == GAZ_OK) {
        join(stmt, address);
        address->text = gaz_sqlite_text(ctx, stmt, 11);
        address->parent = gaz_sqlite_id(stmt, 12);
        address->number = gaz_sqlite_text(ctx, stmt, 13);
        address->number_value = (int32_t)gaz_sqlite_int(stmt, 14);
        address->tail = gaz_sqlite_text(ctx, stmt, 15);
    }
    gaz_sqlite_reset(stmt);
    return status == GAZ_END ? GAZ_OK : status;
}

static gaz_status put_row(struct gaz_ctx *ctx, struct gaz_store *store,
                          const struct gaz_address *address, const char *maker,
                          int64_t record_id)
{
    struct gaz_stmt *stmt;
    gaz_status status =
        gaz_sqlite_use(ctx, store->db, GAZ_SQL_PUT_ADDRESS, &stmt);
    if (status != GAZ_OK)
        return status;
    gaz_sqlite_bind_id(stmt, ":id", address->id);
    gaz_sqlite_bind_text(stmt, ":maker", maker);
    gaz_sqlite_bind_text(stmt, ":text", address->text);
    gaz_sqlite_bind_id(stmt, ":parent", address->parent);
    gaz_sqlite_bind_text(stmt, ":number", or_empty(address->number));
    gaz_sqlite_bind_int(stmt, ":number_value", address->number_value);
    gaz_sqlite_bind_text(stmt, ":tail", or_empty(address->tail));
    gaz_sqlite_bind_id(stmt, ":place", address->place);
    gaz_sqlite_bind_int(stmt, ":status", address->status);
    gaz_sqlite_bind_int(stmt, ":valid_from", address->valid_from);
    gaz_sqlite_bind_int(stmt, ":valid_to", address->valid_to);
    gaz_sqlite_bind_int(stmt, ":is_synthetic", address->is_synthetic);
    gaz_sqlite_bind_id(stmt, ":source", (gaz_id)address->source);
    gaz_sqlite_bind_id(stmt, ":record", (gaz_id)record_id);
    status = gaz_put_bind_position(ctx, stmt, &address->position);
    return status == GAZ_OK ? gaz_sqlite_run(ctx, stmt) : status;
}

gaz_status gaz_store_join_address(struct gaz_ctx *ctx, struct gaz_store *store,
                                  struct gaz_address *address)
{
    struct gaz_stmt *stmt;
    gaz_status status =
        gaz_sqlite_use(ctx, store->db, GAZ_SQL_ADDRESS_KNOWN, &stmt);
    if (status != GAZ_OK)
        return status;
    gaz_sqlite_bind_id(stmt, ":id", address->id);
    status = gaz_sqlite_step(ctx, stmt);
    if (status == GAZ_OK)
        join(stmt, address);
    gaz_sqlite_reset(stmt);
    return status == GAZ_END ? GAZ_OK : status;
}

gaz_status gaz_store_put_address(struct gaz_ctx *ctx, struct gaz_store *store,
                                 const struct gaz_address *address,
                                 const char *source_key, const char *record_key,
                                 int64_t record_id, gaz_id *out)
{
    gaz_status status = gaz_store_writing(ctx, store);
    if (status != GAZ_OK)
        return status;
    if (!address->text || !*address->text)
        return gaz_fail(ctx, GAZ_INVALID, "an address without text");
    struct gaz_address joined = *address;
    const char *maker = "";
    if (joined.id == 0)
        status = join_twin(ctx, store, &joined);
    if (status == GAZ_OK && joined.id == 0)
        status = join_merged(ctx, store, &joined);
    if (status == GAZ_OK && joined.id == 0) {
        const struct gaz_put_maker asked = {
            .table = "address",
            .source_key = source_key,
            .record_key = record_key,
            .label = address->text,
        };
        status = gaz_put_pick_id(ctx, store, &asked, &joined.id, &maker);
    }
    if (status == GAZ_OK)
        status =
            gaz_secrecy_raise(ctx, store, joined.id, address->grade, record_id);
    if (status == GAZ_OK)
        status = put_row(ctx, store, &joined, maker, record_id);
    if (status == GAZ_OK)
        status = gaz_put_link_record(ctx, store, record_id, joined.id);
    if (status == GAZ_OK)
        *out = joined.id;
    return status;
}

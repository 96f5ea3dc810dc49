/* SPDX-License-Identifier: Apache-2.0 */
#include <assert.h>
#include <string.h>

#include "gazetteer/store/handle.h"
#include "gazetteer/store/sql.h"

struct gaz_scan {
    struct gaz_store *store;
    struct gaz_stmt *row;
    gaz_scan_kind kind;
};

static const enum gaz_sql SCANS[] = {
    [GAZ_SCAN_SOURCES] = GAZ_SQL_SCAN_SOURCES,
    [GAZ_SCAN_PLACES] = GAZ_SQL_SCAN_PLACES,
    [GAZ_SCAN_ADDRESSES] = GAZ_SQL_SCAN_ADDRESSES,
    [GAZ_SCAN_CLAIMS] = GAZ_SQL_SCAN_CLAIMS,
    [GAZ_SCAN_CHANGES] = GAZ_SQL_SCAN_CHANGES,
    [GAZ_SCAN_LINES] = GAZ_SQL_SCAN_LINES,
    [GAZ_SCAN_REDIRECTS] = GAZ_SQL_SCAN_REDIRECTS,
    [GAZ_SCAN_ATTRIBUTES] = GAZ_SQL_SCAN_ATTRIBUTES,
};

gaz_status gaz_store_scan(struct gaz_ctx *ctx, struct gaz_store *store,
                          gaz_scan_kind kind, struct gaz_scan **out)
{
    struct gaz_stmt *row;
    gaz_status status =
        gaz_sqlite_prepare(ctx, store->db, GAZ_SQL[SCANS[kind]], &row);
    if (status != GAZ_OK)
        return status;
    struct gaz_scan *scan = gaz_malloc(sizeof(*scan));
    *scan = (struct gaz_scan){.store = store, .row = row, .kind = kind};
    *out = scan;
    return GAZ_OK;
}

gaz_status gaz_store_scan_beside(struct gaz_ctx *ctx, struct gaz_store *store,
                                 gaz_id about, struct gaz_scan **out)
{
    struct gaz_stmt *row;
    gaz_status status = gaz_sqlite_prepare(
        ctx, store->db, GAZ_SQL[GAZ_SQL_ADDRESSES_BESIDE], &row);
    if (status != GAZ_OK)
        return status;
    gaz_sqlite_bind_id(row, ":about", about);
    struct gaz_scan *scan = gaz_malloc(sizeof(*scan));
    *scan = (struct gaz_scan){
        .store = store, .row = row, .kind = GAZ_SCAN_ADDRESSES};
    *out = scan;
    return GAZ_OK;
}

void gaz_scan_close(struct gaz_scan *scan)
{
    if (!scan)
        return;
    gaz_sqlite_drop(scan->row);
    gaz_free(scan);
}

const struct gaz_stmt *gaz_scan_row(const struct gaz_scan *scan,
                                    gaz_scan_kind kind)
{
    assert(scan->kind == kind);
    (void)kind;
    return scan->row;
}

gaz_status gaz_scan_step(struct gaz_ctx *ctx, struct gaz_scan *scan)
{
    return gaz_sqlite_step(ctx, scan->row);
}

static gaz_status step(struct gaz_ctx *ctx, struct gaz_scan *scan,
                       gaz_scan_kind kind)
{
    assert(scan->kind == kind);
    (void)kind;
    return gaz_sqlite_step(ctx, scan->row);
}

gaz_status gaz_scan_next_source(struct gaz_ctx *ctx, struct gaz_scan *scan,
                                struct gaz_source *out)
{
    gaz_status status = step(ctx, scan, GAZ_SCAN_SOURCES);
    if (status != GAZ_OK)
        return status;
    const struct gaz_stmt *row = scan->row;
    *out = (struct gaz_source){
        .id = gaz_sqlite_int(row, 0),
        .key = gaz_sqlite_text(ctx, row, 1),
        .title = gaz_sqlite_text(ctx, row, 2),
        .origin = gaz_sqlite_text(ctx, row, 3),
        .edition = gaz_sqlite_text(ctx, row, 4),
        .licence = gaz_sqlite_text(ctx, row, 5),
        .credit = gaz_sqlite_text(ctx, row, 6),
        .url = gaz_sqlite_text(ctx, row, 7),
        .grade = gaz_sqlite_text(ctx, row, 8),
    };
    return GAZ_OK;
}

gaz_status gaz_scan_next_place(struct gaz_ctx *ctx, struct gaz_scan *scan,
                               struct gaz_place *out)
{
    gaz_status status = step(ctx, scan, GAZ_SCAN_PLACES);
    if (status != GAZ_OK)
        return status;
    return gaz_get_read_place(ctx, scan->store, scan->row, out);
}

static gaz_status read_address(struct gaz_ctx *ctx, const struct gaz_stmt *row,
                               struct gaz_address *out)
{
    struct gaz_address address = {
        .id = gaz_sqlite_id(row, 0),
        .text = gaz_sqlite_text(ctx, row, 1),
        .parent = gaz_sqlite_id(row, 2),
        .number = gaz_sqlite_text(ctx, row, 3),
        .number_value = (int32_t)gaz_sqlite_int(row, 4),
        .tail = gaz_sqlite_text(ctx, row, 5),
        .place = gaz_sqlite_id(row, 6),
        .position = {.method = (gaz_method)gaz_sqlite_int(row, 7),
                     .accuracy_m = gaz_sqlite_real(row, 8),
                     .source = gaz_sqlite_int(row, 9)},
        .status = (gaz_place_status)gaz_sqlite_int(row, 11),
        .valid_from = (gaz_date)gaz_sqlite_int(row, 12),
        .valid_to = (gaz_date)gaz_sqlite_int(row, 13),
        .source = gaz_sqlite_int(row, 14),
        .is_synthetic = gaz_sqlite_int(row, 15) != 0,
        .grade = (gaz_grade)gaz_sqlite_int(row, 16),
    };
    if (address.position.method != GAZ_METHOD_NONE &&
        !gaz_sqlite_point(row, 10, &address.position.coord))
        return gaz_fail(ctx, GAZ_DB, "the position of an address is damaged");
    *out = address;
    return GAZ_OK;
}

gaz_status gaz_scan_next_address(struct gaz_ctx *ctx, struct gaz_scan *scan,
                                 struct gaz_address *out)
{
    gaz_status status = step(ctx, scan, GAZ_SCAN_ADDRESSES);
    return status == GAZ_OK ? read_address(ctx, scan->row, out) : status;
}

gaz_status gaz_store_address(struct gaz_ctx *ctx, struct gaz_store *store,
                             gaz_id id, struct gaz_address *out)
{
    struct gaz_stmt *stmt;
    gaz_status status = gaz_sqlite_use(ctx, store->db, GAZ_SQL_ADDRESS, &stmt);
    if (status != GAZ_OK)
        return status;
    gaz_sqlite_bind_id(stmt, ":id", id);
    status = gaz_sqlite_step(ctx, stmt);
    if (status == GAZ_OK)
        status = read_address(ctx, stmt, out);
    gaz_sqlite_reset(stmt);
    char text[GAZ_ID_TEXT_BYTES];
    return status == GAZ_END
               ? gaz_fail(ctx, GAZ_NOT_FOUND, "no address with id '%s'",
                          gaz_id_write(id, text))
               : status;
}

gaz_status gaz_scan_next_claim(struct gaz_ctx *ctx, struct gaz_scan *scan,
                               struct gaz_claim *out)
{
    gaz_status status = step(ctx, scan, GAZ_SCAN_CLAIMS);
    if (status != GAZ_OK)
        return status;
    const struct gaz_stmt *row = scan->row;
    *out = (struct gaz_claim){
        .place = gaz_sqlite_id(row, 0),
        .subject = gaz_sqlite_text(ctx, row, 1),
        .property = gaz_sqlite_text(ctx, row, 2),
        .value = gaz_sqlite_text(ctx, row, 3),
        .value_date = gaz_sqlite_text(ctx, row, 4),
        .source_title = gaz_sqlite_text(ctx, row, 5),
        .source_url = gaz_sqlite_text(ctx, row, 6),
        .grade = gaz_sqlite_text(ctx, row, 7),
        .is_preferred = gaz_sqlite_int(row, 8) != 0,
        .source = gaz_sqlite_int(row, 9),
    };
    return GAZ_OK;
}

gaz_status gaz_scan_next_change(struct gaz_ctx *ctx, struct gaz_scan *scan,
                                struct gaz_change *out)
{
    gaz_status status = step(ctx, scan, GAZ_SCAN_CHANGES);
    if (status != GAZ_OK)
        return status;
    const struct gaz_stmt *row = scan->row;
    *out = (struct gaz_change){
        .kind = (gaz_change_kind)gaz_sqlite_int(row, 0),
        .date = (gaz_date)gaz_sqlite_int(row, 1),
        .basis = (gaz_basis)gaz_sqlite_int(row, 2),
        .from = gaz_sqlite_id(row, 3),
        .to = gaz_sqlite_id(row, 4),
        .from_code = gaz_sqlite_text(ctx, row, 5),
        .to_code = gaz_sqlite_text(ctx, row, 6),
        .note = gaz_sqlite_text(ctx, row, 7),
        .source = gaz_sqlite_int(row, 8),
    };
    return GAZ_OK;
}

gaz_status gaz_scan_next_line(struct gaz_ctx *ctx, struct gaz_scan *scan,
                              struct gaz_line *out)
{
    gaz_status status = step(ctx, scan, GAZ_SCAN_LINES);
    if (status != GAZ_OK)
        return status;
    const struct gaz_stmt *row = scan->row;
    struct gaz_line line = {
        .name = gaz_sqlite_text(ctx, row, 0),
        .code = gaz_sqlite_text(ctx, row, 1),
        .kind = (enum gaz_line_kind)gaz_sqlite_int(row, 2),
        .level = (gaz_level)gaz_sqlite_int(row, 3),
        .is_schematic = gaz_sqlite_int(row, 4) != 0,
        .is_synthetic = gaz_sqlite_int(row, 5) != 0,
        .left = gaz_sqlite_id(row, 7),
        .right = gaz_sqlite_id(row, 8),
        .source = gaz_sqlite_int(row, 9),
    };
    status = gaz_get_points(ctx, row, 6, &line.points, &line.point_count);
    if (status == GAZ_OK)
        *out = line;
    return status;
}

gaz_status gaz_scan_next_redirect(struct gaz_ctx *ctx, struct gaz_scan *scan,
                                  struct gaz_redirect *out)
{
    gaz_status status = step(ctx, scan, GAZ_SCAN_REDIRECTS);
    if (status != GAZ_OK)
        return status;
    *out = (struct gaz_redirect){.merged = gaz_sqlite_id(scan->row, 0),
                                 .kept = gaz_sqlite_id(scan->row, 1)};
    return GAZ_OK;
}

/* SPDX-License-Identifier: Apache-2.0 */
/* boundary_inspection.c - inspections and what they found. */
#include "gazetteer/store/boundary_work.h"

static gaz_status put_row(struct gaz_ctx *ctx, struct gaz_store *store,
                          int64_t line,
                          const struct gaz_boundary_inspection *inspection,
                          int64_t *out)
{
    struct gaz_stmt *stmt;
    gaz_status status = gaz_boundary_write(
        ctx, store,
        "INSERT INTO boundary_inspection (line, round, from_day, to_day,"
        "  parties, summary)"
        " VALUES (:line, :round, :from, :to, :parties, :summary)"
        " ON CONFLICT (line, round, from_day) DO UPDATE SET"
        "  to_day = excluded.to_day, parties = excluded.parties,"
        "  summary = excluded.summary"
        " WHERE (to_day, parties, summary)"
        " IS NOT (excluded.to_day, excluded.parties, excluded.summary)",
        &stmt);
    if (status != GAZ_OK)
        return status;
    gaz_sqlite_bind_int(stmt, ":line", line);
    gaz_boundary_bind(stmt, ":round", inspection->round);
    gaz_sqlite_bind_int(stmt, ":from", inspection->from);
    gaz_sqlite_bind_int(stmt, ":to", inspection->to);
    gaz_boundary_bind(stmt, ":parties", inspection->parties);
    gaz_boundary_bind(stmt, ":summary", inspection->summary);
    status = gaz_boundary_run(ctx, stmt);
    if (status == GAZ_OK)
        status = gaz_boundary_read(ctx, store,
                                   "SELECT id FROM boundary_inspection"
                                   " WHERE line = :line AND round = :round"
                                   " AND from_day = :from",
                                   &stmt);
    if (status != GAZ_OK)
        return status;
    gaz_sqlite_bind_int(stmt, ":line", line);
    gaz_boundary_bind(stmt, ":round", inspection->round);
    gaz_sqlite_bind_int(stmt, ":from", inspection->from);
    return gaz_boundary_number(ctx, stmt, out);
}

/* The row of a marker; 0 for "". */
static gaz_status find_marker(struct gaz_ctx *ctx, struct gaz_store *store,
                              int64_t line, const char *code, int64_t *out)
{
    struct gaz_stmt *stmt;
    *out = 0;
    if (!code || !code[0])
        return GAZ_OK;
    gaz_status status = gaz_boundary_read(
        ctx, store,
        "SELECT id FROM boundary_marker WHERE line = :line AND code = :code",
        &stmt);
    if (status != GAZ_OK)
        return status;
    gaz_sqlite_bind_int(stmt, ":line", line);
    gaz_boundary_bind(stmt, ":code", code);
    status = gaz_boundary_number(ctx, stmt, out);
    return status == GAZ_END ? gaz_fail(ctx, GAZ_INVALID,
                                        "the line has no marker '%.40s'", code)
                             : status;
}

/* Decree of 2002, article 16: whoever keeps a marker repairs it with the other
 * side present. */
static gaz_status refuse_visit(struct gaz_ctx *ctx,
                               const struct gaz_boundary_visit *visit)
{
    const char *marker = visit->marker ? visit->marker : "";
    if (!visit->repaired_on)
        return GAZ_OK;
    if (!visit->witness || !visit->witness[0])
        return gaz_fail(ctx, GAZ_INVALID,
                        "marker '%.40s': a repair needs the other side "
                        "present (witness; decree on boundary lines, article "
                        "16)",
                        marker);
    if (!visit->repaired || !visit->repaired[0])
        return gaz_fail(ctx, GAZ_INVALID,
                        "marker '%.40s': a repair needs the side that did it, "
                        "A or B",
                        marker);
    return GAZ_OK;
}

static gaz_status put_visit(struct gaz_ctx *ctx, struct gaz_store *store,
                            int64_t inspection, int64_t ordinal, int64_t marker,
                            const struct gaz_boundary_visit *visit)
{
    struct gaz_stmt *stmt;
    gaz_status status = gaz_boundary_write(
        ctx, store,
        "INSERT INTO boundary_visit (inspection, ordinal, marker, condition,"
        "  finding, repair, repaired, witness, repaired_on, due)"
        " VALUES (:inspection, :ordinal, :marker, :condition, :finding,"
        "  :repair, :repaired, :witness, :repaired_on, :due)"
        " ON CONFLICT (inspection, ordinal) DO UPDATE SET"
        "  marker = excluded.marker, condition = excluded.condition,"
        "  finding = excluded.finding, repair = excluded.repair,"
        "  repaired = excluded.repaired, witness = excluded.witness,"
        "  repaired_on = excluded.repaired_on, due = excluded.due"
        " WHERE (marker, condition, finding, repair, repaired, witness,"
        "  repaired_on, due) IS NOT (excluded.marker, excluded.condition,"
        "  excluded.finding, excluded.repair, excluded.repaired,"
        "  excluded.witness, excluded.repaired_on, excluded.due)",
        &stmt);
    if (status != GAZ_OK)
        return status;
    gaz_sqlite_bind_int(stmt, ":inspection", inspection);
    gaz_sqlite_bind_int(stmt, ":ordinal", ordinal);
    gaz_sqlite_bind_id(stmt, ":marker", (gaz_id)marker);
    gaz_boundary_bind(stmt, ":condition", visit->condition);
    gaz_boundary_bind(stmt, ":finding", visit->finding);
    gaz_boundary_bind(stmt, ":repair", visit->repair);
    gaz_boundary_bind(stmt, ":repaired", visit->repaired);
    gaz_boundary_bind(stmt, ":witness", visit->witness);
    gaz_sqlite_bind_int(stmt, ":repaired_on", visit->repaired_on);
    gaz_sqlite_bind_int(stmt, ":due", visit->due);
    return gaz_boundary_run(ctx, stmt);
}

/* The marker was seen; an older inspection that is put later does not count. */
static gaz_status note_marker(struct gaz_ctx *ctx, struct gaz_store *store,
                              int64_t marker, gaz_date on,
                              const char *condition)
{
    struct gaz_stmt *stmt;
    gaz_status status = gaz_boundary_write(
        ctx, store,
        "UPDATE boundary_marker SET inspected_on = :on,"
        "  condition = CASE WHEN :condition = '' THEN condition"
        "    ELSE :condition END"
        " WHERE id = :marker AND inspected_on <= :on"
        "  AND (inspected_on < :on OR condition <> :condition)",
        &stmt);
    if (status != GAZ_OK)
        return status;
    gaz_sqlite_bind_int(stmt, ":on", on);
    gaz_boundary_bind(stmt, ":condition", condition);
    gaz_sqlite_bind_int(stmt, ":marker", marker);
    return gaz_boundary_run(ctx, stmt);
}

static gaz_status put_one(struct gaz_ctx *ctx, struct gaz_store *store,
                          int64_t line, int64_t id,
                          const struct gaz_boundary_inspection *inspection,
                          size_t i)
{
    const struct gaz_boundary_visit *visit = &inspection->visits[i];
    int64_t marker = 0;
    gaz_status status = refuse_visit(ctx, visit);
    if (status == GAZ_OK)
        status = find_marker(ctx, store, line, visit->marker, &marker);
    if (status == GAZ_OK)
        status = put_visit(ctx, store, id, (int64_t)i + 1, marker, visit);
    if (status == GAZ_OK && marker)
        status = note_marker(ctx, store, marker,
                             inspection->to ? inspection->to : inspection->from,
                             visit->condition);
    return status;
}

static gaz_status drop_visits(struct gaz_ctx *ctx, struct gaz_store *store,
                              int64_t id, size_t count)
{
    struct gaz_stmt *stmt;
    gaz_status status = gaz_boundary_write(
        ctx, store,
        "DELETE FROM boundary_visit WHERE inspection = :inspection"
        " AND ordinal > :count",
        &stmt);
    if (status != GAZ_OK)
        return status;
    gaz_sqlite_bind_int(stmt, ":inspection", id);
    gaz_sqlite_bind_int(stmt, ":count", (int64_t)count);
    return gaz_boundary_run(ctx, stmt);
}

gaz_status gaz_boundary_put_inspection(
    struct gaz_ctx *ctx, struct gaz_store *store, int64_t line,
    const struct gaz_boundary_inspection *inspection, int64_t *out)
{
    int64_t id = 0;
    gaz_status status = put_row(ctx, store, line, inspection, &id);
    for (size_t i = 0; i < inspection->visit_count && status == GAZ_OK; i++)
        status = put_one(ctx, store, line, id, inspection, i);
    if (status == GAZ_OK)
        status = drop_visits(ctx, store, id, inspection->visit_count);
    if (status == GAZ_OK)
        *out = id;
    return status;
}

/* ---- reading ---- */

static gaz_status read_visits(struct gaz_ctx *ctx, struct gaz_store *store,
                              struct gaz_boundary_inspection *inspection)
{
    struct gaz_stmt *stmt;
    struct gaz_boundary_list list = {.count = 0};
    gaz_status status = gaz_boundary_read(
        ctx, store,
        "SELECT COALESCE(m.code, ''), v.condition, v.finding, v.repair,"
        " v.repaired, v.witness, v.repaired_on, v.due FROM boundary_visit v"
        " LEFT JOIN boundary_marker m ON m.id = v.marker"
        " WHERE v.inspection = :inspection ORDER BY v.ordinal",
        &stmt);
    if (status != GAZ_OK)
        return status;
    gaz_sqlite_bind_int(stmt, ":inspection", inspection->id);
    while ((status = gaz_sqlite_step(ctx, stmt)) == GAZ_OK) {
        struct gaz_boundary_visit *visit =
            gaz_boundary_add(ctx, &list, sizeof(*visit));
        *visit = (struct gaz_boundary_visit){
            .marker = gaz_sqlite_text(ctx, stmt, 0),
            .condition = gaz_sqlite_text(ctx, stmt, 1),
            .finding = gaz_sqlite_text(ctx, stmt, 2),
            .repair = gaz_sqlite_text(ctx, stmt, 3),
            .repaired = gaz_sqlite_text(ctx, stmt, 4),
            .witness = gaz_sqlite_text(ctx, stmt, 5),
            .repaired_on = (gaz_date)gaz_sqlite_int(stmt, 6),
            .due = (gaz_date)gaz_sqlite_int(stmt, 7)};
    }
    gaz_sqlite_drop(stmt);
    inspection->visits = list.items;
    inspection->visit_count = list.count;
    return status == GAZ_END ? GAZ_OK : status;
}

gaz_status gaz_boundary_inspections(struct gaz_ctx *ctx,
                                    struct gaz_store *store, int64_t line,
                                    struct gaz_boundary_inspections *out)
{
    struct gaz_stmt *stmt;
    struct gaz_boundary_list list = {.count = 0};
    gaz_status status =
        gaz_boundary_read(ctx, store,
                          "SELECT id, round, from_day, to_day, parties, summary"
                          " FROM boundary_inspection WHERE line = :line"
                          " ORDER BY from_day, round",
                          &stmt);
    if (status != GAZ_OK)
        return status;
    gaz_sqlite_bind_int(stmt, ":line", line);
    while ((status = gaz_sqlite_step(ctx, stmt)) == GAZ_OK) {
        struct gaz_boundary_inspection *inspection =
            gaz_boundary_add(ctx, &list, sizeof(*inspection));
        *inspection = (struct gaz_boundary_inspection){
            .id = gaz_sqlite_int(stmt, 0),
            .round = gaz_sqlite_text(ctx, stmt, 1),
            .from = (gaz_date)gaz_sqlite_int(stmt, 2),
            .to = (gaz_date)gaz_sqlite_int(stmt, 3),
            .parties = gaz_sqlite_text(ctx, stmt, 4),
            .summary = gaz_sqlite_text(ctx, stmt, 5)};
    }
    gaz_sqlite_drop(stmt);
    struct gaz_boundary_inspection *items = list.items;
    status = status == GAZ_END ? GAZ_OK : status;
    for (size_t i = 0; i < list.count && status == GAZ_OK; i++)
        status = read_visits(ctx, store, &items[i]);
    if (status == GAZ_OK)
        *out = (struct gaz_boundary_inspections){items, list.count};
    return status;
}

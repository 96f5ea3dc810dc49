/* SPDX-License-Identifier: Apache-2.0 */
/* boundary_line.c - lines, and their points that are no markers. */
#include <regex.h>
#include <string.h>

#include "gazetteer/store/boundary_work.h"

static const char *const STATUSES[] = {"agreed", "draft", "disputed", "ended"};

static gaz_boundary_status status_of(const char *name)
{
    for (int i = 0; i < (int)(sizeof(STATUSES) / sizeof(STATUSES[0])); i++)
        if (strcmp(name, STATUSES[i]) == 0)
            return (gaz_boundary_status)i;
    return GAZ_BOUNDARY_DRAFT;
}

static gaz_status refuse_grammar(struct gaz_ctx *ctx, const char *grammar)
{
    regex_t compiled;
    char why[100];
    if (!grammar || !grammar[0])
        return GAZ_OK;
    if (strlen(grammar) > GAZ_BOUNDARY_GRAMMAR_MAX_BYTES)
        return gaz_fail(ctx, GAZ_LIMIT, "a grammar has at most %d bytes",
                        GAZ_BOUNDARY_GRAMMAR_MAX_BYTES);
    const int code = regcomp(&compiled, grammar, REG_EXTENDED | REG_NOSUB);
    if (code != 0) {
        (void)regerror(code, &compiled, why, sizeof(why));
        return gaz_fail(ctx, GAZ_INVALID, "the grammar '%s' is none: %s",
                        grammar, why);
    }
    regfree(&compiled);
    return GAZ_OK;
}

static gaz_status refuse_line(struct gaz_ctx *ctx,
                              const struct gaz_boundary_line *line)
{
    if (!line->code || !line->code[0])
        return gaz_fail(ctx, GAZ_INVALID, "a line without a code");
    for (int i = 0; i < GAZ_BOUNDARY_SIDES; i++)
        if (!line->sides[i] || !line->sides[i][0])
            return gaz_fail(ctx, GAZ_INVALID,
                            "line %s: no code of side "
                            "%c",
                            line->code, 'A' + i);
    if (strcmp(line->sides[0], line->sides[1]) >= 0)
        return gaz_fail(ctx, GAZ_INVALID,
                        "line %s: side A has the smaller code, not %s and %s",
                        line->code, line->sides[0], line->sides[1]);
    if (line->level < 1 || line->level > 4)
        return gaz_fail(ctx, GAZ_INVALID, "line %s: level %d, not 1 to 4",
                        line->code, line->level);
    return refuse_grammar(ctx, line->marker_grammar);
}

static const char PUT_LINE[] =
    "INSERT INTO boundary_line (code, section, edition, name, level, side_a,"
    "  side_b, own, left_side, marker_grammar, agreement, agreed_on,"
    "  legal_text, status, map_scale, is_schematic, is_synthetic, geom)"
    " VALUES (:code, :section, :edition, :name, :level, :side_a, :side_b,"
    "  :own, :left, :grammar, :agreement, :agreed_on, :legal_text, :status,"
    "  :map_scale, :is_schematic, :is_synthetic, GeomFromWKB(:wkb, 4490))"
    " ON CONFLICT (code, section, edition) DO UPDATE SET"
    "  name = excluded.name, level = excluded.level,"
    "  side_a = excluded.side_a, side_b = excluded.side_b,"
    "  own = excluded.own, left_side = excluded.left_side,"
    "  marker_grammar = excluded.marker_grammar,"
    "  agreement = excluded.agreement, agreed_on = excluded.agreed_on,"
    "  legal_text = excluded.legal_text, status = excluded.status,"
    "  map_scale = excluded.map_scale, is_schematic = excluded.is_schematic,"
    "  is_synthetic = excluded.is_synthetic, geom = excluded.geom"
    " WHERE (name, level, side_a, side_b, own, left_side, marker_grammar,"
    "  agreement, agreed_on, legal_text, status, map_scale, is_schematic,"
    "  is_synthetic, geom)"
    " IS NOT (excluded.name, excluded.level, excluded.side_a, excluded.side_b,"
    "  excluded.own, excluded.left_side, excluded.marker_grammar,"
    "  excluded.agreement, excluded.agreed_on, excluded.legal_text,"
    "  excluded.status, excluded.map_scale, excluded.is_schematic,"
    "  excluded.is_synthetic, excluded.geom)";

static gaz_status bind_line(struct gaz_ctx *ctx, struct gaz_stmt *stmt,
                            const struct gaz_boundary_line *line)
{
    const char own[2] = {line->own, '\0'};
    const void *wkb = NULL;
    size_t size = 0;
    gaz_boundary_bind(stmt, ":name", line->name);
    gaz_sqlite_bind_int(stmt, ":level", line->level);
    gaz_boundary_bind(stmt, ":side_a", line->sides[0]);
    gaz_boundary_bind(stmt, ":side_b", line->sides[1]);
    gaz_boundary_bind(stmt, ":own", gaz_arena_strdup(&ctx->arena, own));
    gaz_boundary_bind(stmt, ":left", line->left);
    gaz_boundary_bind(stmt, ":grammar", line->marker_grammar);
    gaz_boundary_bind(stmt, ":agreement", line->agreement);
    gaz_sqlite_bind_int(stmt, ":agreed_on", line->agreed_on);
    gaz_boundary_bind(stmt, ":legal_text", line->legal_text);
    gaz_boundary_bind(stmt, ":status", STATUSES[line->status]);
    gaz_sqlite_bind_int(stmt, ":map_scale", line->map_scale);
    gaz_sqlite_bind_int(stmt, ":is_schematic", line->is_schematic);
    gaz_sqlite_bind_int(stmt, ":is_synthetic", line->is_synthetic);
    if (line->point_count == 0)
        return GAZ_OK;
    gaz_status status =
        gaz_put_points(ctx, line->points, line->point_count, &wkb, &size);
    if (status == GAZ_OK)
        gaz_sqlite_bind_blob(stmt, ":wkb", wkb, size);
    return status;
}

static void bind_key(struct gaz_stmt *stmt,
                     const struct gaz_boundary_line *line)
{
    gaz_boundary_bind(stmt, ":code", line->code);
    gaz_boundary_bind(stmt, ":section", line->section);
    gaz_boundary_bind(stmt, ":edition", line->edition);
}

gaz_status gaz_boundary_put_line(struct gaz_ctx *ctx, struct gaz_store *store,
                                 const struct gaz_boundary_line *line,
                                 int64_t *out)
{
    struct gaz_stmt *stmt = NULL;
    gaz_status status = refuse_line(ctx, line);
    if (status == GAZ_OK)
        status = gaz_boundary_write(ctx, store, PUT_LINE, &stmt);
    if (status != GAZ_OK)
        return status;
    bind_key(stmt, line);
    status = bind_line(ctx, stmt, line);
    if (status != GAZ_OK) {
        gaz_sqlite_drop(stmt);
        return status;
    }
    status = gaz_boundary_run(ctx, stmt);
    if (status == GAZ_OK)
        status =
            gaz_boundary_read(ctx, store,
                              "SELECT id FROM boundary_line WHERE code = :code"
                              " AND section = :section AND edition = :edition",
                              &stmt);
    if (status != GAZ_OK)
        return status;
    bind_key(stmt, line);
    return gaz_boundary_number(ctx, stmt, out);
}

/* ---- reading ---- */

#define LINES                                                                  \
    "SELECT id, code, section, COALESCE(edition, ''), COALESCE(name, ''),"     \
    " level, side_a, side_b, own, left_side, marker_grammar,"                  \
    " COALESCE(agreement, ''), agreed_on, legal_text, status, map_scale,"      \
    " is_schematic, is_synthetic, AsBinary(geom) FROM boundary_line"

static gaz_status read_line(struct gaz_ctx *ctx, const struct gaz_stmt *row,
                            struct gaz_boundary_line *out)
{
    enum { GEOM = 18 };
    *out = (struct gaz_boundary_line){
        .id = gaz_sqlite_int(row, 0),
        .code = gaz_sqlite_text(ctx, row, 1),
        .section = gaz_sqlite_text(ctx, row, 2),
        .edition = gaz_sqlite_text(ctx, row, 3),
        .name = gaz_sqlite_text(ctx, row, 4),
        .level = (int)gaz_sqlite_int(row, 5),
        .sides = {gaz_sqlite_text(ctx, row, 6), gaz_sqlite_text(ctx, row, 7)},
        .own = gaz_sqlite_text(ctx, row, 8)[0],
        .left = gaz_sqlite_text(ctx, row, 9),
        .marker_grammar = gaz_sqlite_text(ctx, row, 10),
        .agreement = gaz_sqlite_text(ctx, row, 11),
        .agreed_on = (gaz_date)gaz_sqlite_int(row, 12),
        .legal_text = gaz_sqlite_text(ctx, row, 13),
        .status = status_of(gaz_sqlite_text(ctx, row, 14)),
        .map_scale = (int)gaz_sqlite_int(row, 15),
        .is_schematic = gaz_sqlite_int(row, 16) != 0,
        .is_synthetic = gaz_sqlite_int(row, 17) != 0};
    return gaz_sqlite_is_null(row, GEOM)
               ? GAZ_OK
               : gaz_get_points(ctx, row, GEOM, &out->points,
                                &out->point_count);
}

gaz_status gaz_boundary_lines(struct gaz_ctx *ctx, struct gaz_store *store,
                              struct gaz_boundary_lines *out)
{
    struct gaz_stmt *stmt;
    struct gaz_boundary_list list = {.count = 0};
    gaz_status status = gaz_boundary_read(
        ctx, store, LINES " ORDER BY code, section, edition", &stmt);
    if (status != GAZ_OK)
        return status;
    while ((status = gaz_sqlite_step(ctx, stmt)) == GAZ_OK) {
        struct gaz_boundary_line *line =
            gaz_boundary_add(ctx, &list, sizeof(*line));
        status = read_line(ctx, stmt, line);
        if (status != GAZ_OK)
            break;
    }
    gaz_sqlite_drop(stmt);
    if (status != GAZ_END)
        return status;
    *out = (struct gaz_boundary_lines){list.items, list.count};
    return GAZ_OK;
}

static gaz_status refuse_unknown(struct gaz_ctx *ctx, const char *code,
                                 const char *section,
                                 const struct gaz_boundary_lines *lines)
{
    const char *known = "";
    for (size_t i = 0; i < lines->count && strlen(known) < 200; i++)
        known = gaz_arena_printf(&ctx->arena, "%s%s%s/%s", known, i ? ", " : "",
                                 lines->items[i].code, lines->items[i].section);
    return gaz_fail(ctx, GAZ_NOT_FOUND,
                    "no boundary line '%.20s' section '%.40s'; there are: %s",
                    code, section ? section : "", known[0] ? known : "none");
}

/* Without a section the whole line is meant, or the only section. */
gaz_status gaz_boundary_find_line(struct gaz_ctx *ctx, struct gaz_store *store,
                                  const char *code, const char *section,
                                  struct gaz_boundary_line *out)
{
    struct gaz_boundary_lines lines;
    gaz_status status = gaz_boundary_lines(ctx, store, &lines);
    if (status != GAZ_OK)
        return status;
    const struct gaz_boundary_line *found = NULL;
    bool has_others = false;
    for (size_t i = 0; i < lines.count; i++) {
        const struct gaz_boundary_line *line = &lines.items[i];
        if (strcmp(line->code, code) != 0 ||
            (section && strcmp(line->section, section) != 0))
            continue;
        /* by edition: the last is the newest */
        if (found && strcmp(found->section, line->section) != 0) {
            has_others = true;
            if (found->section[0] == '\0')
                continue;
        }
        found = line;
    }
    if (!found)
        return refuse_unknown(ctx, code, section, &lines);
    if (has_others && found->section[0] != '\0')
        return gaz_fail(ctx, GAZ_INVALID,
                        "line %s has several sections; say which (--section)",
                        code);
    *out = *found;
    return GAZ_OK;
}

gaz_status gaz_boundary_schematic(struct gaz_ctx *ctx, struct gaz_store *store,
                                  const char *section,
                                  const struct gaz_coord **points,
                                  size_t *count)
{
    struct gaz_stmt *stmt;
    *points = NULL;
    *count = 0;
    gaz_status status = gaz_boundary_read(
        ctx, store,
        "SELECT AsBinary(geom) FROM line WHERE code = :section"
        " AND code <> '' AND is_schematic = 1 ORDER BY id LIMIT 1",
        &stmt);
    if (status != GAZ_OK)
        return status;
    gaz_boundary_bind(stmt, ":section", section);
    status = gaz_sqlite_step(ctx, stmt);
    if (status == GAZ_OK)
        status = gaz_get_points(ctx, stmt, 0, points, count);
    gaz_sqlite_drop(stmt);
    return status == GAZ_END ? GAZ_OK : status;
}

/* ---- points ---- */

static const char PUT_POINT[] =
    "INSERT INTO boundary_point (line, kind, code, name, lines, on_day,"
    "  height_m, accuracy_m, height_accuracy_m, method, by_whom, geom)"
    " VALUES (:line, :kind, :code, :name, :lines, :on, :height, :accuracy,"
    "  :height_accuracy, :method, :by, :geom)"
    " ON CONFLICT (line, kind, code) DO UPDATE SET name = excluded.name,"
    "  lines = excluded.lines, on_day = excluded.on_day,"
    "  height_m = excluded.height_m, accuracy_m = excluded.accuracy_m,"
    "  height_accuracy_m = excluded.height_accuracy_m,"
    "  method = excluded.method, by_whom = excluded.by_whom,"
    "  geom = excluded.geom"
    " WHERE (name, lines, on_day, height_m, accuracy_m, height_accuracy_m,"
    "  method, by_whom, geom) IS NOT (excluded.name, excluded.lines,"
    "  excluded.on_day, excluded.height_m, excluded.accuracy_m,"
    "  excluded.height_accuracy_m, excluded.method, excluded.by_whom,"
    "  excluded.geom)";

gaz_status gaz_boundary_put_point(struct gaz_ctx *ctx, struct gaz_store *store,
                                  int64_t line,
                                  const struct gaz_boundary_point *point,
                                  int64_t *out)
{
    struct gaz_stmt *stmt;
    gaz_status status = gaz_boundary_write(ctx, store, PUT_POINT, &stmt);
    if (status != GAZ_OK)
        return status;
    gaz_sqlite_bind_int(stmt, ":line", line);
    gaz_sqlite_bind_int(stmt, ":kind", (int64_t)point->kind);
    gaz_boundary_bind(stmt, ":code", point->code);
    gaz_boundary_bind(stmt, ":name", point->name);
    gaz_boundary_bind(stmt, ":lines", point->lines);
    status = gaz_boundary_bind_fix(ctx, stmt, &point->fix);
    if (status != GAZ_OK) {
        gaz_sqlite_drop(stmt);
        return status;
    }
    status = gaz_boundary_run(ctx, stmt);
    if (status == GAZ_OK)
        status = gaz_boundary_read(ctx, store,
                                   "SELECT id FROM boundary_point WHERE line ="
                                   " :line AND kind = :kind AND code = :code",
                                   &stmt);
    if (status != GAZ_OK)
        return status;
    gaz_sqlite_bind_int(stmt, ":line", line);
    gaz_sqlite_bind_int(stmt, ":kind", (int64_t)point->kind);
    gaz_boundary_bind(stmt, ":code", point->code);
    return gaz_boundary_number(ctx, stmt, out);
}

gaz_status gaz_boundary_points(struct gaz_ctx *ctx, struct gaz_store *store,
                               int64_t line, struct gaz_boundary_points *out)
{
    enum { FIX = 5 };
    struct gaz_stmt *stmt;
    struct gaz_boundary_list list = {.count = 0};
    gaz_status status = gaz_boundary_read(
        ctx, store,
        "SELECT id, kind, code, name, lines, on_day, height_m, accuracy_m,"
        " height_accuracy_m, method, by_whom, geom FROM boundary_point"
        " WHERE line = :line ORDER BY kind, code",
        &stmt);
    if (status != GAZ_OK)
        return status;
    gaz_sqlite_bind_int(stmt, ":line", line);
    while ((status = gaz_sqlite_step(ctx, stmt)) == GAZ_OK) {
        struct gaz_boundary_point *point =
            gaz_boundary_add(ctx, &list, sizeof(*point));
        *point = (struct gaz_boundary_point){
            .id = gaz_sqlite_int(stmt, 0),
            .kind = (gaz_boundary_point_kind)gaz_sqlite_int(stmt, 1),
            .code = gaz_sqlite_text(ctx, stmt, 2),
            .name = gaz_sqlite_text(ctx, stmt, 3),
            .lines = gaz_sqlite_text(ctx, stmt, 4)};
        (void)gaz_boundary_read_fix(ctx, stmt, FIX, &point->fix);
    }
    gaz_sqlite_drop(stmt);
    if (status != GAZ_END)
        return status;
    *out = (struct gaz_boundary_points){list.items, list.count};
    return GAZ_OK;
}

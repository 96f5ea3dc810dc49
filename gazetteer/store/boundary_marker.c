/* SPDX-License-Identifier: Apache-2.0 */
/* boundary_marker.c - markers over four tables: the marker, its surveys, the
 * objects by which it is found again, its photos. */
#include <regex.h>
#include <string.h>

#include "gazetteer/store/boundary_work.h"

/* GB/T 17796-2009: code of the line, serial, type. */
static const char STANDARD_GRAMMAR[] = "^[0-9]{4}[0-9]{3}[QABCDE]$";

static gaz_status grammar_of(struct gaz_ctx *ctx, struct gaz_store *store,
                             int64_t line, const char **out)
{
    struct gaz_stmt *stmt;
    gaz_status status = gaz_boundary_read(
        ctx, store, "SELECT marker_grammar FROM boundary_line WHERE id = :line",
        &stmt);
    if (status != GAZ_OK)
        return status;
    gaz_sqlite_bind_int(stmt, ":line", line);
    status = gaz_sqlite_step(ctx, stmt);
    if (status == GAZ_OK)
        *out = gaz_sqlite_text(ctx, stmt, 0);
    gaz_sqlite_drop(stmt);
    return status == GAZ_END
               ? gaz_fail(ctx, GAZ_NOT_FOUND, "no boundary line %lld",
                          (long long)line)
               : status;
}

static gaz_status refuse_code(struct gaz_ctx *ctx, struct gaz_store *store,
                              int64_t line, const char *code)
{
    const char *grammar = "";
    regex_t compiled;
    gaz_status status = grammar_of(ctx, store, line, &grammar);
    if (status != GAZ_OK)
        return status;
    if (!code || !code[0])
        return gaz_fail(ctx, GAZ_INVALID, "a marker without a code");
    if (!grammar[0])
        grammar = STANDARD_GRAMMAR;
    if (regcomp(&compiled, grammar, REG_EXTENDED | REG_NOSUB) != 0)
        return gaz_fail(ctx, GAZ_DB, "the line's grammar '%s' is none",
                        grammar);
    const bool fits = regexec(&compiled, code, 0, NULL, 0) == 0;
    regfree(&compiled);
    return fits ? GAZ_OK
                : gaz_fail(ctx, GAZ_INVALID,
                           "marker code '%.40s' is not of the line's grammar "
                           "%s",
                           code, grammar);
}

/* ---- writing ---- */

static const char PUT_MARKER[] =
    "INSERT INTO boundary_marker (line, code, type, material, place_a,"
    "  place_b, agreed_on, agreed_height, agreed_accuracy_m,"
    "  agreed_height_accuracy_m, agreed_method, agreed_by, manager,"
    "  condition, inspected_on, set_on, note, next_distance_m,"
    "  next_azimuth_deg, course, geom)"
    " VALUES (:line, :code, :type, :material, :place_a, :place_b, :on,"
    "  :height, :accuracy, :height_accuracy, :method, :by, :manager,"
    "  :condition, :inspected_on, :set_on, :note, :distance, :azimuth,"
    "  :course, :geom)"
    " ON CONFLICT (line, code) DO UPDATE SET type = excluded.type,"
    "  material = excluded.material, place_a = excluded.place_a,"
    "  place_b = excluded.place_b, agreed_on = excluded.agreed_on,"
    "  agreed_height = excluded.agreed_height,"
    "  agreed_accuracy_m = excluded.agreed_accuracy_m,"
    "  agreed_height_accuracy_m = excluded.agreed_height_accuracy_m,"
    "  agreed_method = excluded.agreed_method,"
    "  agreed_by = excluded.agreed_by, manager = excluded.manager,"
    "  condition = excluded.condition, inspected_on = excluded.inspected_on,"
    "  set_on = excluded.set_on, note = excluded.note,"
    "  next_distance_m = excluded.next_distance_m,"
    "  next_azimuth_deg = excluded.next_azimuth_deg,"
    "  course = excluded.course, geom = excluded.geom"
    " WHERE (type, material, place_a, place_b, agreed_on, agreed_height,"
    "  agreed_accuracy_m, agreed_height_accuracy_m, agreed_method, agreed_by,"
    "  manager, condition, inspected_on, set_on, note, next_distance_m,"
    "  next_azimuth_deg, course, geom) IS NOT (excluded.type, "
    "excluded.material,"
    "  excluded.place_a, excluded.place_b, excluded.agreed_on,"
    "  excluded.agreed_height, excluded.agreed_accuracy_m,"
    "  excluded.agreed_height_accuracy_m, excluded.agreed_method,"
    "  excluded.agreed_by, excluded.manager, excluded.condition,"
    "  excluded.inspected_on, excluded.set_on, excluded.note,"
    "  excluded.next_distance_m, excluded.next_azimuth_deg, excluded.course,"
    "  excluded.geom)";

static void bind_key(struct gaz_stmt *stmt, int64_t line, const char *code)
{
    gaz_sqlite_bind_int(stmt, ":line", line);
    gaz_boundary_bind(stmt, ":code", code);
}

static gaz_status bind_marker(struct gaz_ctx *ctx, struct gaz_stmt *stmt,
                              const struct gaz_boundary_marker *marker)
{
    const size_t len = strlen(marker->code);
    gaz_boundary_bind(
        stmt, ":type",
        marker->type && marker->type[0]
            ? marker->type
            : gaz_arena_strdup(&ctx->arena, marker->code + len - 1));
    gaz_boundary_bind(stmt, ":material", marker->material);
    gaz_boundary_bind(stmt, ":place_a", marker->place[0]);
    gaz_boundary_bind(stmt, ":place_b", marker->place[1]);
    gaz_boundary_bind(stmt, ":manager", marker->manager);
    gaz_boundary_bind(stmt, ":condition", marker->condition);
    gaz_sqlite_bind_int(stmt, ":inspected_on", marker->inspected_on);
    gaz_sqlite_bind_int(stmt, ":set_on", marker->set_on);
    gaz_boundary_bind(stmt, ":note", marker->note);
    gaz_sqlite_bind_real(stmt, ":distance", marker->next_distance_m);
    gaz_sqlite_bind_real(stmt, ":azimuth", marker->next_azimuth_deg);
    gaz_boundary_bind(stmt, ":course", marker->course);
    if (marker->has_agreed)
        return gaz_boundary_bind_fix(ctx, stmt, &marker->agreed);
    gaz_sqlite_bind_int(stmt, ":on", GAZ_DATE_OPEN);
    gaz_sqlite_bind_real(stmt, ":accuracy", 0);
    gaz_sqlite_bind_real(stmt, ":height_accuracy", 0);
    gaz_boundary_bind(stmt, ":method", NULL);
    gaz_boundary_bind(stmt, ":by", NULL);
    return GAZ_OK;
}

static gaz_status put_row(struct gaz_ctx *ctx, struct gaz_store *store,
                          int64_t line,
                          const struct gaz_boundary_marker *marker,
                          int64_t *out)
{
    struct gaz_stmt *stmt;
    gaz_status status = gaz_boundary_write(ctx, store, PUT_MARKER, &stmt);
    if (status != GAZ_OK)
        return status;
    bind_key(stmt, line, marker->code);
    status = bind_marker(ctx, stmt, marker);
    if (status != GAZ_OK) {
        gaz_sqlite_drop(stmt);
        return status;
    }
    status = gaz_boundary_run(ctx, stmt);
    if (status == GAZ_OK)
        status = gaz_boundary_read(ctx, store,
                                   "SELECT id FROM boundary_marker"
                                   " WHERE line = :line AND code = :code",
                                   &stmt);
    if (status != GAZ_OK)
        return status;
    bind_key(stmt, line, marker->code);
    return gaz_boundary_number(ctx, stmt, out);
}

static gaz_status put_fix(struct gaz_ctx *ctx, struct gaz_store *store,
                          int64_t marker, const struct gaz_boundary_fix *fix)
{
    struct gaz_stmt *stmt;
    gaz_status status = gaz_boundary_write(
        ctx, store,
        "INSERT INTO boundary_fix (marker, on_day, height_m, accuracy_m,"
        "  height_accuracy_m, method, by_whom, geom)"
        " VALUES (:marker, :on, :height, :accuracy, :height_accuracy, :method,"
        "  :by, :geom)"
        " ON CONFLICT (marker, on_day, by_whom) DO UPDATE SET"
        "  height_m = excluded.height_m, accuracy_m = excluded.accuracy_m,"
        "  height_accuracy_m = excluded.height_accuracy_m,"
        "  method = excluded.method, geom = excluded.geom"
        " WHERE (height_m, accuracy_m, height_accuracy_m, method, geom)"
        " IS NOT (excluded.height_m, excluded.accuracy_m,"
        "  excluded.height_accuracy_m, excluded.method, excluded.geom)",
        &stmt);
    if (status != GAZ_OK)
        return status;
    gaz_sqlite_bind_int(stmt, ":marker", marker);
    status = gaz_boundary_bind_fix(ctx, stmt, fix);
    if (status == GAZ_OK)
        return gaz_boundary_run(ctx, stmt);
    gaz_sqlite_drop(stmt);
    return status;
}

static gaz_status put_object(struct gaz_ctx *ctx, struct gaz_store *store,
                             int64_t marker, int64_t ordinal,
                             const struct gaz_boundary_object *object)
{
    struct gaz_stmt *stmt;
    gaz_status status = gaz_boundary_write(
        ctx, store,
        "INSERT INTO boundary_object (marker, ordinal, name, azimuth_deg,"
        "  distance_m) VALUES (:marker, :ordinal, :name, :azimuth, :distance)"
        " ON CONFLICT (marker, ordinal) DO UPDATE SET name = excluded.name,"
        "  azimuth_deg = excluded.azimuth_deg,"
        "  distance_m = excluded.distance_m"
        " WHERE (name, azimuth_deg, distance_m) IS NOT (excluded.name,"
        "  excluded.azimuth_deg, excluded.distance_m)",
        &stmt);
    if (status != GAZ_OK)
        return status;
    gaz_sqlite_bind_int(stmt, ":marker", marker);
    gaz_sqlite_bind_int(stmt, ":ordinal", ordinal);
    gaz_boundary_bind(stmt, ":name", object->name);
    gaz_sqlite_bind_real(stmt, ":azimuth", object->azimuth_deg);
    gaz_sqlite_bind_real(stmt, ":distance", object->distance_m);
    return gaz_boundary_run(ctx, stmt);
}

static gaz_status put_photo(struct gaz_ctx *ctx, struct gaz_store *store,
                            int64_t marker,
                            const struct gaz_boundary_photo *photo)
{
    struct gaz_stmt *stmt;
    gaz_status status = gaz_boundary_write(
        ctx, store,
        "INSERT INTO boundary_photo (marker, ref, sha256, on_day)"
        " VALUES (:marker, :ref, :sha256, :on)"
        " ON CONFLICT (marker, ref) DO UPDATE SET sha256 = excluded.sha256,"
        "  on_day = excluded.on_day"
        " WHERE (sha256, on_day) IS NOT (excluded.sha256, excluded.on_day)",
        &stmt);
    if (status != GAZ_OK)
        return status;
    gaz_sqlite_bind_int(stmt, ":marker", marker);
    gaz_boundary_bind(stmt, ":ref", photo->ref);
    gaz_boundary_bind(stmt, ":sha256", photo->sha256);
    gaz_sqlite_bind_int(stmt, ":on", photo->on);
    return gaz_boundary_run(ctx, stmt);
}

/* Objects after the last that is given. Photos stay: they are an archive. */
static gaz_status drop_objects(struct gaz_ctx *ctx, struct gaz_store *store,
                               int64_t marker, size_t count)
{
    struct gaz_stmt *stmt;
    gaz_status status =
        gaz_boundary_write(ctx, store,
                           "DELETE FROM boundary_object WHERE marker = :marker"
                           " AND ordinal > :count",
                           &stmt);
    if (status != GAZ_OK)
        return status;
    gaz_sqlite_bind_int(stmt, ":marker", marker);
    gaz_sqlite_bind_int(stmt, ":count", (int64_t)count);
    return gaz_boundary_run(ctx, stmt);
}

gaz_status gaz_boundary_put_marker(struct gaz_ctx *ctx, struct gaz_store *store,
                                   int64_t line,
                                   const struct gaz_boundary_marker *marker,
                                   int64_t *out)
{
    int64_t id = 0;
    gaz_status status = refuse_code(ctx, store, line, marker->code);
    if (status == GAZ_OK)
        status = put_row(ctx, store, line, marker, &id);
    for (size_t i = 0; i < marker->fix_count && status == GAZ_OK; i++)
        status = put_fix(ctx, store, id, &marker->fixes[i]);
    for (size_t i = 0; i < marker->object_count && status == GAZ_OK; i++)
        status =
            put_object(ctx, store, id, (int64_t)i + 1, &marker->objects[i]);
    if (status == GAZ_OK)
        status = drop_objects(ctx, store, id, marker->object_count);
    for (size_t i = 0; i < marker->photo_count && status == GAZ_OK; i++)
        status = put_photo(ctx, store, id, &marker->photos[i]);
    if (status == GAZ_OK)
        *out = id;
    return status;
}

/* ---- reading: one pass over each table, all in the order of the codes ---- */

struct reading {
    struct gaz_boundary_marker *markers;
    size_t count;
    size_t at; /* the marker that the rows have come to */
};

/* The marker of an id; rows come in the order of the markers. */
static struct gaz_boundary_marker *marker_of(struct reading *r, int64_t id)
{
    while (r->at < r->count && r->markers[r->at].id != id)
        r->at++;
    return r->at < r->count ? &r->markers[r->at] : NULL;
}

static gaz_status read_markers(struct gaz_ctx *ctx, struct gaz_stmt *stmt,
                               struct reading *r)
{
    enum { AGREED = 6, REST = 13 };
    struct gaz_boundary_list list = {.count = 0};
    gaz_status status;
    while ((status = gaz_sqlite_step(ctx, stmt)) == GAZ_OK) {
        struct gaz_boundary_marker *marker =
            gaz_boundary_add(ctx, &list, sizeof(*marker));
        *marker = (struct gaz_boundary_marker){
            .id = gaz_sqlite_int(stmt, 0),
            .code = gaz_sqlite_text(ctx, stmt, 1),
            .type = gaz_sqlite_text(ctx, stmt, 2),
            .material = gaz_sqlite_text(ctx, stmt, 3),
            .place = {gaz_sqlite_text(ctx, stmt, 4),
                      gaz_sqlite_text(ctx, stmt, 5)},
            .manager = gaz_sqlite_text(ctx, stmt, REST),
            .condition = gaz_sqlite_text(ctx, stmt, REST + 1),
            .inspected_on = (gaz_date)gaz_sqlite_int(stmt, REST + 2),
            .set_on = (gaz_date)gaz_sqlite_int(stmt, REST + 3),
            .note = gaz_sqlite_text(ctx, stmt, REST + 4),
            .next_distance_m = gaz_sqlite_real(stmt, REST + 5),
            .next_azimuth_deg = gaz_sqlite_real(stmt, REST + 6),
            .course = gaz_sqlite_text(ctx, stmt, REST + 7)};
        marker->has_agreed =
            gaz_boundary_read_fix(ctx, stmt, AGREED, &marker->agreed);
    }
    *r = (struct reading){.markers = list.items, .count = list.count};
    return status;
}

static gaz_status read_fixes(struct gaz_ctx *ctx, struct gaz_stmt *stmt,
                             struct reading *r)
{
    struct gaz_boundary_list list = {.count = 0};
    gaz_status status;
    r->at = 0;
    while ((status = gaz_sqlite_step(ctx, stmt)) == GAZ_OK) {
        struct gaz_boundary_marker *marker =
            marker_of(r, gaz_sqlite_int(stmt, 0));
        if (!marker)
            break;
        if (marker->fix_count == 0)
            list = (struct gaz_boundary_list){.count = 0};
        struct gaz_boundary_fix *fix =
            gaz_boundary_add(ctx, &list, sizeof(*fix));
        (void)gaz_boundary_read_fix(ctx, stmt, 1, fix);
        marker->fixes = list.items;
        marker->fix_count = list.count;
    }
    return status;
}

static gaz_status read_objects(struct gaz_ctx *ctx, struct gaz_stmt *stmt,
                               struct reading *r)
{
    struct gaz_boundary_list list = {.count = 0};
    gaz_status status;
    r->at = 0;
    while ((status = gaz_sqlite_step(ctx, stmt)) == GAZ_OK) {
        struct gaz_boundary_marker *marker =
            marker_of(r, gaz_sqlite_int(stmt, 0));
        if (!marker)
            break;
        if (marker->object_count == 0)
            list = (struct gaz_boundary_list){.count = 0};
        struct gaz_boundary_object *object =
            gaz_boundary_add(ctx, &list, sizeof(*object));
        *object = (struct gaz_boundary_object){
            .name = gaz_sqlite_text(ctx, stmt, 1),
            .azimuth_deg = gaz_sqlite_real(stmt, 2),
            .distance_m = gaz_sqlite_real(stmt, 3)};
        marker->objects = list.items;
        marker->object_count = list.count;
    }
    return status;
}

static gaz_status read_photos(struct gaz_ctx *ctx, struct gaz_stmt *stmt,
                              struct reading *r)
{
    struct gaz_boundary_list list = {.count = 0};
    gaz_status status;
    r->at = 0;
    while ((status = gaz_sqlite_step(ctx, stmt)) == GAZ_OK) {
        struct gaz_boundary_marker *marker =
            marker_of(r, gaz_sqlite_int(stmt, 0));
        if (!marker)
            break;
        if (marker->photo_count == 0)
            list = (struct gaz_boundary_list){.count = 0};
        struct gaz_boundary_photo *photo =
            gaz_boundary_add(ctx, &list, sizeof(*photo));
        *photo = (struct gaz_boundary_photo){
            .ref = gaz_sqlite_text(ctx, stmt, 1),
            .sha256 = gaz_sqlite_text(ctx, stmt, 2),
            .on = (gaz_date)gaz_sqlite_int(stmt, 3)};
        marker->photos = list.items;
        marker->photo_count = list.count;
    }
    return status;
}

typedef gaz_status reader(struct gaz_ctx *, struct gaz_stmt *,
                          struct reading *);

#define OF_LINE                                                                \
    " JOIN boundary_marker m ON m.id = t.marker WHERE m.line = :line"          \
    " ORDER BY m.code, m.id, "

static const struct {
    reader *read;
    const char *sql;
} PASSES[] = {
    {read_markers,
     "SELECT id, code, type, material, place_a, place_b, agreed_on,"
     " agreed_height, agreed_accuracy_m, agreed_height_accuracy_m,"
     " agreed_method, agreed_by, geom, manager, condition, inspected_on,"
     " set_on, note, next_distance_m, next_azimuth_deg, course"
     " FROM boundary_marker"
     " WHERE line = :line ORDER BY code, id"},
    {read_fixes, "SELECT t.marker, t.on_day, t.height_m, t.accuracy_m,"
                 " t.height_accuracy_m, t.method, t.by_whom, t.geom"
                 " FROM boundary_fix t" OF_LINE "t.on_day, t.id"},
    {read_objects, "SELECT t.marker, t.name, t.azimuth_deg, t.distance_m"
                   " FROM boundary_object t" OF_LINE "t.ordinal"},
    {read_photos, "SELECT t.marker, t.ref, t.sha256, t.on_day"
                  " FROM boundary_photo t" OF_LINE "t.on_day, t.ref"},
};

gaz_status gaz_boundary_markers(struct gaz_ctx *ctx, struct gaz_store *store,
                                int64_t line, struct gaz_boundary_markers *out)
{
    struct reading r = {.count = 0};
    for (size_t i = 0; i < sizeof(PASSES) / sizeof(PASSES[0]); i++) {
        struct gaz_stmt *stmt;
        gaz_status status = gaz_boundary_read(ctx, store, PASSES[i].sql, &stmt);
        if (status != GAZ_OK)
            return status;
        gaz_sqlite_bind_int(stmt, ":line", line);
        status = PASSES[i].read(ctx, stmt, &r);
        gaz_sqlite_drop(stmt);
        if (status != GAZ_END)
            return status == GAZ_OK
                       ? gaz_fail(ctx, GAZ_DB, "a row of a marker that is gone")
                       : status;
    }
    *out = (struct gaz_boundary_markers){r.markers, r.count};
    return GAZ_OK;
}

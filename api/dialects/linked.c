/* SPDX-License-Identifier: Apache-2.0 */
/* linked.c - places with their history in Linked Places Format 1.2
 * (github.com/LinkedPasts/linked-places-format): GeoJSON-LD in which names,
 * types and relations carry the time when they held.
 */
#include <string.h>

#include "api/category.h"
#include "api/dialects/handlers.h"
#include "api/ogc/collection.h"
#include "api/problem.h"

enum { LIMIT_DEFAULT = 100, LIMIT_MAX = 5000, OFFSET_MAX = 100000000 };

#define CONTEXT                                                                \
    "https://raw.githubusercontent.com/LinkedPasts/linked-places-format/main/" \
    "linkedplaces-context-v1.1.jsonld"

static const char *uri_of(struct api_worker *worker, const char *base,
                          uint32_t place)
{
    char id[GAZ_ID_TEXT_BYTES];
    return gaz_arena_printf(&worker->ctx.arena, "%s/v1/places/%s", base,
                            gaz_id_write(worker->snap->places[place].id, id));
}

/* {"start": {"in": "2009"}, "end": {"in": "2017"}}; nothing when both are open.
 */
static void write_when(struct gaz_json *json, gaz_date from, gaz_date to)
{
    char text[GAZ_DATE_MAX_BYTES];
    if (from == GAZ_DATE_OPEN && to == GAZ_DATE_OPEN)
        return;
    gaz_json_object(json, "when");
    gaz_json_array(json, "timespans");
    gaz_json_object(json, NULL);
    if (from != GAZ_DATE_OPEN) {
        gaz_json_object(json, "start");
        gaz_json_string(json, "in", gaz_date_write(from, text));
        gaz_json_end(json);
    }
    if (to != GAZ_DATE_OPEN) {
        gaz_json_object(json, "end");
        gaz_json_string(json, "in", gaz_date_write(to, text));
        gaz_json_end(json);
    }
    gaz_json_end(json);
    gaz_json_end(json);
    gaz_json_end(json);
}

static void write_citation(struct gaz_json *json,
                           const struct gaz_snapshot *snap, uint32_t source)
{
    if (source == 0 || source >= snap->source_count)
        return;
    const struct gaz_snap_source *row = &snap->sources[source];
    gaz_json_array(json, "citations");
    gaz_json_object(json, NULL);
    gaz_json_string(json, "label", gaz_snapshot_text(snap, row->title));
    gaz_json_optional(json, "@id", gaz_snapshot_text(snap, row->url));
    gaz_json_end(json);
    gaz_json_end(json);
}

static void write_toponym(struct gaz_json *json,
                          const struct gaz_snapshot *snap,
                          const struct gaz_snap_name *name, const char *text,
                          const char *language)
{
    gaz_json_object(json, NULL);
    gaz_json_string(json, "toponym", text);
    gaz_json_string(json, "lang", language);
    gaz_json_string(json, "name_kind", api_part_name_kind(name->kind));
    write_citation(json, snap, name->source);
    write_when(json, name->valid_from, name->valid_to);
    gaz_json_end(json);
}

static void write_names(struct gaz_json *json, const struct gaz_snapshot *snap,
                        const struct gaz_snap_place *row)
{
    gaz_json_array(json, "names");
    for (uint32_t i = 0; i < row->name_count; i++) {
        const struct gaz_snap_name *name = &snap->names[row->name_first + i];
        const char *text = gaz_snapshot_text(snap, name->text);
        const char *roman = gaz_snapshot_text(snap, name->roman);
        bool is_latin = (unsigned char)text[0] < 0x80;
        write_toponym(json, snap, name, text, is_latin ? "zh-Latn" : "zh");
        if (roman[0] && strcmp(roman, text) != 0)
            write_toponym(json, snap, name, roman, "zh-Latn");
    }
    gaz_json_end(json);
}

static void write_types(struct gaz_json *json, uint32_t category)
{
    char code[16] = "gbt18521:";
    const struct api_category *name = api_category_find(category);
    size_t len = strlen(code);
    for (uint32_t i = 5; i > 0; i--, category /= 10)
        code[len + i - 1] = (char)('0' + category % 10);
    gaz_json_array(json, "types");
    gaz_json_object(json, NULL);
    gaz_json_string(json, "identifier", code);
    gaz_json_string(json, "label", name->zh);
    gaz_json_array(json, "sourceLabels");
    gaz_json_object(json, NULL);
    gaz_json_string(json, "label", name->en);
    gaz_json_string(json, "lang", "en");
    gaz_json_end(json);
    gaz_json_end(json);
    gaz_json_end(json);
    gaz_json_end(json);
}

static void write_relation(struct gaz_json *json, struct api_worker *worker,
                           const char *base, const char *type, uint32_t place,
                           gaz_date from, gaz_date to)
{
    if (place == GAZ_NONE)
        return;
    gaz_json_object(json, NULL);
    gaz_json_string(json, "relationType", type);
    gaz_json_string(json, "relationTo", uri_of(worker, base, place));
    gaz_json_string(json, "label", api_part_name(worker->snap, place));
    write_when(json, from, to);
    gaz_json_end(json);
}

static void write_relations(struct gaz_json *json, struct api_worker *worker,
                            const char *base, uint32_t place)
{
    const struct gaz_snapshot *snap = worker->snap;
    const struct gaz_snap_place *row = &snap->places[place];
    gaz_json_array(json, "relations");
    write_relation(json, worker, base, "gvp:broaderPartitive", row->parent,
                   row->valid_from, row->valid_to);
    for (uint32_t i = 0; i < row->change_count; i++) {
        const struct gaz_snap_change *change =
            &snap->changes[row->change_first + i];
        bool is_after = change->from == place;
        const char *type = gaz_arena_printf(&worker->ctx.arena, "diming:%s_%s",
                                            api_part_change_kind(change->kind),
                                            is_after ? "to" : "from");
        uint32_t other = is_after ? change->to : change->from;
        if (other != place)
            write_relation(json, worker, base, type, other, change->date, 0);
    }
    gaz_json_end(json);
}

static void write_description(struct gaz_json *json, const char *text)
{
    if (!text[0])
        return;
    gaz_json_object(json, NULL);
    gaz_json_string(json, "value", text);
    gaz_json_string(json, "lang", "zh");
    gaz_json_end(json);
}

/* Certainty in the words of the format: certain, less-certain, uncertain. */
static const char *certainty_of(gaz_method method)
{
    if (method == GAZ_METHOD_SURVEYED)
        return "certain";
    return method == GAZ_METHOD_INHERITED || method == GAZ_METHOD_SYNTHETIC
               ? "uncertain"
               : "less-certain";
}

static void write_geometry(struct gaz_json *json,
                           const struct gaz_snapshot *snap,
                           const struct gaz_position *position)
{
    if (position->method == GAZ_METHOD_NONE) {
        gaz_json_null(json, "geometry");
        return;
    }
    gaz_json_object(json, "geometry");
    gaz_json_string(json, "type", "Point");
    gaz_json_coord(json, "coordinates", position->coord);
    gaz_json_string(json, "certainty", certainty_of(position->method));
    gaz_json_number(json, "accuracy_m", position->accuracy_m, 1);
    write_citation(json, snap, (uint32_t)position->source);
    gaz_json_end(json);
}

static void write_feature(struct gaz_json *json, struct api_worker *worker,
                          const char *base, uint32_t place)
{
    const struct gaz_snapshot *snap = worker->snap;
    const struct gaz_snap_place *row = &snap->places[place];
    struct gaz_position position = api_part_place_position(snap, place);
    gaz_json_object(json, NULL);
    gaz_json_string(json, "@id", uri_of(worker, base, place));
    gaz_json_string(json, "type", "Feature");
    gaz_json_object(json, "properties");
    gaz_json_string(json, "title", api_part_name(snap, place));
    gaz_json_array(json, "ccodes");
    gaz_json_string(json, NULL, "CN");
    gaz_json_end(json);
    gaz_json_optional(json, "code", gaz_snapshot_text(snap, row->code_text));
    gaz_json_string(json, "status", api_part_status(row->status));
    gaz_json_end(json);
    write_when(json, row->valid_from, row->valid_to);
    write_names(json, snap, row);
    write_types(json, row->category);
    write_geometry(json, snap, &position);
    write_relations(json, worker, base, place);
    gaz_json_array(json, "descriptions");
    write_description(json, gaz_snapshot_text(snap, row->meaning));
    write_description(json, gaz_snapshot_text(snap, row->origin));
    write_description(json, gaz_snapshot_text(snap, row->history));
    gaz_json_end(json);
    gaz_json_end(json);
}

static void open_collection(struct gaz_json *json, struct api_worker *worker,
                            const struct api_credits *credits,
                            struct gaz_buffer *out)
{
    gaz_json_open(json, out);
    gaz_json_object(json, NULL);
    gaz_json_string(json, "type", "FeatureCollection");
    gaz_json_string(json, "@context", CONTEXT);
    gaz_json_string(json, "license",
                    api_part_licence(&worker->ctx.arena, credits));
    gaz_json_string(json, "attribution",
                    api_part_attribution(&worker->ctx.arena, credits));
    gaz_json_array(json, "features");
}

static const char *base_of(const struct api_request *request)
{
    return request->base_url ? request->base_url : "";
}

gaz_status dialect_linked_all(struct api_worker *worker,
                              const struct api_request *request,
                              struct api_response *out)
{
    const struct gaz_snapshot *snap = worker->snap;
    int limit;
    int offset;
    gaz_status status = api_params_int(worker, request, "limit", 1, LIMIT_MAX,
                                       LIMIT_DEFAULT, &limit);
    if (status == GAZ_OK)
        status = api_params_int(worker, request, "offset", 0, OFFSET_MAX, 0,
                                &offset);
    if (status != GAZ_OK)
        return status;
    struct api_credits credits = {.licence_count = 0};
    uint32_t first = (uint32_t)offset < snap->place_count ? (uint32_t)offset
                                                          : snap->place_count;
    uint32_t left = snap->place_count - first;
    uint32_t end = first + (left < (uint32_t)limit ? left : (uint32_t)limit);
    for (uint32_t i = first; i < end; i++)
        api_part_credit_place(&credits, snap, i);
    struct gaz_json json;
    open_collection(&json, worker, &credits, out->body);
    for (uint32_t i = first; i < end && !out->body->full; i++)
        write_feature(&json, worker, base_of(request), i);
    gaz_json_end(&json);
    gaz_json_int(&json, "numberMatched", snap->place_count);
    gaz_json_int(&json, "numberReturned", end - first);
    gaz_json_end(&json);
    return GAZ_OK;
}

gaz_status dialect_linked_one(struct api_worker *worker,
                              const struct api_request *request,
                              struct api_response *out)
{
    const char *text = api_capture(request, "id");
    gaz_id id;
    uint32_t place = text && gaz_id_parse(text, &id)
                         ? gaz_snapshot_place(worker->snap, id)
                         : GAZ_NONE;
    if (place == GAZ_NONE)
        return api_problem_fail(worker, GAZ_NOT_FOUND, 404, "没有这个地名",
                                "no place '%.40s'", text ? text : "");
    struct api_credits credits = {.licence_count = 0};
    api_part_credit_place(&credits, worker->snap, place);
    struct gaz_json json;
    open_collection(&json, worker, &credits, out->body);
    write_feature(&json, worker, base_of(request), place);
    gaz_json_end(&json);
    gaz_json_end(&json);
    return GAZ_OK;
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "api/represent.h"

#include <string.h>

#include "gazetteer/search/verdict.h"

/* The member of GeocodeJSON that names a division of each level. */
static const char *const LEVEL_MEMBERS[] = {
    [GAZ_LEVEL_NONE] = NULL,       [GAZ_LEVEL_PROVINCE] = "state",
    [GAZ_LEVEL_CITY] = "city",     [GAZ_LEVEL_COUNTY] = "county",
    [GAZ_LEVEL_TOWN] = "district", [GAZ_LEVEL_VILLAGE] = "locality",
};

static const char *geocoding_type(gaz_match match)
{
    switch (match) {
    case GAZ_MATCH_PROVINCE:
        return "state";
    case GAZ_MATCH_CITY:
        return "city";
    case GAZ_MATCH_COUNTY:
        return "county";
    case GAZ_MATCH_TOWN:
        return "district";
    case GAZ_MATCH_ROAD:
        return "street";
    case GAZ_MATCH_INTERPOLATED:
    case GAZ_MATCH_EXACT:
        return "house";
    case GAZ_MATCH_SITE:
    case GAZ_MATCH_ESTATE:
    case GAZ_MATCH_VILLAGE:
    case GAZ_MATCH_NONE:
        break;
    }
    return "locality";
}

/* "Zhàpǔ Zhèn, Pínghú Shì, ...": the way round that English reads. */
static const char *roman_label(struct gaz_arena *arena,
                               const struct gaz_snapshot *snap, uint32_t place)
{
    const char *label = api_part_roman(snap, place);
    uint32_t at = snap->places[place].parent;
    for (int depth = 0; at != GAZ_NONE && depth < 16; depth++) {
        label =
            gaz_arena_printf(arena, "%s, %s", label, api_part_roman(snap, at));
        at = snap->places[at].parent;
    }
    return label;
}

static const char *address_number(const struct gaz_snapshot *snap,
                                  const struct gaz_answer *answer)
{
    return answer->address == GAZ_NONE
               ? ""
               : gaz_snapshot_text(snap,
                                   snap->addresses[answer->address].number);
}

static void write_admin(struct gaz_json *json, const struct gaz_snapshot *snap,
                        uint32_t place, api_lang lang)
{
    bool done[GAZ_LEVEL_VILLAGE + 1] = {false};
    uint32_t at = place;
    for (int depth = 0; at != GAZ_NONE && depth < 16; depth++) {
        uint8_t level = snap->places[at].level;
        if (level > GAZ_LEVEL_NONE && level <= GAZ_LEVEL_VILLAGE &&
            !done[level]) {
            done[level] = true;
            gaz_json_string(json, LEVEL_MEMBERS[level],
                            lang == API_LANG_EN ? api_part_roman(snap, at)
                                                : api_part_name(snap, at));
        }
        at = snap->places[at].parent;
    }
}

/* What every answer has of the block that GeocodeJSON 0.1.0 defines; returns
 * the name. */
static const char *write_geocoding_head(struct gaz_json *json,
                                        struct api_worker *worker,
                                        const struct gaz_answer *answer,
                                        api_lang lang)
{
    const struct gaz_snapshot *snap = worker->snap;
    bool is_english = lang == API_LANG_EN;
    const char *name = is_english ? api_part_roman(snap, answer->place)
                                  : api_part_name(snap, answer->place);
    const char *label = answer->label;
    if (is_english) {
        const char *number = address_number(snap, answer);
        label = roman_label(&worker->ctx.arena, snap, answer->place);
        if (number[0])
            label =
                gaz_arena_printf(&worker->ctx.arena, "%s %s", number, label);
    }
    gaz_json_string(json, "type", geocoding_type(answer->match));
    gaz_json_string(json, "label", label);
    gaz_json_string(json, "name", name);
    if (answer->position.method != GAZ_METHOD_NONE &&
        answer->position.accuracy_m > 0)
        gaz_json_number(json, "accuracy", answer->position.accuracy_m, 1);
    return name;
}

static void write_geocoding(struct gaz_json *json, struct api_worker *worker,
                            const struct gaz_answer *answer, api_lang lang)
{
    const struct gaz_snapshot *snap = worker->snap;
    const struct gaz_snap_place *place = &snap->places[answer->place];
    const char *number = address_number(snap, answer);
    gaz_json_object(json, "geocoding");
    const char *name = write_geocoding_head(json, worker, answer, lang);
    gaz_json_optional(json, "housenumber", number);
    if (number[0] && place->category / 100 == GAZ_CATEGORY_ROAD / 100)
        gaz_json_string(json, "street", name);
    write_admin(json, snap, answer->place, lang);
    gaz_json_end(json);
}

/* The id of a feature is the address's when the answer is one. */
static gaz_id answer_id(const struct gaz_snapshot *snap,
                        const struct gaz_answer *answer)
{
    return answer->address == GAZ_NONE ? snap->places[answer->place].id
                                       : snap->addresses[answer->address].id;
}

static void write_reasons(struct gaz_json *json,
                          const struct gaz_answer *answer)
{
    gaz_json_array(json, "reasons");
    for (int i = 0; i < answer->reason_count; i++) {
        gaz_json_object(json, NULL);
        gaz_json_string(json, "code", answer->reasons[i].code);
        gaz_json_string(json, "zh", answer->reasons[i].zh);
        gaz_json_string(json, "en", answer->reasons[i].en);
        gaz_json_end(json);
    }
    gaz_json_end(json);
}

/* What became of each element of the text; geocoding only. */
static void write_evidence(struct gaz_json *json,
                           const struct gaz_answer *answer)
{
    if (answer->evidence_count == 0)
        return;
    gaz_json_array(json, "elements");
    for (int i = 0; i < answer->evidence_count; i++) {
        const struct gaz_verdict_item *item = &answer->evidence[i];
        gaz_json_object(json, NULL);
        gaz_json_string(json, "text", item->text);
        gaz_json_string(json, "element", gaz_element_name(item->label));
        gaz_json_string(json, "verdict", gaz_verdict_name(item->verdict));
        if (item->found)
            gaz_json_string(json, "found", item->found);
        gaz_json_string(json, "zh", gaz_verdict_words(item->verdict, false));
        gaz_json_string(json, "en", gaz_verdict_words(item->verdict, true));
        gaz_json_end(json);
    }
    gaz_json_end(json);
}

static void write_matched_name(struct gaz_json *json,
                               const struct gaz_snapshot *snap, uint32_t name)
{
    if (name == GAZ_NONE) {
        gaz_json_null(json, "matched_name");
        return;
    }
    gaz_json_object(json, "matched_name");
    gaz_json_string(json, "text",
                    gaz_snapshot_text(snap, snap->names[name].text));
    gaz_json_string(json, "kind", api_part_name_kind(snap->names[name].kind));
    gaz_json_end(json);
}

static void write_identity(struct gaz_json *json,
                           const struct gaz_snapshot *snap,
                           const struct gaz_answer *answer)
{
    const struct gaz_snap_place *place = &snap->places[answer->place];
    api_part_id(json, "id", answer_id(snap, answer));
    api_part_id(json, "place_id", place->id);
    api_part_id(
        json, "address_id",
        answer->address == GAZ_NONE ? 0 : snap->addresses[answer->address].id);
    gaz_json_string(json, "name", api_part_name(snap, answer->place));
    gaz_json_string(json, "roman", api_part_roman(snap, answer->place));
    gaz_json_string(json, "label", answer->label);
    gaz_json_string(json, "match", gaz_match_name(answer->match));
    gaz_json_number(json, "confidence", answer->confidence, 3);
    gaz_json_int(json, "level", place->level);
    api_part_category(json, place->category);
    gaz_json_string(json, "code", gaz_snapshot_text(snap, place->code_text));
    gaz_json_string(json, "status", api_part_status(place->status));
}

void api_represent_feature(struct gaz_json *json, struct api_worker *worker,
                           const struct gaz_answer *answer, api_lang lang)
{
    const struct gaz_snapshot *snap = worker->snap;
    const struct gaz_snap_place *place = &snap->places[answer->place];
    gaz_json_object(json, NULL);
    gaz_json_string(json, "type", "Feature");
    api_part_id(json, "id", answer_id(snap, answer));
    api_part_point(json, &answer->position);
    gaz_json_object(json, "properties");
    write_geocoding(json, worker, answer, lang);
    write_identity(json, snap, answer);
    write_matched_name(json, snap, answer->name);
    api_part_division(json, snap, answer->place);
    api_part_position(json, snap, &answer->position);
    if (answer->distance_m >= 0)
        gaz_json_number(json, "distance_m", answer->distance_m, 1);
    gaz_json_bool(json, "heritage", (place->flags & GAZ_SNAP_HERITAGE) != 0);
    if (place->flags & GAZ_SNAP_SYNTHETIC)
        gaz_json_bool(json, "synthetic", true);
    if (place->flags & GAZ_SNAP_STATISTICAL)
        gaz_json_bool(json, "statistical", true);
    write_evidence(json, answer);
    write_reasons(json, answer);
    gaz_json_end(json);
    gaz_json_end(json);
}

/* A position without the sentences about it. */
static void write_brief_position(struct gaz_json *json,
                                 const struct gaz_position *position)
{
    if (position->method == GAZ_METHOD_NONE) {
        gaz_json_null(json, "position");
        return;
    }
    gaz_json_object(json, "position");
    gaz_json_string(json, "method", api_part_method(position->method));
    if (position->accuracy_m > 0)
        gaz_json_number(json, "accuracy_m", position->accuracy_m, 1);
    else
        gaz_json_null(json, "accuracy_m");
    gaz_json_end(json);
}

/* The name that matched, when it is another than the one that is shown. */
static void write_other_name(struct gaz_json *json,
                             const struct gaz_snapshot *snap,
                             const struct gaz_answer *answer)
{
    if (answer->name != GAZ_NONE &&
        answer->name != snap->places[answer->place].name_first)
        write_matched_name(json, snap, answer->name);
}

/* Members of the whole feature, fewer of them. */
static void write_brief(struct gaz_json *json, struct api_worker *worker,
                        const struct gaz_answer *answer, api_lang lang)
{
    const struct gaz_snapshot *snap = worker->snap;
    const struct gaz_snap_place *place = &snap->places[answer->place];
    gaz_json_object(json, NULL);
    gaz_json_string(json, "type", "Feature");
    api_part_id(json, "id", answer_id(snap, answer));
    api_part_point(json, &answer->position);
    gaz_json_object(json, "properties");
    gaz_json_object(json, "geocoding");
    (void)write_geocoding_head(json, worker, answer, lang);
    gaz_json_end(json);
    api_part_id(json, "id", answer_id(snap, answer));
    api_part_id(json, "place_id", place->id);
    if (answer->address != GAZ_NONE)
        api_part_id(json, "address_id", snap->addresses[answer->address].id);
    gaz_json_string(json, "name", api_part_name(snap, answer->place));
    gaz_json_string(json, "roman", api_part_roman(snap, answer->place));
    gaz_json_string(json, "label", answer->label);
    gaz_json_string(json, "match", gaz_match_name(answer->match));
    gaz_json_number(json, "confidence", answer->confidence, 3);
    api_part_category(json, place->category);
    if (place->status != GAZ_STATUS_CURRENT)
        gaz_json_string(json, "status", api_part_status(place->status));
    write_other_name(json, snap, answer);
    write_brief_position(json, &answer->position);
    if (answer->distance_m >= 0)
        gaz_json_number(json, "distance_m", answer->distance_m, 1);
    if (place->flags & GAZ_SNAP_SYNTHETIC)
        gaz_json_bool(json, "synthetic", true);
    gaz_json_end(json);
    gaz_json_end(json);
}

void api_represent_rewrites(struct gaz_json *json,
                            const struct gaz_rewrites *rewrites)
{
    gaz_json_array(json, "rewrites");
    for (int i = 0; i < rewrites->count; i++) {
        const struct gaz_rewrite *item = &rewrites->items[i];
        gaz_json_object(json, NULL);
        gaz_json_string(json, "kind", gaz_rewrite_name(item->kind));
        gaz_json_string(json, "from", item->from);
        gaz_json_string(json, "to", item->to);
        gaz_json_int(json, "offset", item->offset);
        gaz_json_end(json);
    }
    gaz_json_end(json);
    if (rewrites->dropped > 0)
        gaz_json_int(json, "rewrites_dropped", rewrites->dropped);
}

void api_represent_answers(struct api_worker *worker,
                           const struct gaz_answers *answers, const char *query,
                           api_lang lang, int whole, struct gaz_buffer *out)
{
    struct api_credits credits = {.licence_count = 0};
    for (int i = 0; i < answers->count; i++) {
        const struct gaz_answer *answer = &answers->items[i];
        api_part_credit_place(&credits, worker->snap, answer->place);
        if (answer->address != GAZ_NONE)
            api_part_credit(&credits, worker->snap,
                            worker->snap->addresses[answer->address].source);
    }
    struct gaz_json json;
    gaz_json_open(&json, out);
    gaz_json_object(&json, NULL);
    gaz_json_string(&json, "type", "FeatureCollection");
    api_part_geocoding(&json, &worker->ctx.arena, &credits, query);
    if (query)
        gaz_json_string(&json, "standardised",
                        answers->standardised ? answers->standardised : query);
    if (answers->rewrites)
        api_represent_rewrites(&json, answers->rewrites);
    gaz_json_array(&json, "features");
    for (int i = 0; i < answers->count; i++)
        if (i < whole)
            api_represent_feature(&json, worker, &answers->items[i], lang);
        else
            write_brief(&json, worker, &answers->items[i], lang);
    gaz_json_end(&json);
    gaz_json_end(&json);
}

/* =, +, -, @ at the start run as formulas when a clerk opens the file; a
 * negative number is none. */
static bool is_formula(const char *text)
{
    if (text[0] == '-')
        return strspn(text + 1, "0123456789.") != strlen(text + 1);
    return text[0] == '=' || text[0] == '+' || text[0] == '@';
}

void api_represent_csv_cell(struct gaz_buffer *out, const char *text,
                            bool is_ours)
{
    bool is_guarded = is_ours && is_formula(text);
    if (!is_guarded && !strpbrk(text, ",\"\r\n\t")) {
        gaz_buffer_text(out, text);
        return;
    }
    gaz_buffer_text(out, is_guarded ? "\"'" : "\"");
    for (const char *at = text; *at; at++) {
        if (*at == '"')
            gaz_buffer_char(out, '"');
        gaz_buffer_char(out, *at);
    }
    gaz_buffer_char(out, '"');
}

static void write_csv_row(const struct gaz_snapshot *snap,
                          const struct gaz_answer *answer,
                          struct gaz_buffer *out)
{
    const struct gaz_snap_place *place = &snap->places[answer->place];
    char id[GAZ_ID_TEXT_BYTES];
    gaz_buffer_text(out, gaz_id_write(answer_id(snap, answer), id));
    const char *const cells[] = {api_part_name(snap, answer->place),
                                 api_part_roman(snap, answer->place),
                                 answer->label};
    for (size_t i = 0; i < sizeof(cells) / sizeof(cells[0]); i++) {
        gaz_buffer_char(out, ',');
        api_represent_csv_cell(out, cells[i], true);
    }
    gaz_buffer_printf(out, ",%s,%.3f,", gaz_match_name(answer->match),
                      answer->confidence);
    if (answer->position.method != GAZ_METHOD_NONE)
        gaz_buffer_printf(out, "%.7f,%.7f,%.1f", answer->position.coord.lon,
                          answer->position.coord.lat,
                          answer->position.accuracy_m);
    else
        gaz_buffer_text(out, ",,");
    gaz_buffer_printf(out, ",%s,%u,", gaz_snapshot_text(snap, place->code_text),
                      place->category);
    if (answer->distance_m >= 0)
        gaz_buffer_printf(out, "%.1f", answer->distance_m);
    gaz_buffer_char(out, '\n');
}

void api_represent_csv(const struct api_worker *worker,
                       const struct gaz_answers *answers,
                       struct gaz_buffer *out)
{
    gaz_buffer_text(out, "id,name,roman,label,match,confidence,lon,lat,"
                         "accuracy_m,code,category,distance_m\n");
    for (int i = 0; i < answers->count; i++)
        write_csv_row(worker->snap, &answers->items[i], out);
}

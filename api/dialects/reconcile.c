/* SPDX-License-Identifier: Apache-2.0 */
/* reconcile.c - the Reconciliation Service API 0.2 of the W3C entity
 * reconciliation community group, as OpenRefine speaks it: manifest, batches
 * of queries, data extension.
 *
 * Entities are places; types are GB/T 18521 categories; properties are those of
 * the OGC collection `places`. A property in a query keeps the places where it
 * has that value; `county` and `in` (a division code) narrow the search itself.
 */
#include "api/dialects/reconcile.h"

#include <string.h>

#include "api/body.h"
#include "api/category.h"
#include "api/dialects/ask.h"
#include "api/dialects/handlers.h"
#include "api/ogc/collection.h"
#include "api/ogc/feature.h"
#include "api/problem.h"

enum {
    BATCH_MAX = 100,
    LIMIT_DEFAULT = 10,
    EXTEND_IDS_MAX = 1000,
    EXTEND_PROPERTIES_MAX = 40,
};

/* As sure as /v1/batch wants an answer to be (docs/api.md, Batch). */
static const double MATCH_CONFIDENCE = 0.8;

void dialect_reconcile_write_type(struct gaz_json *json, const char *key,
                                  uint32_t category)
{
    const struct api_category *name = api_category_find(category);
    char code[8] = "";
    for (uint32_t rest = name->code, i = 5; i > 0; i--, rest /= 10)
        code[i - 1] = (char)('0' + rest % 10);
    gaz_json_object(json, key);
    gaz_json_string(json, "id", code);
    gaz_json_string(json, "name", name->zh);
    gaz_json_end(json);
}

uint32_t dialect_reconcile_place(const struct gaz_snapshot *snap,
                                 const char *id)
{
    gaz_id number;
    return gaz_id_parse(id, &number) ? gaz_snapshot_place(snap, number)
                                     : GAZ_NONE;
}

/* ---- the manifest ---- */

static void write_service(struct gaz_json *json, const char *key,
                          const char *url, const char *path)
{
    gaz_json_object(json, key);
    gaz_json_string(json, "service_url", url);
    gaz_json_string(json, "service_path", path);
    gaz_json_end(json);
}

static void write_manifest(struct api_worker *worker, const char *base,
                           struct gaz_buffer *out)
{
    struct gaz_arena *arena = &worker->ctx.arena;
    const char *url = gaz_arena_printf(arena, "%s/reconcile", base);
    struct gaz_json json;
    gaz_json_open(&json, out);
    gaz_json_object(&json, NULL);
    gaz_json_array(&json, "versions");
    gaz_json_string(&json, NULL, "0.1");
    gaz_json_string(&json, NULL, "0.2");
    gaz_json_end(&json);
    gaz_json_string(&json, "name", "地名 Diming");
    gaz_json_string(&json, "identifierSpace",
                    gaz_arena_printf(arena, "%s/v1/places/", base));
    gaz_json_string(
        &json, "schemaSpace",
        gaz_arena_printf(arena, "%s/collections/places/queryables", base));
    gaz_json_string(&json, "documentation",
                    gaz_arena_printf(arena, "%s/docs", base));
    gaz_json_string(&json, "serviceVersion", DIMING_VERSION);
    gaz_json_int(&json, "batchSize", BATCH_MAX);
    gaz_json_object(&json, "view");
    gaz_json_string(
        &json, "url",
        gaz_arena_printf(arena, "%s/collections/places/items/{{id}}?f=html",
                         base));
    gaz_json_end(&json);
    gaz_json_array(&json, "defaultTypes");
    dialect_reconcile_write_type(&json, NULL, GAZ_CATEGORY_TOWN);
    dialect_reconcile_write_type(&json, NULL, GAZ_CATEGORY_VILLAGE);
    dialect_reconcile_write_type(&json, NULL, GAZ_CATEGORY_MEMORIAL);
    gaz_json_end(&json);
    gaz_json_object(&json, "preview");
    gaz_json_string(&json, "url",
                    gaz_arena_printf(arena, "%s/preview?id={{id}}", url));
    gaz_json_int(&json, "width", 420);
    gaz_json_int(&json, "height", 260);
    gaz_json_end(&json);
    gaz_json_object(&json, "suggest");
    write_service(&json, "entity", url, "/suggest/entity");
    write_service(&json, "property", url, "/suggest/property");
    write_service(&json, "type", url, "/suggest/type");
    gaz_json_end(&json);
    gaz_json_object(&json, "extend");
    write_service(&json, "propose_properties", url, "/properties");
    gaz_json_array(&json, "property_settings");
    gaz_json_end(&json);
    gaz_json_end(&json);
    gaz_json_end(&json);
}

/* ---- queries ---- */

/* The first text of "v": a text, an entity, or a list of either. */
static const char *value_text(const struct api_value *value)
{
    if (value && value->kind == API_VALUE_LIST)
        value = value->count > 0 ? &value->items[0] : NULL;
    if (value && value->kind == API_VALUE_OBJECT)
        return api_body_text(value, "name") ? api_body_text(value, "name")
                                            : api_body_text(value, "id");
    return value ? value->text : NULL;
}

static const struct api_value *property_of(const struct api_value *question,
                                           int index)
{
    const struct api_value *list = api_body_member(question, "properties");
    return list && list->kind == API_VALUE_LIST && index < list->count
               ? &list->items[index]
               : NULL;
}

static bool is_code(const char *text)
{
    size_t len = strlen(text);
    return strspn(text, "0123456789") == len &&
           (len == 2 || len == 4 || len == 6 || len == 9 || len == 12);
}

/* The division code that the properties name; NULL: none. */
static const char *code_of(const struct api_value *question)
{
    const struct api_value *property;
    for (int i = 0; (property = property_of(question, i)) != NULL; i++) {
        const char *pid = api_body_text(property, "pid");
        const char *text = value_text(api_body_member(property, "v"));
        if (pid && text && strcmp(pid, "in") == 0 && is_code(text))
            return text;
    }
    return NULL;
}

/* True when each property that the collection knows has the value asked. */
static bool has_properties(struct api_worker *worker,
                           const struct api_value *question, uint32_t place)
{
    struct ogc_row row = {.worker = worker, .index = place};
    const struct api_value *asked;
    for (int i = 0; (asked = property_of(question, i)) != NULL; i++) {
        const char *pid = api_body_text(asked, "pid");
        const char *text = value_text(api_body_member(asked, "v"));
        const struct ogc_property *property =
            pid ? ogc_collection_property(&OGC_PLACES, pid) : NULL;
        struct ogc_value value;
        if (!property || !text || !text[0])
            continue;
        property->get(&row, &value);
        if (strcmp(ogc_feature_text(worker, &value), text) != 0)
            return false;
    }
    return true;
}

/* "25000" stands for its class. */
static bool is_of_type(uint32_t category, const char *type)
{
    uint32_t code = 0;
    for (const char *at = type; *at; at++) {
        if (*at < '0' || *at > '9' || code > 99999)
            return false;
        code = code * 10 + (uint32_t)(*at - '0');
    }
    for (uint32_t unit = 1; unit <= 1000; unit *= 10)
        if (category / unit * unit == code && (unit == 1 || code % unit == 0))
            return true;
    return false;
}

static bool has_type(const struct api_value *question, uint32_t category)
{
    const struct api_value *type = api_body_member(question, "type");
    if (!type || type->kind == API_VALUE_NULL)
        return true;
    if (type->text)
        return !type->text[0] || is_of_type(category, type->text);
    for (int i = 0; i < type->count; i++)
        if (type->items[i].text && is_of_type(category, type->items[i].text))
            return true;
    return type->count == 0;
}

static int limit_of(const struct api_value *question)
{
    const struct api_value *limit = api_body_member(question, "limit");
    if (!limit || limit->kind != API_VALUE_NUMBER || limit->number < 1)
        return LIMIT_DEFAULT;
    return limit->number > GAZ_ANSWERS_MAX ? GAZ_ANSWERS_MAX
                                           : (int)limit->number;
}

static void write_candidate(struct gaz_json *json, struct api_worker *worker,
                            const struct gaz_answer *answer, bool is_match)
{
    const struct gaz_snapshot *snap = worker->snap;
    char id[GAZ_ID_TEXT_BYTES];
    gaz_json_object(json, NULL);
    gaz_json_string(json, "id",
                    gaz_id_write(snap->places[answer->place].id, id));
    gaz_json_string(json, "name", api_part_name(snap, answer->place));
    gaz_json_string(json, "description", answer->label);
    gaz_json_array(json, "type");
    dialect_reconcile_write_type(json, NULL,
                                 snap->places[answer->place].category);
    gaz_json_end(json);
    gaz_json_number(json, "score", answer->confidence * 100, 1);
    gaz_json_bool(json, "match", is_match);
    gaz_json_array(json, "features");
    gaz_json_object(json, NULL);
    gaz_json_string(json, "id", "confidence");
    gaz_json_number(json, "value", answer->confidence, 3);
    gaz_json_end(json);
    gaz_json_end(json);
    gaz_json_end(json);
}

/* A match is sure, and the only one that is. */
static void write_result(struct gaz_json *json, struct api_worker *worker,
                         const struct gaz_answer *kept, int count)
{
    int sure = 0;
    for (int i = 0; i < count; i++)
        sure += kept[i].confidence >= MATCH_CONFIDENCE ? 1 : 0;
    gaz_json_array(json, "result");
    for (int i = 0; i < count; i++)
        write_candidate(json, worker, &kept[i], i == 0 && sure == 1);
    gaz_json_end(json);
}

static gaz_status answer_one(struct gaz_json *json, struct api_worker *worker,
                             const struct api_value *question)
{
    const char *text = api_body_text(question, "query");
    struct gaz_answer *kept =
        gaz_arena_array(&worker->ctx.arena, GAZ_ANSWERS_MAX, sizeof(*kept));
    struct gaz_answers answers = {.count = 0};
    int count = 0;
    int limit = limit_of(question);
    gaz_status status = GAZ_OK;
    if (text && text[0])
        status = dialect_ask_forward(worker, "queries", text, code_of(question),
                                     GAZ_ANSWERS_MAX, &answers);
    if (status != GAZ_OK)
        return status;
    for (int i = 0; i < answers.count && count < limit; i++) {
        const struct gaz_answer *answer = &answers.items[i];
        bool is_wanted =
            has_type(question, worker->snap->places[answer->place].category) &&
            has_properties(worker, question, answer->place);
        bool is_new = true;
        for (int k = 0; k < count; k++)
            is_new = is_new && kept[k].place != answer->place;
        if (is_wanted && is_new)
            kept[count++] = *answer;
    }
    gaz_json_object(json, question->name);
    write_result(json, worker, kept, count);
    gaz_json_end(json);
    return GAZ_OK;
}

static gaz_status answer_batch(struct api_worker *worker, const char *text,
                               struct gaz_buffer *out)
{
    const struct api_value *batch;
    gaz_status status =
        api_body_value(worker, "queries", text, strlen(text), &batch);
    if (status != GAZ_OK)
        return status;
    if (batch->kind != API_VALUE_OBJECT || batch->count > BATCH_MAX)
        return api_problem_parameter(
            worker, "queries", "应为对象，至多 100 个查询",
            "queries must be an object of at most %d queries", (int)BATCH_MAX);
    struct gaz_json json;
    gaz_json_open(&json, out);
    gaz_json_object(&json, NULL);
    for (int i = 0; i < batch->count && status == GAZ_OK; i++)
        status = answer_one(&json, worker, &batch->items[i]);
    gaz_json_end(&json);
    return status;
}

/* ---- data extension ---- */

static void write_cell(struct gaz_json *json, struct api_worker *worker,
                       const struct ogc_property *property, uint32_t place)
{
    struct ogc_row row = {.worker = worker, .index = place};
    struct ogc_value value = {.is_null = true};
    if (place != GAZ_NONE)
        property->get(&row, &value);
    gaz_json_array(json, property->name);
    if (!value.is_null) {
        gaz_json_object(json, NULL);
        if (value.type == OGC_INTEGER)
            gaz_json_int(json, "int", (int64_t)value.number);
        else if (value.type == OGC_NUMBER)
            gaz_json_number(json, "float", value.number, 3);
        else
            gaz_json_string(json, "str", ogc_feature_text(worker, &value));
        gaz_json_end(json);
    }
    gaz_json_end(json);
}

/* The index-th property of "properties", which was checked; NULL past its end.
 */
static const struct ogc_property *asked_at(const struct api_value *asked,
                                           int index)
{
    const char *pid =
        index < asked->count ? api_body_text(&asked->items[index], "id") : NULL;
    return pid ? ogc_collection_property(&OGC_PLACES, pid) : NULL;
}

static gaz_status check_extension(struct api_worker *worker,
                                  const struct api_value *ids,
                                  const struct api_value *asked)
{
    if (!ids || ids->kind != API_VALUE_LIST || !asked ||
        asked->kind != API_VALUE_LIST || ids->count > EXTEND_IDS_MAX ||
        asked->count > EXTEND_PROPERTIES_MAX)
        return api_problem_parameter(
            worker, "extend", "应含 ids 与 properties 两个数组",
            "extend must hold ids (at most %d) and properties (at most %d)",
            (int)EXTEND_IDS_MAX, (int)EXTEND_PROPERTIES_MAX);
    for (int i = 0; i < asked->count; i++) {
        const char *pid = api_body_text(&asked->items[i], "id");
        if (!asked_at(asked, i))
            return api_problem_parameter(
                worker, "extend", "没有这个属性",
                "extend: no property '%.40s'; /reconcile/properties lists them",
                pid ? pid : "");
    }
    return GAZ_OK;
}

static void write_extension(struct gaz_json *json, struct api_worker *worker,
                            const struct api_value *ids,
                            const struct api_value *asked)
{
    const struct ogc_property *property;
    gaz_json_object(json, NULL);
    gaz_json_array(json, "meta");
    for (int i = 0; (property = asked_at(asked, i)) != NULL; i++) {
        gaz_json_object(json, NULL);
        gaz_json_string(json, "id", property->name);
        gaz_json_string(json, "name", property->zh);
        gaz_json_end(json);
    }
    gaz_json_end(json);
    gaz_json_object(json, "rows");
    for (int i = 0; i < ids->count; i++) {
        const char *id = ids->items[i].text ? ids->items[i].text : "";
        uint32_t place = dialect_reconcile_place(worker->snap, id);
        gaz_json_object(json, id);
        for (int k = 0; (property = asked_at(asked, k)) != NULL; k++)
            write_cell(json, worker, property, place);
        gaz_json_end(json);
    }
    gaz_json_end(json);
    gaz_json_end(json);
}

static gaz_status extend(struct api_worker *worker, const char *text,
                         struct gaz_buffer *out)
{
    const struct api_value *question;
    gaz_status status =
        api_body_value(worker, "extend", text, strlen(text), &question);
    if (status != GAZ_OK)
        return status;
    const struct api_value *ids = api_body_member(question, "ids");
    const struct api_value *asked = api_body_member(question, "properties");
    status = check_extension(worker, ids, asked);
    if (status != GAZ_OK)
        return status;
    struct gaz_json json;
    gaz_json_open(&json, out);
    write_extension(&json, worker, ids, asked);
    return GAZ_OK;
}

/* ---- the door ---- */

static gaz_status answer(struct api_worker *worker,
                         const struct api_request *request, const char *queries,
                         const char *extension, struct api_response *out)
{
    if (queries)
        return answer_batch(worker, queries, out->body);
    if (extension)
        return extend(worker, extension, out->body);
    write_manifest(worker, request->base_url ? request->base_url : "",
                   out->body);
    return GAZ_OK;
}

gaz_status dialect_reconcile_get(struct api_worker *worker,
                                 const struct api_request *request,
                                 struct api_response *out)
{
    return answer(worker, request, api_param(request, "queries"),
                  api_param(request, "extend"), out);
}

/* A field of a form, decoded; *is_bad: it is there and broken. */
static const char *form_field(struct gaz_arena *arena,
                              const struct api_request *request,
                              const char *name, bool *is_bad)
{
    size_t name_len = strlen(name);
    const char *at = request->body;
    const char *end = at + request->body_size;
    while (at < end) {
        const char *stop = memchr(at, '&', (size_t)(end - at));
        size_t len = (size_t)((stop ? stop : end) - at);
        if (len > name_len && at[name_len] == '=' &&
            memcmp(at, name, name_len) == 0) {
            const char *text = api_params_decode(arena, at + name_len + 1,
                                                 len - name_len - 1, true);
            *is_bad = *is_bad || !text;
            return text;
        }
        at += len + 1;
    }
    return NULL;
}

gaz_status dialect_reconcile_post(struct api_worker *worker,
                                  const struct api_request *request,
                                  struct api_response *out)
{
    struct gaz_arena *arena = &worker->ctx.arena;
    bool is_bad = false;
    if (request->body_size > API_BODY_JSON_MAX_BYTES)
        return api_problem_fail(worker, GAZ_LIMIT, 413, "请求体过大",
                                "a form of %zu bytes, at most %d",
                                request->body_size,
                                (int)API_BODY_JSON_MAX_BYTES);
    const char *queries = form_field(arena, request, "queries", &is_bad);
    const char *extension = form_field(arena, request, "extend", &is_bad);
    if (is_bad)
        return api_problem_fail(worker, GAZ_INVALID, 400, "表单编码有误",
                                "the form has a broken %%-escape or is not "
                                "UTF-8");
    return answer(worker, request, queries, extension, out);
}

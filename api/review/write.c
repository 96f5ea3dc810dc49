/* SPDX-License-Identifier: Apache-2.0 */
#include "api/review/write.h"

#include <string.h>

#include "api/part.h"
#include "api/review/sides.h"
#include "gazetteer/quality/rule.h"

const char *api_review_write_etag(struct gaz_arena *arena,
                                  const struct gaz_review *review)
{
    return gaz_arena_printf(arena, "\"%lld.%d\"", (long long)review->id,
                            review->version);
}

/* ---- the rule ---- */

static const struct gaz_rule *find_rule(const char *id)
{
    const struct gaz_rules *rules = gaz_rules_default();
    for (int i = 0; i < rules->count; i++)
        if (strcmp(rules->items[i].id, id) == 0)
            return &rules->items[i];
    return NULL;
}

static const struct {
    const char *rule;
    const char *zh;
    const char *en;
} MERGES[] = {
    {GAZ_REVIEW_PLACES, "可能是同一地", "perhaps one place"},
    {GAZ_REVIEW_ADDRESSES, "可能是同一地址", "perhaps one address"},
};

static void write_title(struct gaz_json *json, const char *id)
{
    const struct gaz_rule *rule = find_rule(id);
    const char *title = rule ? rule->title : NULL;
    const char *title_en = rule ? rule->title_en : NULL;
    for (size_t i = 0; i < sizeof(MERGES) / sizeof(MERGES[0]); i++)
        if (strcmp(MERGES[i].rule, id) == 0) {
            title = MERGES[i].zh;
            title_en = MERGES[i].en;
        }
    gaz_json_string(json, "rule", id);
    gaz_json_optional(json, "title", title);
    gaz_json_optional(json, "title_en", title_en);
}

/* ---- brief ---- */

static void write_record(struct gaz_json *json, const char *key,
                         struct gaz_store *store, gaz_id id)
{
    struct gaz_ctx quiet = {.failure = ""}; /* it may be gone: fine */
    struct api_record record;
    if (id == 0)
        return;
    gaz_json_object(json, key);
    api_part_id(json, "id", id);
    if (api_fields_load(&quiet, store, id, &record) == GAZ_OK) {
        gaz_json_string(json, "name", api_fields_name(&record));
        gaz_json_optional(json, "code",
                          record.is_address ? NULL : record.place.code);
        gaz_json_optional(json, "division", record.division);
    }
    gaz_json_end(json);
    gaz_ctx_close(&quiet);
}

static void write_fix(struct gaz_json *json, const struct gaz_review *r)
{
    if (!r->fix_field)
        return;
    gaz_json_object(json, "fix");
    gaz_json_string(json, "field", r->fix_field);
    gaz_json_string(json, "value", r->fix);
    gaz_json_bool(json, "automatic", r->fix_is_automatic);
    gaz_json_end(json);
}

static void write_members(struct gaz_json *json, struct gaz_ctx *ctx,
                          struct gaz_store *store, const struct gaz_review *r)
{
    gaz_json_int(json, "id", r->id);
    gaz_json_string(json, "kind", r->kind);
    write_title(json, r->rule);
    gaz_json_string(json, "severity", gaz_severity_name(r->severity));
    gaz_json_optional(json, "band", r->band);
    if (strcmp(r->kind, "merge") == 0)
        gaz_json_number(json, "score", r->score, 4);
    gaz_json_string(json, "status", r->state);
    gaz_json_int(json, "version", r->version);
    gaz_json_string(json, "etag", api_review_write_etag(&ctx->arena, r));
    gaz_json_string(json, "message", r->zh);
    gaz_json_optional(json, "message_en", r->en);
    gaz_json_optional(json, "subject", r->subject);
    gaz_json_optional(json, "code", r->code);
    write_record(json, "about", store, r->about);
    write_record(json, "other", store, r->other);
    write_fix(json, r);
    if (!r->who)
        return;
    gaz_json_object(json, "decided");
    gaz_json_string(json, "who", r->who);
    gaz_json_string(json, "at", r->at);
    gaz_json_optional(json, "why", r->why);
    gaz_json_end(json);
}

void api_review_write_brief(struct gaz_json *json, const char *key,
                            struct gaz_ctx *ctx, struct gaz_store *store,
                            const struct gaz_review *review)
{
    gaz_json_object(json, key);
    write_members(json, ctx, store, review);
    gaz_json_end(json);
}

/* ---- whole ---- */

static void write_sides(struct gaz_json *json, struct gaz_arena *arena,
                        const char *base, const struct api_sides *sides)
{
    gaz_json_array(json, "records");
    for (int i = 0; i < sides->count; i++) {
        const struct api_record *record = &sides->records[i];
        const struct gaz_position *p = api_fields_position(record);
        char id[GAZ_ID_TEXT_BYTES];
        gaz_json_object(json, NULL);
        (void)gaz_id_write(api_fields_id(record), id);
        gaz_json_string(json, "id", id);
        gaz_json_string(json, "type", record->is_address ? "address" : "place");
        gaz_json_string(json, "name", api_fields_name(record));
        gaz_json_string(json, "href",
                        gaz_arena_printf(arena, "%s/v1/places/%s", base, id));
        gaz_json_optional(json, "geo", api_sides_geo(arena, p));
        if (p->method != GAZ_METHOD_NONE)
            gaz_json_coord(json, "position", p->coord);
        gaz_json_end(json);
    }
    gaz_json_end(json);
    gaz_json_array(json, "fields");
    for (int i = 0; i < sides->row_count; i++) {
        const struct api_side_row *row = &sides->rows[i];
        gaz_json_object(json, NULL);
        gaz_json_string(json, "name", row->field->name);
        gaz_json_string(json, "zh", row->field->zh);
        gaz_json_string(json, "en", row->field->en);
        gaz_json_string(json, "a", row->texts[0]);
        if (sides->count == 2)
            gaz_json_string(json, "b", row->texts[1]);
        gaz_json_bool(json, "differs", row->differs);
        gaz_json_bool(json, "editable", row->field->is_editable);
        if (row->field->is_editable)
            gaz_json_string(json, "value", row->value);
        gaz_json_optional(json, "fix", row->fix);
        gaz_json_end(json);
    }
    gaz_json_end(json);
}

/* What may be decided now; whatever it needs besides is taken as given. */
static void write_actions(struct gaz_json *json, const struct gaz_review *r)
{
    static const char *const ACTIONS[] = {"accept", "reject", "waive", "edit",
                                          "undo"};
    struct gaz_ctx quiet = {.failure = ""};
    bool is_record = r->subject && r->about &&
                     (strcmp(r->subject, "place") == 0 ||
                      strcmp(r->subject, "address") == 0);
    gaz_json_array(json, "actions");
    for (size_t i = 0; i < sizeof(ACTIONS) / sizeof(ACTIONS[0]); i++) {
        const struct gaz_review_step step = {.id = r->id,
                                             .action = ACTIONS[i],
                                             .who = "x",
                                             .why = "x",
                                             .field = "x",
                                             .value = "x"};
        bool is_edit = strcmp(ACTIONS[i], "edit") == 0;
        if ((!is_edit || is_record) &&
            gaz_review_allow(&quiet, r, &step) == GAZ_REVIEW_ALLOWED)
            gaz_json_string(json, NULL, ACTIONS[i]);
        gaz_ctx_next(&quiet);
    }
    gaz_json_end(json);
    gaz_ctx_close(&quiet);
}

static gaz_status write_trail(struct gaz_json *json, struct gaz_ctx *ctx,
                              struct gaz_store *store, int64_t id)
{
    const struct gaz_review_event *events;
    int count = 0;
    gaz_status status = gaz_review_events(ctx, store, id, &events, &count);
    if (status != GAZ_OK)
        return status;
    gaz_json_array(json, "history");
    for (int i = 0; i < count; i++) {
        const struct gaz_review_event *e = &events[i];
        gaz_json_object(json, NULL);
        gaz_json_int(json, "version", e->version);
        gaz_json_string(json, "action", e->action);
        gaz_json_string(json, "who", e->who);
        gaz_json_optional(json, "key", e->key);
        gaz_json_string(json, "at", e->at);
        gaz_json_optional(json, "why", e->why);
        if (e->field) {
            gaz_json_string(json, "field", e->field);
            gaz_json_string(json, "value", e->value);
        }
        if (e->batch)
            gaz_json_int(json, "batch", e->batch);
        gaz_json_end(json);
    }
    gaz_json_end(json);
    return GAZ_OK;
}

static void write_clause(struct gaz_json *json, const char *id)
{
    const struct gaz_rule *rule = find_rule(id);
    if (!rule)
        return;
    gaz_json_string(json, "clause", rule->clause);
    gaz_json_string(json, "mark", rule->mark);
}

gaz_status api_review_write_item(struct gaz_ctx *ctx, struct gaz_store *store,
                                 const struct api_request *request,
                                 const struct gaz_review *review,
                                 struct gaz_buffer *out)
{
    struct gaz_json json;
    struct api_sides sides;
    const char *base = request->base_url ? request->base_url : "";
    gaz_status status = api_sides_load(ctx, store, review, &sides);
    if (status != GAZ_OK)
        return status;
    const char *map = api_sides_map(&ctx->arena, &sides);
    gaz_json_open(&json, out);
    gaz_json_object(&json, NULL);
    write_members(&json, ctx, store, review);
    write_clause(&json, review->rule);
    if (review->evidence)
        gaz_json_raw(&json, "evidence", review->evidence);
    write_sides(&json, &ctx->arena, base, &sides);
    if (map)
        gaz_json_string(&json, "map",
                        gaz_arena_printf(&ctx->arena, "%s%s", base, map));
    write_actions(&json, review);
    status = write_trail(&json, ctx, store, review->id);
    gaz_json_end(&json);
    return status;
}

/* ---- many ---- */

static const char *escape(struct gaz_arena *arena, const char *text)
{
    const char *out = "";
    for (; *text; text++)
        out = (*text >= '0' && *text <= '9') ||
                      (*text >= 'A' && *text <= 'Z') ||
                      (*text >= 'a' && *text <= 'z')
                  ? gaz_arena_printf(arena, "%s%c", out, *text)
                  : gaz_arena_printf(arena, "%s%%%02X", out,
                                     (unsigned)(unsigned char)*text);
    return out;
}

/* The request again, `after` the item (0: as it was). */
static const char *page_url(struct gaz_arena *arena,
                            const struct api_request *request, int64_t after)
{
    const char *url = gaz_arena_printf(
        arena, "%s%s", request->base_url ? request->base_url : "",
        request->path);
    const char *mark = "?";
    for (int i = 0; i < request->param_count; i++) {
        const struct api_param *param = &request->params[i];
        if (after && strcmp(param->name, "after") == 0)
            continue;
        url = gaz_arena_printf(arena, "%s%s%s=%s", url, mark, param->name,
                               escape(arena, param->value));
        mark = "&";
    }
    return after ? gaz_arena_printf(arena, "%s%safter=%lld", url, mark,
                                    (long long)after)
                 : url;
}

static void write_link(struct gaz_json *json, const char *rel, const char *href)
{
    gaz_json_object(json, NULL);
    gaz_json_string(json, "rel", rel);
    gaz_json_string(json, "href", href);
    gaz_json_string(json, "type", "application/json");
    gaz_json_end(json);
}

void api_review_write_list(struct gaz_ctx *ctx, struct gaz_store *store,
                           const struct api_request *request,
                           const struct gaz_reviews *reviews,
                           struct gaz_buffer *out)
{
    struct gaz_json json;
    gaz_json_open(&json, out);
    gaz_json_object(&json, NULL);
    gaz_json_int(&json, "total", reviews->total);
    gaz_json_int(&json, "count", reviews->count);
    gaz_json_array(&json, "items");
    for (int i = 0; i < reviews->count; i++)
        api_review_write_brief(&json, NULL, ctx, store, &reviews->items[i]);
    gaz_json_end(&json);
    gaz_json_array(&json, "links");
    write_link(&json, "self", page_url(&ctx->arena, request, 0));
    if (reviews->has_more)
        write_link(&json, "next",
                   page_url(&ctx->arena, request,
                            reviews->items[reviews->count - 1].id));
    gaz_json_end(&json);
    gaz_json_end(&json);
}

void api_review_write_shares(const struct gaz_review_share *shares, int count,
                             struct gaz_buffer *out)
{
    static const char *const STATES[] = {"open",   "accepted", "fixed",
                                         "waived", "rejected", "gone"};
    struct gaz_json json;
    gaz_json_open(&json, out);
    gaz_json_object(&json, NULL);
    gaz_json_object(&json, "status");
    for (size_t s = 0; s < sizeof(STATES) / sizeof(STATES[0]); s++) {
        int64_t sum = 0;
        for (int i = 0; i < count; i++)
            if (strcmp(shares[i].state, STATES[s]) == 0)
                sum += shares[i].count;
        gaz_json_int(&json, STATES[s], sum);
    }
    gaz_json_end(&json);
    gaz_json_array(&json, "rules");
    for (int i = 0; i < count;) {
        const char *rule = shares[i].rule;
        gaz_severity highest = shares[i].severity;
        gaz_json_object(&json, NULL);
        write_title(&json, rule);
        for (; i < count && strcmp(shares[i].rule, rule) == 0; i++) {
            gaz_json_int(&json, shares[i].state, shares[i].count);
            highest =
                shares[i].severity > highest ? shares[i].severity : highest;
        }
        gaz_json_string(&json, "severity", gaz_severity_name(highest));
        gaz_json_end(&json);
    }
    gaz_json_end(&json);
    gaz_json_end(&json);
}

void api_review_write_bulk(struct gaz_ctx *ctx, struct gaz_store *store,
                           const struct gaz_review_step *step, bool is_dry,
                           const struct api_review_bulk_result *result,
                           struct gaz_buffer *out)
{
    struct gaz_json json;
    int listed = result->count < API_REVIEW_LISTED_MAX ? result->count
                                                       : API_REVIEW_LISTED_MAX;
    gaz_json_open(&json, out);
    gaz_json_object(&json, NULL);
    gaz_json_string(&json, "action", step->action);
    gaz_json_bool(&json, "dry_run", is_dry);
    gaz_json_int(&json, "count", result->count - result->skipped_count);
    if (result->batch && !is_dry)
        gaz_json_int(&json, "batch", result->batch);
    gaz_json_array(&json, "skipped");
    for (int i = 0; i < result->skipped_count; i++) {
        gaz_json_object(&json, NULL);
        gaz_json_int(&json, "id", result->skipped[i].id);
        gaz_json_string(&json, "why", result->skipped[i].why);
        gaz_json_end(&json);
    }
    gaz_json_end(&json);
    gaz_json_int(&json, "listed", listed);
    gaz_json_array(&json, "items"); /* as they were before */
    for (int i = 0; i < listed; i++)
        api_review_write_brief(&json, NULL, ctx, store, &result->items[i]);
    gaz_json_end(&json);
    gaz_json_end(&json);
}

void api_review_write_counts(const struct api_review_counts *counts,
                             struct gaz_buffer *out)
{
    struct gaz_json json;
    gaz_json_open(&json, out);
    gaz_json_object(&json, NULL);
    gaz_json_int(&json, "done", counts->done);
    gaz_json_int(&json, "empty", counts->empty);
    gaz_json_int(&json, "refused", counts->refused);
    gaz_json_array(&json, "rows");
    for (int i = 0; i < counts->refused; i++) {
        gaz_json_object(&json, NULL);
        gaz_json_int(&json, "line", counts->rows[i].line);
        if (counts->rows[i].id)
            gaz_json_int(&json, "id", counts->rows[i].id);
        gaz_json_string(&json, "why", counts->rows[i].why);
        gaz_json_end(&json);
    }
    gaz_json_end(&json);
    gaz_json_end(&json);
}

/* SPDX-License-Identifier: Apache-2.0 */
/* cli_review_show.c - the queue, and one of it, in a terminal. */
#include "api/cli_review.h"

#include <stdio.h>
#include <string.h>

#include "api/review/sides.h"
#include "gazetteer/quality/rule.h"

const char *api_review_state_zh(const char *state)
{
    static const char *const STATES[][2] = {
        {"open", "待审"},     {"accepted", "已采纳"}, {"rejected", "已驳回"},
        {"waived", "已豁免"}, {"fixed", "已改正"},    {"gone", "已消失"}};
    for (size_t i = 0; i < sizeof(STATES) / sizeof(STATES[0]); i++)
        if (strcmp(STATES[i][0], state) == 0)
            return STATES[i][1];
    return state;
}

/* The name with its code; the id of what is gone. */
static const char *label_of(struct gaz_ctx *ctx, struct gaz_store *store,
                            gaz_id id)
{
    struct gaz_ctx quiet = {.failure = ""}; /* it may be gone: fine */
    struct api_record record;
    char text[GAZ_ID_TEXT_BYTES];
    const char *label = "";
    if (id == 0)
        return label;
    if (api_fields_load(&quiet, store, id, &record) == GAZ_OK) {
        const char *code = record.is_address ? NULL : record.place.code;
        label = gaz_arena_printf(&ctx->arena, "%s%s%s%s",
                                 api_fields_name(&record), code ? "（" : "",
                                 code ? code : "", code ? "）" : "");
    } else {
        label = gaz_arena_strdup(&ctx->arena, gaz_id_write(id, text));
    }
    gaz_ctx_close(&quiet);
    return label;
}

static bool is_merge(const struct gaz_review *r)
{
    return strcmp(r->kind, "merge") == 0;
}

void api_review_print_line(struct gaz_ctx *ctx, struct gaz_store *store,
                           const struct gaz_review *r)
{
    if (is_merge(r))
        (void)printf("%6lld %s %-7s %.3f %s = %s：%s\n", (long long)r->id,
                     api_review_state_zh(r->state), r->rule, r->score,
                     label_of(ctx, store, r->a), label_of(ctx, store, r->b),
                     r->zh);
    else
        (void)printf("%6lld %s %-7s %s  %s：%s%s%s\n", (long long)r->id,
                     api_review_state_zh(r->state), r->rule,
                     gaz_severity_zh(r->severity),
                     label_of(ctx, store, r->about), r->zh,
                     r->fix ? "；建议：" : "", r->fix ? r->fix : "");
}

gaz_status api_review_print_list(struct gaz_ctx *ctx, struct gaz_store *store,
                                 const struct gaz_review_filter *filter)
{
    struct gaz_reviews reviews;
    gaz_status status = gaz_review_list(ctx, store, filter, &reviews);
    if (status != GAZ_OK)
        return status;
    for (int i = 0; i < reviews.count; i++)
        api_review_print_line(ctx, store, &reviews.items[i]);
    if (reviews.count < reviews.total)
        (void)printf("共 %lld 条，列出 %d 条\n", (long long)reviews.total,
                     reviews.count);
    else
        (void)printf("共 %d 条\n", reviews.count);
    return GAZ_OK;
}

/* ---- one ---- */

/* Columns of East Asian text cannot be padded by bytes: one field a line, the
 * first record above the second, the fix below. */
static void print_row(const struct api_side_row *row, int records)
{
    (void)printf("%s %s", row->differs || row->fix ? "*" : " ", row->field->zh);
    if (row->field->is_editable)
        (void)printf(" (%s)", row->field->name);
    (void)printf("\n  甲  %s\n", row->texts[0]);
    if (records == 2 && row->differs)
        (void)printf("  乙  %s\n", row->texts[1]);
    if (row->fix)
        (void)printf("  改  %s\n", row->fix);
}

static gaz_status print_sides(struct gaz_ctx *ctx, struct gaz_store *store,
                              const struct gaz_review *r)
{
    struct api_sides sides;
    gaz_status status = api_sides_load(ctx, store, r, &sides);
    if (status != GAZ_OK)
        return status;
    for (int i = 0; i < sides.row_count; i++)
        print_row(&sides.rows[i], sides.count);
    for (int i = 0; i < sides.count; i++) {
        const char *geo =
            api_sides_geo(&ctx->arena, api_fields_position(&sides.records[i]));
        if (*geo)
            (void)printf("  地图 %s %s\n", i == 0 ? "甲" : "乙", geo);
    }
    return GAZ_OK;
}

static const char *action_zh(const char *action)
{
    static const char *const ACTIONS[][2] = {
        {"accept", "采纳"}, {"reject", "驳回"}, {"waive", "豁免"},
        {"edit", "改正"},   {"undo", "撤销"},   {"gone", "核查"},
        {"reopen", "核查"}};
    for (size_t i = 0; i < sizeof(ACTIONS) / sizeof(ACTIONS[0]); i++)
        if (strcmp(ACTIONS[i][0], action) == 0)
            return ACTIONS[i][1];
    return action;
}

static gaz_status print_trail(struct gaz_ctx *ctx, struct gaz_store *store,
                              int64_t id)
{
    const struct gaz_review_event *events;
    int count = 0;
    gaz_status status = gaz_review_events(ctx, store, id, &events, &count);
    for (int i = 0; status == GAZ_OK && i < count; i++) {
        const struct gaz_review_event *e = &events[i];
        (void)printf("%s %s %s", e->at, action_zh(e->action), e->who);
        if (e->field)
            (void)printf(" %s=%s", e->field, e->value ? e->value : "");
        if (e->batch)
            (void)printf(" 批次%lld", (long long)e->batch);
        (void)printf("：%s\n", e->why ? e->why : "");
    }
    return status;
}

gaz_status api_review_print_one(struct gaz_ctx *ctx, struct gaz_store *store,
                                int64_t id)
{
    struct gaz_review r;
    gaz_status status = gaz_review_get(ctx, store, id, &r);
    if (status != GAZ_OK)
        return status;
    (void)printf("%lld %s 第%d版 规则%s %s\n%s\n", (long long)r.id,
                 api_review_state_zh(r.state), r.version, r.rule,
                 gaz_severity_zh(r.severity), r.zh);
    if (r.en)
        (void)printf("%s\n", r.en);
    if (is_merge(&r))
        (void)printf("可能性 %.3f\n", r.score);
    if (r.evidence)
        (void)printf("证据 %s\n", r.evidence);
    status = print_sides(ctx, store, &r);
    return status == GAZ_OK ? print_trail(ctx, store, id) : status;
}

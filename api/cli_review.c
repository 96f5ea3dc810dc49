/* SPDX-License-Identifier: Apache-2.0 */
/* cli_review.c - review: what a clerk decides on, and decides. */
#include <string.h>

#include "api/cli.h"
#include "api/review.h"
#include "gazetteer/base/text.h"

enum { VERSION_MAX = 1000000 };

static const char *label_of(struct gaz_ctx *ctx, struct gaz_store *store,
                            gaz_id id)
{
    struct gaz_ctx quiet = {.failure = ""}; /* an address is no place: fine */
    struct gaz_place place;
    char text[GAZ_ID_TEXT_BYTES];
    const char *label = "";
    if (id == 0)
        return label;
    gaz_status status = gaz_store_place(&quiet, store, id, &place);
    label = status == GAZ_OK
                ? gaz_arena_printf(&ctx->arena, "%s%s%s%s", place.names[0].text,
                                   place.code ? "（" : "",
                                   place.code ? place.code : "",
                                   place.code ? "）" : "")
                : gaz_arena_strdup(&ctx->arena, gaz_id_write(id, text));
    gaz_ctx_close(&quiet);
    return label;
}

static bool is_merge(const struct gaz_review *r)
{
    return strcmp(r->kind, "merge") == 0;
}

static const char *state_zh(const struct gaz_review *r)
{
    if (strcmp(r->state, "open") == 0)
        return "待审";
    return strcmp(r->state, "accepted") == 0 ? "已采纳" : "已驳回";
}

static gaz_status list(struct api_cli *cli, struct gaz_store *store,
                       const char *state)
{
    struct gaz_ctx *ctx = &cli->worker.ctx;
    struct gaz_reviews reviews;
    gaz_status status = gaz_review_list(ctx, store, state, &reviews);
    if (status != GAZ_OK)
        return status;
    for (int i = 0; i < reviews.count; i++) {
        const struct gaz_review *r = &reviews.items[i];
        if (is_merge(r))
            (void)printf("%6lld %s %-7s %.3f %s = %s：%s\n", (long long)r->id,
                         state_zh(r), r->rule, r->score,
                         label_of(ctx, store, r->a), label_of(ctx, store, r->b),
                         r->zh);
        else
            (void)printf("%6lld %s %-7s       %s：%s\n", (long long)r->id,
                         state_zh(r), r->rule, label_of(ctx, store, r->about),
                         r->zh);
    }
    (void)printf("共 %d 条\n", reviews.count);
    return GAZ_OK;
}

/* ---- show ---- */

static const char *names_of(struct gaz_ctx *ctx, const struct gaz_place *place)
{
    const char *text = "";
    for (int i = 0; i < place->name_count; i++)
        text = gaz_arena_printf(&ctx->arena, "%s%s%s", text, i ? "、" : "",
                                place->names[i].text);
    return text;
}

/* Columns of East Asian text cannot be padded by bytes: one field a line, the
 * first place above the second. */
static void show_field(const char *field, const char *a, const char *b)
{
    a = a ? a : "";
    b = b ? b : "";
    (void)printf("%s %s\n  甲  %s\n", strcmp(a, b) == 0 ? " " : "*", field, a);
    if (strcmp(a, b) != 0)
        (void)printf("  乙  %s\n", b);
}

/* RFC 5870: a map program opens it. */
static const char *map_of(struct gaz_ctx *ctx, const struct gaz_place *place)
{
    const struct gaz_position *p = &place->position;
    if (p->method == GAZ_METHOD_NONE)
        return "";
    return gaz_arena_printf(&ctx->arena, "geo:%.6f,%.6f;u=%.0f", p->coord.lat,
                            p->coord.lon, p->accuracy_m);
}

static const char *span_of(struct gaz_ctx *ctx, const struct gaz_place *place)
{
    char from[GAZ_DATE_MAX_BYTES];
    char to[GAZ_DATE_MAX_BYTES];
    return gaz_arena_printf(&ctx->arena, "%s 至 %s",
                            gaz_date_write(place->valid_from, from),
                            gaz_date_write(place->valid_to, to));
}

static gaz_status show_places(struct gaz_ctx *ctx, struct gaz_store *store,
                              const struct gaz_review *r)
{
    struct gaz_place a;
    struct gaz_place b;
    char x[GAZ_ID_TEXT_BYTES];
    char y[GAZ_ID_TEXT_BYTES];
    gaz_status status = gaz_store_place(ctx, store, r->a, &a);
    if (status == GAZ_OK)
        status = gaz_store_place(ctx, store, r->b, &b);
    if (status != GAZ_OK)
        return status;
    show_field("标识", gaz_id_write(a.id, x), gaz_id_write(b.id, y));
    show_field("名称", names_of(ctx, &a), names_of(ctx, &b));
    show_field("代码", a.code, b.code);
    show_field("类别", gaz_arena_printf(&ctx->arena, "%05d", a.category),
               gaz_arena_printf(&ctx->arena, "%05d", b.category));
    show_field("上级", label_of(ctx, store, a.parent),
               label_of(ctx, store, b.parent));
    show_field("位置", map_of(ctx, &a), map_of(ctx, &b));
    show_field("地址", a.address, b.address);
    show_field("有效期", span_of(ctx, &a), span_of(ctx, &b));
    return GAZ_OK;
}

static gaz_status show(struct api_cli *cli, struct gaz_store *store, int64_t id)
{
    struct gaz_ctx *ctx = &cli->worker.ctx;
    struct gaz_review r;
    gaz_status status = gaz_review_get(ctx, store, id, &r);
    if (status != GAZ_OK)
        return status;
    (void)printf("%lld %s 第%d版 规则%s\n%s\n", (long long)r.id, state_zh(&r),
                 r.version, r.rule, r.zh);
    if (r.en)
        (void)printf("%s\n", r.en);
    if (is_merge(&r)) {
        (void)printf("可能性 %.3f\n", r.score);
        status = show_places(ctx, store, &r);
    } else {
        (void)printf("关于 %s\n", label_of(ctx, store, r.about));
    }
    if (r.who)
        (void)printf("%s %s：%s\n", r.at, r.who, r.why ? r.why : "");
    return status;
}

/* ---- decisions ---- */

static gaz_status decide(struct api_cli *cli, struct gaz_store *store,
                         const char *action, int64_t id)
{
    struct gaz_ctx *ctx = &cli->worker.ctx;
    struct gaz_review r;
    int version = 0;
    if (!api_cli_number(cli, "--version", 1, VERSION_MAX, 0, &version))
        return gaz_fail(ctx, GAZ_INVALID, "--version is no number");
    const struct gaz_review_step step = {.id = id,
                                         .version = version,
                                         .action = action,
                                         .who = api_cli_option(cli, "--who"),
                                         .why = api_cli_option(cli, "--why")};
    gaz_status status = api_review_decide(ctx, store, &step);
    if (status == GAZ_OK)
        status = gaz_review_get(ctx, store, id, &r);
    if (status == GAZ_OK)
        (void)printf("%lld %s 第%d版\n", (long long)id, state_zh(&r),
                     r.version);
    return status;
}

static api_exit take_file(struct api_cli *cli, struct gaz_store *store,
                          const char *path)
{
    struct api_review_counts counts;
    gaz_status status = api_review_import(
        &cli->worker.ctx, store, path, api_cli_option(cli, "--who"), &counts);
    if (status != GAZ_OK)
        return api_cli_fail(cli, status);
    (void)printf("办理 %d，未填 %d，退回 %d\n", counts.done, counts.empty,
                 counts.refused);
    return counts.refused ? API_EXIT_INPUT : API_EXIT_OK;
}

static const char *const STATES[] = {"open", "accepted", "rejected", "all"};

static bool take_state(const struct api_cli *cli, const char **out)
{
    const char *name = api_cli_option(cli, "--state");
    for (int i = 0; i < 4; i++)
        if (strcmp(name ? name : "open", STATES[i]) == 0) {
            *out = i == 3 ? NULL : STATES[i];
            return true;
        }
    (void)api_cli_misuse(cli, "--state is '%s'; open, accepted, rejected, all",
                         name);
    return false;
}

static const struct action {
    const char *name;
    bool takes; /* an id or a file */
    bool writes;
} ACTIONS[] = {{"list", false, false}, {"export", false, false},
               {"show", true, false},  {"accept", true, true},
               {"reject", true, true}, {"undo", true, true},
               {"import", true, true}};

static const struct action *action_of(const struct api_cli *cli)
{
    const char *name = cli->argument_count > 0 ? cli->arguments[0] : "";
    for (size_t i = 0; i < sizeof(ACTIONS) / sizeof(ACTIONS[0]); i++)
        if (strcmp(ACTIONS[i].name, name) == 0 &&
            cli->argument_count == (ACTIONS[i].takes ? 2 : 1))
            return &ACTIONS[i];
    return NULL;
}

static api_exit run(struct api_cli *cli, struct gaz_store *store,
                    const struct action *action, const char *state)
{
    struct gaz_ctx *ctx = &cli->worker.ctx;
    int64_t id = 0;
    gaz_status status;
    if (strcmp(action->name, "import") == 0)
        return take_file(cli, store, cli->arguments[1]);
    if (action->takes && !gaz_text_parse_int(cli->arguments[1], &id))
        return api_cli_misuse(cli, "'%s' is no number", cli->arguments[1]);
    if (strcmp(action->name, "list") == 0)
        status = list(cli, store, state);
    else if (strcmp(action->name, "export") == 0)
        status = api_review_export(ctx, store, state);
    else if (strcmp(action->name, "show") == 0)
        status = show(cli, store, id);
    else
        status = decide(cli, store, action->name, id);
    return status == GAZ_OK ? API_EXIT_OK : api_cli_fail(cli, status);
}

api_exit api_cli_review(struct api_cli *cli)
{
    const struct action *action = action_of(cli);
    struct gaz_store *store = NULL;
    const char *state;
    if (!action)
        return api_cli_misuse(cli, "list, export, show ID, accept ID, "
                                   "reject ID, undo ID or import FILE");
    if (!take_state(cli, &state))
        return API_EXIT_USAGE;
    gaz_status status = api_cli_open_store(
        cli, action->writes ? GAZ_STORE_WRITE : GAZ_STORE_READ, &store);
    if (status != GAZ_OK)
        return api_cli_fail(cli, status);
    api_exit code = run(cli, store, action, state);
    gaz_store_close(store);
    return code;
}

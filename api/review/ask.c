/* SPDX-License-Identifier: Apache-2.0 */
#include "api/review/ask.h"

#include <string.h>

#include "api/params.h"
#include "api/problem.h"
#include "api/review/desk.h"
#include "gazetteer/base/text.h"

static const char *const STATES[] = {"open",  "accepted", "rejected", "waived",
                                     "fixed", "gone",     "all",      NULL};
static const char *const KINDS[] = {"merge", "issue", "finding", NULL};
static const char *const BANDS[] = {"duplicate", "review", NULL};
static const char *const SEVERITIES[] = {"info", "warning", "error", NULL};

/* ---- words ---- */

static const char *join(struct gaz_arena *arena, const char *const *words)
{
    const char *text = "";
    for (; *words; words++)
        text =
            gaz_arena_printf(arena, "%s%s%s", text, *text ? ", " : "", *words);
    return text;
}

/* One of the words; -1: none is given. */
static gaz_status take_word(struct api_worker *worker, const char *name,
                            const char *text, const char *const *words,
                            int *out)
{
    *out = -1;
    if (!text)
        return GAZ_OK;
    for (int i = 0; words[i]; i++)
        if (strcmp(text, words[i]) == 0) {
            *out = i;
            return GAZ_OK;
        }
    return api_problem_parameter(worker, name, "不是规定的词",
                                 "%s is '%.40s'; it must be one of %s", name,
                                 text, join(&worker->ctx.arena, words));
}

static const char *word_at(const char *const *words, int index)
{
    return index < 0 ? NULL : words[index];
}

static gaz_status take_number(struct api_worker *worker, const char *name,
                              const char *text, int64_t *out)
{
    *out = 0;
    if (!text || (gaz_text_parse_int(text, out) && *out >= 0))
        return GAZ_OK;
    return api_problem_parameter(worker, name, "应为整数",
                                 "%s is '%.40s'; it must be a whole number",
                                 name, text);
}

/* What both a query and a body may tell. */
struct words {
    const char *status;
    const char *kind;
    const char *band;
    const char *severity;
    const char *rule;
    const char *in;
    const char *batch;
};

static gaz_status read_words(struct api_worker *worker,
                             const struct words *words,
                             struct gaz_review_filter *out)
{
    int state;
    int kind;
    int band;
    *out = (struct gaz_review_filter){.rule = words->rule,
                                      .in = words->in,
                                      .hides_closed =
                                          api_desk_hides_closed(worker)};
    gaz_status status =
        take_word(worker, "status", words->status, STATES, &state);
    if (status == GAZ_OK)
        status = take_word(worker, "kind", words->kind, KINDS, &kind);
    if (status == GAZ_OK)
        status = take_word(worker, "band", words->band, BANDS, &band);
    if (status == GAZ_OK)
        status = take_word(worker, "severity", words->severity, SEVERITIES,
                           &out->severity);
    if (status == GAZ_OK)
        status = take_number(worker, "batch", words->batch, &out->batch);
    if (status != GAZ_OK)
        return status;
    out->state = word_at(STATES, state);
    out->kind = word_at(KINDS, kind);
    out->band = word_at(BANDS, band);
    if (out->in && out->in[strspn(out->in, "0123456789")])
        return api_problem_parameter(worker, "in", "应为区划代码",
                                     "in is '%.40s', no division code",
                                     out->in);
    return GAZ_OK;
}

gaz_status api_review_ask_filter(struct api_worker *worker,
                                 const struct api_request *request,
                                 struct gaz_review_filter *out)
{
    const struct words words = {.status = api_param(request, "status"),
                                .kind = api_param(request, "kind"),
                                .band = api_param(request, "band"),
                                .severity = api_param(request, "severity"),
                                .rule = api_param(request, "rule"),
                                .in = api_param(request, "in"),
                                .batch = api_param(request, "batch")};
    gaz_status status = read_words(worker, &words, out);
    const char *about = api_param(request, "about");
    if (status == GAZ_OK && about && !gaz_id_parse(about, &out->about))
        status = api_problem_parameter(worker, "about", "编号应为 13 位字符",
                                       "'%.40s' is no id; ids have 13 "
                                       "characters",
                                       about);
    if (status == GAZ_OK)
        status = take_number(worker, "after", api_param(request, "after"),
                             &out->after);
    if (status == GAZ_OK)
        status =
            api_params_int(worker, request, "limit", 1, API_REVIEW_PAGE_MAX,
                           API_REVIEW_PAGE_DEFAULT, &out->limit);
    if (status != GAZ_OK)
        return status;
    if (!out->state)
        out->state = out->batch ? NULL : "open";
    else if (strcmp(out->state, "all") == 0)
        out->state = NULL;
    return GAZ_OK;
}

gaz_status api_review_ask_id(struct api_worker *worker,
                             const struct api_request *request, int64_t *out)
{
    const char *text = api_capture(request, "id");
    if (gaz_text_parse_int(text, out) && *out > 0)
        return GAZ_OK;
    return api_problem_fail(worker, GAZ_NOT_FOUND, 404, "没有这一条待审",
                            "no review '%.40s'", text);
}

/* ---- bodies ---- */

gaz_status api_review_ask_body(struct api_worker *worker,
                               const struct api_request *request,
                               const struct api_value **out)
{
    gaz_status status =
        api_body_value(worker, "body", request->body, request->body_size, out);
    if (status == GAZ_OK && (*out)->kind != API_VALUE_OBJECT)
        return api_problem_parameter(worker, "body", "应为一个 JSON 对象",
                                     "the body must be a JSON object");
    return status;
}

static bool is_among(const char *words, const char *word)
{
    size_t len = strlen(word);
    if (len == 0)
        return false; /* it stands everywhere, and past the end */
    for (const char *at = words; (at = strstr(at, word)) != NULL; at++)
        if ((at == words || at[-1] == ' ') &&
            (at[len] == ' ' || at[len] == '\0'))
            return true;
    return false;
}

/* A slip of the pen ("reason" for "why") would lose what was meant. */
static gaz_status refuse_unknown(struct api_worker *worker,
                                 const struct api_value *body,
                                 const char *known)
{
    for (int i = 0; i < body->count; i++) {
        const char *name = body->items[i].name;
        if (!is_among(known, name))
            return api_problem_parameter(
                worker, gaz_arena_strdup(&worker->ctx.arena, name),
                "没有这一项", "unknown member '%.40s'; there are: %s", name,
                known);
    }
    return GAZ_OK;
}

static gaz_status take_flag(struct api_worker *worker,
                            const struct api_value *body, const char *name,
                            bool *out)
{
    const struct api_value *value = api_body_member(body, name);
    *out = value && value->kind == API_VALUE_BOOLEAN && value->number != 0;
    if (!value || value->kind == API_VALUE_BOOLEAN)
        return GAZ_OK;
    return api_problem_parameter(worker, name, "应为 true 或 false",
                                 "%s must be true or false", name);
}

/* A text member: null and absent are NULL; another kind is refused. */
static gaz_status take_text(struct api_worker *worker,
                            const struct api_value *body, const char *name,
                            const char **out)
{
    const struct api_value *value = api_body_member(body, name);
    *out = value ? value->text : NULL;
    if (!value || value->kind == API_VALUE_TEXT ||
        value->kind == API_VALUE_NUMBER || value->kind == API_VALUE_NULL)
        return GAZ_OK;
    return api_problem_parameter(worker, name, "应为文字",
                                 "%s must be a string", name);
}

gaz_status api_review_ask_step(struct api_worker *worker,
                               const struct api_value *body, const char *others,
                               struct gaz_review_step *out)
{
    static const char *const ACTIONS[] = {"accept", "reject", "waive",
                                          "edit",   "undo",   NULL};
    const char *action = NULL;
    int index = -1;
    const char *known = gaz_arena_printf(&worker->ctx.arena,
                                         "action why field value insist%s%s",
                                         *others ? " " : "", others);
    *out = (struct gaz_review_step){.version = 0};
    gaz_status status = refuse_unknown(worker, body, known);
    if (status == GAZ_OK)
        status = take_text(worker, body, "action", &action);
    if (status == GAZ_OK)
        status =
            take_word(worker, "action", action ? action : "", ACTIONS, &index);
    if (status == GAZ_OK)
        status = take_text(worker, body, "why", &out->why);
    if (status == GAZ_OK)
        status = take_text(worker, body, "field", &out->field);
    if (status == GAZ_OK)
        status = take_text(worker, body, "value", &out->value);
    if (status == GAZ_OK)
        status = take_flag(worker, body, "insist", &out->insists);
    out->action = word_at(ACTIONS, index);
    return status;
}

gaz_status api_review_ask_bulk(struct api_worker *worker,
                               const struct api_value *body,
                               struct api_review_bulk *out, bool *is_dry)
{
    static const char OTHERS[] = "rule automatic batch status kind severity "
                                 "band in dry_run";
    struct words words;
    const struct {
        const char *name;
        const char **text;
    } texts[] = {{"status", &words.status}, {"kind", &words.kind},
                 {"band", &words.band},     {"severity", &words.severity},
                 {"rule", &words.rule},     {"in", &words.in},
                 {"batch", &words.batch}};
    bool is_automatic = false;
    gaz_status status = api_review_ask_step(worker, body, OTHERS, &out->step);
    for (size_t i = 0; status == GAZ_OK && i < sizeof(texts) / sizeof(texts[0]);
         i++)
        status = take_text(worker, body, texts[i].name, texts[i].text);
    if (status == GAZ_OK)
        status = take_flag(worker, body, "automatic", &is_automatic);
    if (status == GAZ_OK)
        status = take_flag(worker, body, "dry_run", is_dry);
    if (status == GAZ_OK)
        status = read_words(worker, &words, &out->filter);
    if (status != GAZ_OK)
        return status;
    out->filter.automatic = is_automatic;
    if (out->filter.state && strcmp(out->filter.state, "all") == 0)
        out->filter.state = NULL;
    if (!out->filter.rule && !is_automatic && !out->filter.batch)
        return api_problem_parameter(worker, "rule",
                                     "须指明规则、批次，或只办可自动改正的",
                                     "one of rule, batch or automatic is "
                                     "needed");
    return GAZ_OK;
}

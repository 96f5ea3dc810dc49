/* SPDX-License-Identifier: Apache-2.0 */
/* rule_parse.c - the files of data/rules/.
 *
 * Line by line: `rule ID` begins a rule, `key value` lines fill it, # begins a
 * comment. What is not understood is refused with file, line and column.
 */
#include <string.h>

#include "gazetteer/base/text.h"
#include "gazetteer/quality/rule.h"

enum { WORDS_FIRST = 64, ID_MAX_BYTES = 16 };

struct parse {
    struct gaz_ctx *ctx;
    const struct gaz_asset *files;
    struct gaz_rule *rules;
    int count;
    const char *file;
    int line;
    struct gaz_rule *rule; /* the one that is being filled; NULL: none yet */
    unsigned seen;         /* bits of KEYS */
};

/* A piece of a line, and where it stands. */
struct token {
    const char *text;
    int column; /* 1 is the first byte */
};

static gaz_status refuse(struct parse *p, int column, const char *why,
                         const char *what)
{
    return gaz_fail(p->ctx, GAZ_INVALID, "%s:%d:%d: %s%s%.80s%s", p->file,
                    p->line, column, why, what ? " '" : "", what ? what : "",
                    what ? "'" : "");
}

/* ---- values ---- */

typedef gaz_status take_function(struct parse *p, struct token value);

static gaz_status take_severity(struct parse *p, struct token value,
                                gaz_severity *out)
{
    for (int i = GAZ_SEVERITY_INFO; i <= GAZ_SEVERITY_ERROR; i++)
        if (strcmp(value.text, gaz_severity_name((gaz_severity)i)) == 0) {
            *out = (gaz_severity)i;
            return GAZ_OK;
        }
    return refuse(p, value.column, "must be info, warning or error, not",
                  value.text);
}

static gaz_status take_date(struct parse *p, struct token value, gaz_date *out)
{
    if (!gaz_date_parse(value.text, out))
        return refuse(p, value.column, "no date YYYY-MM-DD:", value.text);
    return GAZ_OK;
}

static gaz_status key_title(struct parse *p, struct token value)
{
    p->rule->title = value.text;
    return GAZ_OK;
}

static gaz_status key_title_en(struct parse *p, struct token value)
{
    p->rule->title_en = value.text;
    return GAZ_OK;
}

static gaz_status key_clause(struct parse *p, struct token value)
{
    p->rule->clause = value.text;
    return GAZ_OK;
}

static gaz_status key_mark(struct parse *p, struct token value)
{
    if (strlen(value.text) != 1 || !strchr("ABMD", value.text[0]))
        return refuse(p, value.column, "must be A, B, M or D, not", value.text);
    p->rule->mark = value.text;
    return GAZ_OK;
}

static gaz_status key_from(struct parse *p, struct token value)
{
    return take_date(p, value, &p->rule->from);
}

static gaz_status key_to(struct parse *p, struct token value)
{
    return take_date(p, value, &p->rule->to);
}

static gaz_status key_severity(struct parse *p, struct token value)
{
    return take_severity(p, value, &p->rule->severity);
}

static gaz_status key_doubt(struct parse *p, struct token value)
{
    return take_severity(p, value, &p->rule->doubt);
}

static gaz_status key_existing(struct parse *p, struct token value)
{
    return take_severity(p, value, &p->rule->existing);
}

static gaz_status key_scope(struct parse *p, struct token value)
{
    for (int i = 0; i < GAZ_SCOPES; i++)
        if (strcmp(value.text, gaz_scope_name((gaz_scope)i)) == 0) {
            p->rule->scope = (gaz_scope)i;
            return GAZ_OK;
        }
    return refuse(p, value.column, "no scope:", value.text);
}

static gaz_status key_category(struct parse *p, struct token value)
{
    if (strspn(value.text, "0123456789 ") != strlen(value.text))
        return refuse(p, value.column, "categories are digits, not",
                      value.text);
    p->rule->category = value.text;
    return GAZ_OK;
}

static gaz_status key_check(struct parse *p, struct token value)
{
    const struct gaz_predicate *found = gaz_predicate_find(value.text);
    if (!found)
        return refuse(p, value.column,
                      "no predicate of this name:", value.text);
    p->rule->check = found->name;
    p->rule->stage = found->stage;
    return GAZ_OK;
}

static gaz_status key_because(struct parse *p, struct token value)
{
    p->rule->because = value.text;
    return GAZ_OK;
}

static gaz_status key_final(struct parse *p, struct token value)
{
    if (strcmp(value.text, "yes") != 0)
        return refuse(p, value.column, "must be yes, not", value.text);
    p->rule->is_final = true;
    return GAZ_OK;
}

static gaz_status key_fix(struct parse *p, struct token value)
{
    static const char *const WORDS[] = {"none", "officer", "automatic"};
    for (int i = 0; i < 3; i++)
        if (strcmp(value.text, WORDS[i]) == 0) {
            p->rule->fix = (gaz_fix)i;
            return GAZ_OK;
        }
    return refuse(p, value.column, "must be none, officer or automatic, not",
                  value.text);
}

/* `param NAME VALUE`; its type is known when the predicate is. */
static gaz_status key_param(struct parse *p, struct token value)
{
    struct gaz_rule *rule = p->rule;
    size_t len = strcspn(value.text, " ");
    const char *rest = value.text + len;
    rest += strspn(rest, " ");
    const char *name = gaz_arena_strndup(&p->ctx->arena, value.text, len);
    if (!*rest)
        return refuse(p, value.column, "a parameter without a value:", name);
    if (rule->param_count == GAZ_RULE_PARAMS_MAX)
        return refuse(p, value.column, "one parameter too many:", name);
    for (int i = 0; i < rule->param_count; i++)
        if (strcmp(rule->params[i].name, name) == 0)
            return refuse(p, value.column, "given twice:", name);
    rule->params[rule->param_count++] =
        (struct gaz_rule_param){.name = name, .text = rest};
    return GAZ_OK;
}

enum key_need { OPTIONAL, NEEDED, OFTEN };

static const struct {
    const char *name;
    take_function *take;
    enum key_need need;
} KEYS[] = {
    {"title", key_title, NEEDED},         {"title-en", key_title_en, NEEDED},
    {"clause", key_clause, NEEDED},       {"mark", key_mark, NEEDED},
    {"from", key_from, OPTIONAL},         {"to", key_to, OPTIONAL},
    {"severity", key_severity, NEEDED},   {"doubt", key_doubt, OPTIONAL},
    {"existing", key_existing, OPTIONAL}, {"scope", key_scope, NEEDED},
    {"category", key_category, OPTIONAL}, {"check", key_check, NEEDED},
    {"because", key_because, OPTIONAL},   {"fix", key_fix, OPTIONAL},
    {"final", key_final, OPTIONAL},       {"param", key_param, OFTEN},
};

enum { KEY_COUNT = sizeof(KEYS) / sizeof(KEYS[0]) };

static int find_key(const char *name)
{
    for (int i = 0; i < KEY_COUNT; i++)
        if (strcmp(KEYS[i].name, name) == 0)
            return i;
    return -1;
}

static bool has(const struct parse *p, const char *key)
{
    return (p->seen & 1U << find_key(key)) != 0;
}

/* ---- lists ---- */

static void add_word(struct gaz_arena *arena, struct gaz_rule_list *list,
                     int *capacity, const char *word)
{
    if (list->count == *capacity) {
        int bigger = *capacity ? 2 * *capacity : WORDS_FIRST;
        list->words = gaz_arena_grow(arena, list->words,
                                     (size_t)*capacity * sizeof(*list->words),
                                     (size_t)bigger * sizeof(*list->words));
        *capacity = bigger;
    }
    const char **words = (const char **)list->words;
    words[list->count++] = word;
}

/* Lines without those that are blank or begin with #. */
static void read_list(struct gaz_arena *arena, const struct gaz_asset *asset,
                      struct gaz_rule_list *out)
{
    const char *at = (const char *)asset->data;
    const char *end = at + asset->size;
    int capacity = 0;
    while (at < end) {
        const char *newline = memchr(at, '\n', (size_t)(end - at));
        const char *stop = newline ? newline : end;
        size_t len = (size_t)(stop - at);
        while (len > 0 && (at[len - 1] == '\r' || at[len - 1] == ' '))
            len--;
        if (len > 0 && at[0] != '#')
            add_word(arena, out, &capacity, gaz_arena_strndup(arena, at, len));
        at = newline ? newline + 1 : end;
    }
}

static gaz_status find_list(struct parse *p, struct gaz_rule_param *item)
{
    const char *path =
        gaz_arena_printf(&p->ctx->arena, "lists/%s.txt", item->text);
    const struct gaz_asset *asset = gaz_asset_find(p->files, path);
    if (!asset)
        return refuse(p, 1, "no such list:", path);
    const char *text = (const char *)asset->data;
    if (!gaz_text_is_utf8(text, asset->size, NULL))
        return refuse(p, 1, "a list that is not UTF-8:", path);
    item->list.name = item->text;
    read_list(&p->ctx->arena, asset, &item->list);
    return GAZ_OK;
}

/* ---- the end of a rule ---- */

static gaz_status type_param(struct parse *p, struct gaz_rule_param *item,
                             const char *type)
{
    if (strncmp(type, "list", 4) == 0) {
        item->type = GAZ_PARAM_LIST;
        return find_list(p, item);
    }
    if (strncmp(type, "word", 4) == 0) {
        item->type = GAZ_PARAM_WORD;
        return GAZ_OK;
    }
    item->type = GAZ_PARAM_NUMBER;
    if (!gaz_text_parse_double(item->text, &item->number))
        return refuse(p, 1, "not a number:",
                      gaz_arena_printf(&p->ctx->arena, "param %s %s",
                                       item->name, item->text));
    return GAZ_OK;
}

/* The predicate's own list of parameters against the rule's. */
static gaz_status type_params(struct parse *p)
{
    struct gaz_rule *rule = p->rule;
    int known = 0;
    const char *at = gaz_predicate_find(rule->check)->params;
    while (*at) {
        size_t len = strcspn(at, ":");
        struct gaz_rule_param *item = NULL;
        for (int i = 0; i < rule->param_count; i++)
            if (strlen(rule->params[i].name) == len &&
                strncmp(rule->params[i].name, at, len) == 0)
                item = &rule->params[i];
        if (!item)
            return refuse(p, 1, "the rule before this line lacks the parameter",
                          gaz_arena_strndup(&p->ctx->arena, at, len));
        gaz_status status = type_param(p, item, at + len + 1);
        if (status != GAZ_OK)
            return status;
        known++;
        at += strcspn(at, " ");
        at += strspn(at, " ");
    }
    if (known != rule->param_count)
        return refuse(p, 1, "a parameter that this predicate does not know:",
                      rule->check);
    return GAZ_OK;
}

static bool overlaps(const struct gaz_rule *a, const struct gaz_rule *b)
{
    return (a->to == GAZ_DATE_OPEN || b->from < a->to) &&
           (b->to == GAZ_DATE_OPEN || a->from < b->to);
}

static gaz_status check_dates(struct parse *p)
{
    const struct gaz_rule *rule = p->rule;
    if (rule->from != GAZ_DATE_OPEN && rule->to != GAZ_DATE_OPEN &&
        rule->from >= rule->to)
        return refuse(p, 1, "a rule that ends before it begins:", rule->id);
    for (const struct gaz_rule *other = p->rules; other < rule; other++)
        if (strcmp(other->id, rule->id) == 0 && overlaps(other, rule))
            return refuse(
                p, 1, "two rules of this id are in force at once:", rule->id);
    return GAZ_OK;
}

static gaz_status finish_rule(struct parse *p)
{
    struct gaz_rule *rule = p->rule;
    if (!rule)
        return GAZ_OK;
    for (int i = 0; i < KEY_COUNT; i++)
        if (KEYS[i].need == NEEDED && !(p->seen & 1U << i))
            return refuse(
                p, 1,
                gaz_arena_printf(&p->ctx->arena, "rule %s lacks", rule->id),
                KEYS[i].name);
    if ((rule->stage == GAZ_STAGE_NONE) != (rule->because != NULL))
        return refuse(p, 1, "because goes with check none, in rule", rule->id);
    if (!has(p, "doubt"))
        rule->doubt = rule->severity;
    if (!has(p, "existing"))
        rule->existing = GAZ_SEVERITY_ERROR;
    gaz_status status = check_dates(p);
    return status == GAZ_OK ? type_params(p) : status;
}

/* ---- lines ---- */

static gaz_status begin_rule(struct parse *p, struct token id)
{
    gaz_status status = finish_rule(p);
    if (status != GAZ_OK)
        return status;
    if (strlen(id.text) > ID_MAX_BYTES || strchr(id.text, ' ') || !*id.text)
        return refuse(p, id.column, "no id of a rule:", id.text);
    if (p->count == GAZ_RULES_MAX)
        return gaz_fail(p->ctx, GAZ_LIMIT, "%s:%d: more than %d rules", p->file,
                        p->line, GAZ_RULES_MAX);
    p->rule = &p->rules[p->count++];
    *p->rule =
        (struct gaz_rule){.id = id.text, .file = p->file, .line = p->line};
    p->seen = 0;
    return GAZ_OK;
}

static gaz_status take_line(struct parse *p, const char *line)
{
    size_t indent = strspn(line, " \t");
    const char *at = line + indent;
    if (!*at || *at == '#')
        return GAZ_OK;
    size_t len = strcspn(at, " \t");
    const char *name = gaz_arena_strndup(&p->ctx->arena, at, len);
    const char *rest = at + len;
    rest += strspn(rest, " \t");
    struct token value = {rest, (int)(rest - line) + 1};
    if (strcmp(name, "rule") == 0)
        return begin_rule(p, value);
    int key = find_key(name);
    int column = (int)indent + 1;
    if (key < 0)
        return refuse(p, column, "no key of a rule:", name);
    if (!p->rule)
        return refuse(p, column, "no rule begins before", name);
    if (KEYS[key].need != OFTEN && p->seen & 1U << key)
        return refuse(p, column, "given twice:", name);
    if (!*rest)
        return refuse(p, value.column, "without a value:", name);
    p->seen |= 1U << key;
    return KEYS[key].take(p, value);
}

static gaz_status parse_file(struct parse *p, const struct gaz_asset *asset)
{
    const char *at = (const char *)asset->data;
    const char *end = at + asset->size;
    size_t bad_at = 0;
    p->file = asset->path;
    p->line = 0;
    p->rule = NULL;
    if (asset->size > GAZ_RULE_FILE_MAX_BYTES)
        return gaz_fail(p->ctx, GAZ_LIMIT, "%s: larger than %d bytes", p->file,
                        GAZ_RULE_FILE_MAX_BYTES);
    if (!gaz_text_is_utf8(at, asset->size, &bad_at))
        return gaz_fail(p->ctx, GAZ_INVALID, "%s: not UTF-8 at byte %zu",
                        p->file, bad_at);
    while (at < end) {
        const char *newline = memchr(at, '\n', (size_t)(end - at));
        const char *stop = newline ? newline : end;
        size_t len = (size_t)(stop - at);
        p->line++;
        if (len > GAZ_RULE_LINE_MAX_BYTES || memchr(at, '\0', len))
            return refuse(p, 1, "a line that is too long or has a NUL", NULL);
        while (len > 0 && strchr(" \t\r", at[len - 1]))
            len--;
        gaz_status status =
            take_line(p, gaz_arena_strndup(&p->ctx->arena, at, len));
        if (status != GAZ_OK)
            return status;
        at = newline ? newline + 1 : end;
    }
    return finish_rule(p);
}

gaz_status gaz_rules_parse(struct gaz_ctx *ctx, const struct gaz_asset *files,
                           struct gaz_rules *out)
{
    struct parse p = {.ctx = ctx, .files = files};
    p.rules = gaz_arena_array(&ctx->arena, GAZ_RULES_MAX, sizeof(*p.rules));
    for (const struct gaz_asset *file = files; file->path; file++) {
        if (!gaz_text_ends_with(file->path, ".rules"))
            continue;
        gaz_status status = parse_file(&p, file);
        if (status != GAZ_OK)
            return status;
    }
    if (p.count == 0)
        return gaz_fail(ctx, GAZ_INVALID, "no rule in any .rules file");
    out->items = p.rules;
    out->count = p.count;
    return GAZ_OK;
}

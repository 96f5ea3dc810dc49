/* SPDX-License-Identifier: Apache-2.0 */
#include "gazetteer/quality/rule.h"

#include <assert.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>

bool gaz_rule_is_in_force(const struct gaz_rule *rule, gaz_date day)
{
    return gaz_date_in(day, rule->from, rule->to);
}

bool gaz_rule_takes(const struct gaz_rule *rule, int category)
{
    if (!rule->category)
        return true;
    char code[16];
    (void)snprintf(code, sizeof(code), "%d", category);
    for (const char *at = rule->category; *at;) {
        size_t len = strcspn(at, " ");
        if (len > 0 && strncmp(code, at, len) == 0)
            return true;
        at += len;
        at += strspn(at, " ");
    }
    return false;
}

gaz_severity gaz_rule_grade(const struct gaz_rule *rule, bool is_sure,
                            bool is_stored)
{
    gaz_severity grade = is_sure ? rule->severity : rule->doubt;
    return is_stored && grade > rule->existing ? rule->existing : grade;
}

static const struct gaz_rule_param *param(const struct gaz_rule *rule,
                                          const char *name)
{
    for (int i = 0; i < rule->param_count; i++)
        if (strcmp(rule->params[i].name, name) == 0)
            return &rule->params[i];
    return NULL;
}

double gaz_rule_number(const struct gaz_rule *rule, const char *name)
{
    const struct gaz_rule_param *found = param(rule, name);
    assert(found && found->type == GAZ_PARAM_NUMBER);
    return found ? found->number : 0;
}

const char *gaz_rule_word(const struct gaz_rule *rule, const char *name)
{
    const struct gaz_rule_param *found = param(rule, name);
    assert(found && found->type == GAZ_PARAM_WORD);
    return found ? found->text : "";
}

const struct gaz_rule_list *gaz_rule_list(const struct gaz_rule *rule,
                                          const char *name)
{
    static const struct gaz_rule_list EMPTY = {"", NULL, 0};
    const struct gaz_rule_param *found = param(rule, name);
    assert(found && found->type == GAZ_PARAM_LIST);
    return found ? &found->list : &EMPTY;
}

bool gaz_rule_list_has(const struct gaz_rule_list *list, const char *word)
{
    for (int i = 0; i < list->count; i++)
        if (strcmp(list->words[i], word) == 0)
            return true;
    return false;
}

const char *gaz_rule_list_within(const struct gaz_rule_list *list,
                                 const char *text)
{
    for (int i = 0; i < list->count; i++)
        if (strstr(text, list->words[i]))
            return list->words[i];
    return NULL;
}

const char *gaz_severity_name(gaz_severity severity)
{
    static const char *const NAMES[] = {"info", "warning", "error"};
    return NAMES[severity];
}

const char *gaz_severity_zh(gaz_severity severity)
{
    static const char *const NAMES[] = {"提示", "警告", "错误"};
    return NAMES[severity];
}

const char *gaz_scope_name(gaz_scope scope)
{
    static const char *const NAMES[] = {"any",    "place", "address", "claim",
                                        "change", "road",  "city"};
    return NAMES[scope];
}

/* ---- the set of the binary ---- */

static pthread_once_t default_once = PTHREAD_ONCE_INIT;
static struct gaz_ctx default_ctx; /* lives as long as the process */
static struct gaz_rules default_rules;

static void make_default(void)
{
    if (default_rules.count > 0)
        return; /* chosen */
    gaz_status status =
        gaz_rules_parse(&default_ctx, GAZ_RULE_ASSETS, &default_rules);
    /* The tests read the same bytes: a broken set never leaves the house. */
    assert(status == GAZ_OK);
    (void)status;
}

gaz_status gaz_rules_choose(struct gaz_ctx *ctx, const char *folder,
                            const char *lists)
{
    gaz_status status =
        gaz_rules_load(&default_ctx, folder, lists, &default_rules);
    return status == GAZ_OK
               ? status
               : gaz_fail(ctx, status, "%s", gaz_ctx_failure(&default_ctx));
}

const struct gaz_rules *gaz_rules_default(void)
{
    (void)pthread_once(&default_once, make_default);
    return &default_rules;
}

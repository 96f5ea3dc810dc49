/* fuzz_rules.c - any bytes as a file of rules: what is taken is whole, and what
 * is refused says where. */
#include <assert.h>
#include <stdint.h>
#include <string.h>

#include "gazetteer/quality/rule.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void look(const struct gaz_rules *rules)
{
    assert(rules->count > 0 && rules->count <= GAZ_RULES_MAX);
    for (int i = 0; i < rules->count; i++) {
        const struct gaz_rule *rule = &rules->items[i];
        assert(rule->id && rule->title && rule->title_en && rule->clause);
        assert(rule->mark && rule->check);
        assert((rule->stage == GAZ_STAGE_NONE) == (rule->because != NULL));
        for (int k = 0; k < rule->param_count; k++)
            assert(rule->params[k].name && rule->params[k].text);
        (void)gaz_rule_takes(rule, 21610);
        assert(gaz_rule_grade(rule, true, true) <= rule->existing);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct gaz_ctx ctx = {.failure = ""};
    struct gaz_rules rules;
    /* assets end with a NUL that is not counted */
    const char *copy = gaz_arena_strndup(&ctx.arena, (const char *)data, size);
    const struct gaz_asset files[] = {
        {"fuzz.rules", (const unsigned char *)copy, size},
        {"lists/list.txt", (const unsigned char *)"a\n# b\nc d\n", 10},
        {NULL, NULL, 0},
    };
    if (gaz_rules_parse(&ctx, files, &rules) == GAZ_OK)
        look(&rules);
    else
        assert(ctx.failure[0] != '\0');
    gaz_ctx_close(&ctx);
    return 0;
}

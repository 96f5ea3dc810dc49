/* SPDX-License-Identifier: Apache-2.0 */
#include "api/check.h"

#include <string.h>

#include "gazetteer/base/text.h"
#include "gazetteer/standardise/romanise.h"

static const struct {
    const char *word;
    int category;
    gaz_level level;
} CATEGORIES[] = {
    {"road", GAZ_CATEGORY_ROAD, GAZ_LEVEL_NONE},
    {"village", GAZ_CATEGORY_VILLAGE, GAZ_LEVEL_VILLAGE},
    {"community", GAZ_CATEGORY_COMMUNITY, GAZ_LEVEL_VILLAGE},
    {"hamlet", GAZ_CATEGORY_HAMLET, GAZ_LEVEL_NONE},
    {"estate", GAZ_CATEGORY_ESTATE, GAZ_LEVEL_NONE},
    {"building", 26100, GAZ_LEVEL_NONE},
    {"town", GAZ_CATEGORY_TOWN, GAZ_LEVEL_TOWN},
};

enum { KNOWN = sizeof(CATEGORIES) / sizeof(CATEGORIES[0]) };

static gaz_status find_category(struct gaz_ctx *ctx, const char *text,
                                struct gaz_place *place)
{
    int64_t code = 0;
    for (int i = 0; i < KNOWN; i++)
        if (strcmp(CATEGORIES[i].word, text) == 0) {
            place->category = CATEGORIES[i].category;
            place->level = CATEGORIES[i].level;
            return GAZ_OK;
        }
    if (!gaz_text_parse_int(text, &code) || code < 10000 || code > 29999)
        return gaz_fail(ctx, GAZ_INVALID,
                        "category '%.40s' is neither five digits of GB/T "
                        "18521 nor road, village, community, hamlet, estate, "
                        "building, town",
                        text);
    place->category = (int)code;
    for (int i = 0; i < KNOWN; i++)
        if (CATEGORIES[i].category == place->category)
            place->level = CATEGORIES[i].level;
    return GAZ_OK;
}

static gaz_status find_parent(struct gaz_ctx *ctx,
                              const struct gaz_corpus *corpus, const char *code,
                              struct gaz_place *place)
{
    const struct gaz_corpus_entry *first;
    int count = gaz_corpus_find_text(corpus, GAZ_BY_CODE, code, &first);
    for (int i = 0; i < count; i++) {
        const struct gaz_place *found = &corpus->places[first[i].index].place;
        if (strcmp(found->code, code) == 0 && gaz_corpus_is_live(found)) {
            place->parent = found->id;
            return GAZ_OK;
        }
    }
    return gaz_fail(ctx, GAZ_INVALID, "no division '%.40s'", code);
}

/* "floors=8;applicant=甲某公司": what is known of the plan. */
static gaz_status take_attributes(struct gaz_ctx *ctx, const char *text,
                                  struct gaz_audit *audit)
{
    struct gaz_attribute *items =
        gaz_arena_array(&ctx->arena, GAZ_ATTRIBUTES, sizeof(*items));
    int count = 0;
    while (text && *text && count < GAZ_ATTRIBUTES) {
        const size_t len = strcspn(text, ";");
        const char *pair = gaz_arena_strndup(&ctx->arena, text, len);
        const char *equals = strchr(pair, '=');
        const char *name = gaz_arena_strndup(
            &ctx->arena, pair, equals ? (size_t)(equals - pair) : len);
        struct gaz_attribute *item = &items[count++];
        if (!equals || !equals[1] || !gaz_attribute_find(name, &item->kind) ||
            !gaz_attribute_is_of_place(item->kind))
            return gaz_fail(ctx, GAZ_INVALID,
                            "'%.60s' is no attribute of a place with a value",
                            pair);
        item->value = equals + 1;
        text += len + (text[len] ? 1 : 0);
    }
    audit->proposed = items;
    audit->proposed_count = count;
    return GAZ_OK;
}

gaz_status api_check_name(struct gaz_ctx *ctx, struct gaz_corpus *corpus,
                          struct gaz_audit *audit,
                          const struct api_check_question *question)
{
    struct gaz_name name = {.text = question->name};
    struct gaz_place place = {
        .status = GAZ_STATUS_PLANNED, .names = &name, .name_count = 1};
    struct gaz_roman roman;
    int index = 0;
    if (!*question->name || strlen(question->name) > GAZ_ADDRESS_MAX_BYTES)
        return gaz_fail(ctx, GAZ_INVALID, "a name of 1 to %d bytes is needed",
                        GAZ_ADDRESS_MAX_BYTES);
    gaz_status status = find_category(ctx, question->category, &place);
    if (status == GAZ_OK)
        status = find_parent(ctx, corpus, question->in, &place);
    if (status == GAZ_OK)
        status = take_attributes(ctx, question->with, audit);
    if (status == GAZ_OK)
        status = gaz_romanise(ctx, corpus->unicode, question->name,
                              place.category, &roman);
    if (status != GAZ_OK)
        return status;
    name.roman = roman.text;
    status = gaz_corpus_propose(ctx, corpus, &place, &index);
    if (status != GAZ_OK)
        return status;
    audit->options.in = NULL; /* what clashes may lie elsewhere */
    gaz_audit_place(audit, index);
    return GAZ_OK;
}

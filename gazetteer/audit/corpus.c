/* SPDX-License-Identifier: Apache-2.0 */
#include "gazetteer/audit/corpus.h"

#include <string.h>

#include "gazetteer/standardise/unicode.h"

enum { FIRST_CAPACITY = 64 };

gaz_status gaz_corpus_open(struct gaz_ctx *ctx, const struct gaz_rules *rules,
                           struct gaz_corpus **out)
{
    struct gaz_corpus *corpus = gaz_malloc(sizeof(*corpus));
    gaz_status status = gaz_unicode_open(ctx, &corpus->unicode);
    if (status != GAZ_OK) {
        gaz_free(corpus);
        return status;
    }
    static const struct gaz_rule_list NONE = {"", NULL, 0};
    corpus->generics = &NONE;
    for (int i = 0; i < rules->count; i++)
        for (int k = 0; k < rules->items[i].param_count; k++) {
            const struct gaz_rule_param *param = &rules->items[i].params[k];
            if (param->type == GAZ_PARAM_LIST &&
                strcmp(param->name, "generics") == 0)
                corpus->generics = &param->list;
        }
    *out = corpus;
    return GAZ_OK;
}

void gaz_corpus_close(struct gaz_corpus *corpus)
{
    if (!corpus)
        return;
    for (int i = 0; i < GAZ_BYS; i++)
        gaz_free(corpus->keys[i].items);
    gaz_free(corpus->places);
    gaz_free(corpus->addresses);
    gaz_free(corpus->order);
    gaz_free(corpus->changes);
    gaz_free(corpus->claims);
    gaz_free(corpus->attributes);
    gaz_free(corpus->roads);
    gaz_unicode_close(corpus->unicode);
    gaz_ctx_close(&corpus->ctx);
    gaz_free(corpus);
}

/* Room for one more item of `size` bytes. */
static void *room(void *items, int count, int *capacity, size_t size)
{
    if (count < *capacity)
        return items;
    *capacity = *capacity ? 2 * *capacity : FIRST_CAPACITY;
    return gaz_realloc(items, (size_t)*capacity * size);
}

static const char *dup(struct gaz_corpus *corpus, const char *text)
{
    return gaz_arena_strdup(&corpus->ctx.arena, text);
}

static void copy_names(struct gaz_corpus *corpus, struct gaz_place *place)
{
    size_t size = (size_t)place->name_count * sizeof(*place->names);
    struct gaz_name *names =
        gaz_arena_grow(&corpus->ctx.arena, place->names, size, size);
    for (int i = 0; i < place->name_count; i++) {
        names[i].text = dup(corpus, names[i].text);
        names[i].roman = dup(corpus, names[i].roman);
    }
    place->names = names;
}

void gaz_corpus_place(struct gaz_corpus *corpus, const struct gaz_place *place)
{
    corpus->places = room(corpus->places, corpus->place_count,
                          &corpus->place_capacity, sizeof(*corpus->places));
    struct gaz_corpus_place *kept = &corpus->places[corpus->place_count++];
    *kept = (struct gaz_corpus_place){.place = *place,
                                      .parent = -1,
                                      .town = -1,
                                      .county = -1,
                                      .province = -1,
                                      .area = -1,
                                      .axis = -1};
    copy_names(corpus, &kept->place);
    kept->place.code = dup(corpus, place->code);
    kept->place.parent_code = dup(corpus, place->parent_code);
    kept->place.address = dup(corpus, place->address);
    kept->place.meaning = NULL; /* no rule reads the long texts */
    kept->place.origin = NULL;
    kept->place.numbering.rule = NULL; /* read already */
    kept->place.history = NULL;
    if (place->area_wkb)
        kept->place.area_wkb =
            gaz_arena_grow(&corpus->ctx.arena, place->area_wkb,
                           place->area_size, place->area_size);
}

void gaz_corpus_address(struct gaz_corpus *corpus,
                        const struct gaz_address *address)
{
    corpus->addresses =
        room(corpus->addresses, corpus->address_count,
             &corpus->address_capacity, sizeof(*corpus->addresses));
    struct gaz_corpus_address *kept =
        &corpus->addresses[corpus->address_count++];
    *kept = (struct gaz_corpus_address){.address = *address, .parent = -1};
    kept->address.text = dup(corpus, address->text);
    kept->address.number = dup(corpus, address->number);
    kept->address.tail = dup(corpus, address->tail);
}

void gaz_corpus_change(struct gaz_corpus *corpus,
                       const struct gaz_change *change)
{
    corpus->changes = room(corpus->changes, corpus->change_count,
                           &corpus->change_capacity, sizeof(*corpus->changes));
    struct gaz_change *kept = &corpus->changes[corpus->change_count++];
    *kept = *change;
    kept->from_code = dup(corpus, change->from_code);
    kept->to_code = dup(corpus, change->to_code);
    kept->note = dup(corpus, change->note);
}

void gaz_corpus_claim(struct gaz_corpus *corpus, const struct gaz_claim *claim)
{
    corpus->claims = room(corpus->claims, corpus->claim_count,
                          &corpus->claim_capacity, sizeof(*corpus->claims));
    struct gaz_claim *kept = &corpus->claims[corpus->claim_count++];
    *kept = *claim;
    kept->subject = dup(corpus, claim->subject);
    kept->property = dup(corpus, claim->property);
    kept->value = dup(corpus, claim->value);
    kept->value_date = dup(corpus, claim->value_date);
    kept->source_title = dup(corpus, claim->source_title);
    kept->source_url = dup(corpus, claim->source_url);
    kept->grade = dup(corpus, claim->grade);
}

void gaz_corpus_attribute(struct gaz_corpus *corpus,
                          const struct gaz_corpus_attribute *attribute)
{
    corpus->attributes =
        room(corpus->attributes, corpus->attribute_count,
             &corpus->attribute_capacity, sizeof(*corpus->attributes));
    struct gaz_corpus_attribute *kept =
        &corpus->attributes[corpus->attribute_count++];
    *kept = *attribute;
    kept->attribute.value = dup(corpus, attribute->attribute.value);
}

void gaz_corpus_line(struct gaz_corpus *corpus, const struct gaz_line *line)
{
    if (line->kind != GAZ_LINE_ROAD)
        return;
    corpus->roads = room(corpus->roads, corpus->road_count,
                         &corpus->road_capacity, sizeof(*corpus->roads));
    struct gaz_line *kept = &corpus->roads[corpus->road_count++];
    size_t size = line->point_count * sizeof(*line->points);
    *kept = *line;
    kept->name = dup(corpus, line->name);
    kept->points = gaz_arena_grow(&corpus->ctx.arena, line->points, size, size);
}

bool gaz_corpus_is_live(const struct gaz_place *place)
{
    return place->status != GAZ_STATUS_HISTORICAL;
}

const char *gaz_corpus_name(const struct gaz_corpus_place *place)
{
    return place->place.name_count > 0 ? place->place.names[0].text : "";
}

static bool is_dropped(const char *at, size_t *bytes)
{
    static const char *const DROPPED[] = {" ",  "-", "－", "—",
                                          "　", "#", "＃", "."};
    for (size_t i = 0; i < sizeof(DROPPED) / sizeof(DROPPED[0]); i++) {
        *bytes = strlen(DROPPED[i]);
        if (strncmp(at, DROPPED[i], *bytes) == 0)
            return true;
    }
    return false;
}

static const char *stands_for(const char *at, size_t *bytes)
{
    static const char *const PAIRS[][2] = {
        {"栋", "幢"}, {"棟", "幢"}, {"號", "号"}, {"樓", "楼"}, {"０", "0"},
        {"１", "1"},  {"２", "2"},  {"３", "3"},  {"４", "4"},  {"５", "5"},
        {"６", "6"},  {"７", "7"},  {"８", "8"},  {"９", "9"}};
    for (size_t i = 0; i < sizeof(PAIRS) / sizeof(PAIRS[0]); i++) {
        *bytes = strlen(PAIRS[i][0]);
        if (strncmp(at, PAIRS[i][0], *bytes) == 0)
            return PAIRS[i][1];
    }
    return NULL;
}

const char *gaz_corpus_alike(struct gaz_arena *arena, const char *text)
{
    char *out = gaz_arena_strdup(arena, text); /* never longer */
    size_t size = 0;
    for (const char *at = text; *at;) {
        size_t bytes;
        const char *other;
        if (is_dropped(at, &bytes)) {
            at += bytes;
        } else if ((other = stands_for(at, &bytes)) != NULL) {
            memcpy(out + size, other, strlen(other));
            size += strlen(other);
            at += bytes;
        } else {
            out[size++] = *at++;
        }
    }
    out[size] = '\0';
    return out;
}

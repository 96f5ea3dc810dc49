/* SPDX-License-Identifier: Apache-2.0 */
#include "gazetteer/twins/side.h"

#include <string.h>

#include "gazetteer/base/text.h"
#include "gazetteer/quality/note.h"
#include "gazetteer/standardise/elements.h"
#include "gazetteer/standardise/rewrite.h"
#include "gazetteer/standardise/romanise.h"
#include "gazetteer/twins/houses.h"

enum { DEPTH_MAX = 16, PART_BYTES = 24 };

static const char *given(const char *text)
{
    return text ? text : "";
}

bool gaz_side_has_parts(const struct gaz_twin_side *side)
{
    for (int i = 0; i < GAZ_PARTS; i++)
        if (side->parts[i])
            return true;
    return false;
}

/* ---- numbers ---- */

static bool is_part_byte(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') ||
           (c >= 'a' && c <= 'z');
}

/* A run of letters and digits as a number: its value, or minus a hash. */
static int32_t value_of(const char *run, size_t size)
{
    int64_t value = 0;
    char text[PART_BYTES];
    if (size >= sizeof(text))
        size = sizeof(text) - 1;
    for (size_t i = 0; i < size; i++)
        text[i] = (char)(run[i] >= 'a' && run[i] <= 'z' ? run[i] - 'a' + 'A'
                                                        : run[i]);
    text[size] = '\0';
    if (gaz_text_parse_int(text, &value) && value > 0 && value < INT32_MAX)
        return (int32_t)value;
    return -1 - (int32_t)(gaz_text_hash(text, size) & 0x3FFFFFFF);
}

/* The runs of an element's text; returns how many, at most `max`. */
static int read_runs(const char *text, size_t size, int32_t *out, int max)
{
    int count = 0;
    for (size_t at = 0; at < size && count < max;) {
        size_t from = at;
        while (at < size && is_part_byte(text[at]))
            at++;
        if (at > from)
            out[count++] = value_of(text + from, at - from);
        else
            at++;
    }
    return count;
}

static void set_part(struct gaz_twin_side *side, gaz_part part, int32_t value)
{
    if (side->parts[part] == 0)
        side->parts[part] = value;
}

static void take_number(struct gaz_twin_side *side, gaz_element_label label,
                        const char *text, size_t size)
{
    static const signed char PARTS[GAZ_ELEMENT_LABELS] = {
        [GAZ_ELEMENT_ROADNO] = GAZ_PART_PLATE + 1,
        [GAZ_ELEMENT_SUBROAD] = GAZ_PART_LANE + 1,
        [GAZ_ELEMENT_SUBROADNO] = GAZ_PART_SUBPLATE + 1,
        [GAZ_ELEMENT_HOUSENO] = GAZ_PART_BUILDING + 1,
        [GAZ_ELEMENT_CELLNO] = GAZ_PART_CELL + 1,
        [GAZ_ELEMENT_FLOORNO] = GAZ_PART_FLOOR + 1,
        [GAZ_ELEMENT_ROOMNO] = GAZ_PART_ROOM + 1,
    };
    int32_t runs[2] = {0, 0};
    if (PARTS[label] == 0 || read_runs(text, size, runs, 2) == 0)
        return;
    set_part(side, (gaz_part)(PARTS[label] - 1), runs[0]);
    if (runs[1])
        set_part(side, GAZ_PART_ANNEX, runs[1]);
}

/* ---- texts ---- */

/* What the elements of a text name. */
struct cut {
    const char *town;
    const char *village;
    const char *road; /* what the number is counted in */
    const char *site;
};

static const char *join(struct gaz_arena *arena, const char *a, const char *b)
{
    return a ? gaz_arena_printf(arena, "%s%s", a, b) : b;
}

static void take_name(struct gaz_arena *arena, struct cut *cut,
                      const struct gaz_twin_side *side, gaz_element_label label,
                      const char *text)
{
    if (label == GAZ_ELEMENT_TOWN && !cut->town)
        cut->town = text;
    else if (label == GAZ_ELEMENT_COMMUNITY && !cut->village)
        cut->village = text;
    else if (!cut->road &&
             (label == GAZ_ELEMENT_ROAD ||
              (label == GAZ_ELEMENT_POI && !gaz_side_has_parts(side))))
        cut->road = text;
    else if (label == GAZ_ELEMENT_POI || label == GAZ_ELEMENT_SUBPOI)
        cut->site = join(arena, cut->site, text);
}

static gaz_status cut_text(struct gaz_ctx *ctx, struct gaz_unicode *unicode,
                           const char *text, struct gaz_twin_side *side,
                           struct cut *out)
{
    struct gaz_rewrites written;
    struct gaz_elements elements;
    size_t size = strlen(text);
    *out = (struct cut){NULL, NULL, NULL, NULL};
    if (size == 0)
        return GAZ_OK;
    if (size > GAZ_ADDRESS_MAX_BYTES)
        size = GAZ_ADDRESS_MAX_BYTES;
    while (size > 0 && !gaz_text_is_utf8(text, size, NULL))
        size--;
    gaz_status status =
        gaz_rewrite_address(ctx, unicode, NULL, text, size, &written);
    if (status != GAZ_OK)
        return status;
    gaz_elements_parse(NULL, written.text, written.size, &elements);
    for (int i = 0; i < elements.count; i++) {
        const struct gaz_element *e = &elements.items[i];
        const char *at = written.text + e->byte_start;
        size_t bytes = (size_t)(e->byte_end - e->byte_start);
        take_name(&ctx->arena, out, side, e->label,
                  gaz_arena_strndup(&ctx->arena, at, bytes));
        take_number(side, e->label, at, bytes);
    }
    return GAZ_OK;
}

static gaz_status sound_of(struct gaz_ctx *ctx, struct gaz_unicode *unicode,
                           struct gaz_arena *keep, const char *name,
                           const char **out)
{
    struct gaz_roman roman;
    *out = "";
    if (!*name)
        return GAZ_OK;
    gaz_status status = gaz_romanise(ctx, unicode, name, 0, &roman);
    if (status == GAZ_OK)
        *out = gaz_arena_strdup(keep, roman.plain);
    return status;
}

/* ---- places of the corpus ---- */

static int find_village(const struct gaz_corpus *corpus, int place)
{
    for (int i = 0; place >= 0 && i < DEPTH_MAX; i++) {
        if (corpus->places[place].place.level == GAZ_LEVEL_VILLAGE)
            return place;
        place = corpus->places[place].parent;
    }
    return -1;
}

static void take_place(const struct gaz_corpus *corpus, int index,
                       struct gaz_twin_side *side)
{
    const struct gaz_corpus_place *place = &corpus->places[index];
    side->place = index;
    side->town = place->town;
    side->county = place->county;
    side->province = place->province;
    side->village = find_village(corpus, index);
    side->category = place->place.category;
    side->name = gaz_corpus_name(place);
    side->core = given(place->specific);
    side->sound = given(place->sound);
}

static void take_position(const struct gaz_position *position,
                          struct gaz_twin_side *side)
{
    side->is_placed = gaz_houses_is_placed(position);
    side->at = position->coord;
    side->accuracy_m = gaz_houses_accuracy(position);
}

static struct gaz_twin_side nothing(void)
{
    return (struct gaz_twin_side){.place = -1,
                                  .village = -1,
                                  .town = -1,
                                  .county = -1,
                                  .province = -1,
                                  .name = "",
                                  .core = "",
                                  .sound = "",
                                  .site = "",
                                  .street = ""};
}

static bool is_in(const struct gaz_corpus_place *place,
                  const struct gaz_twin_side *side)
{
    return (side->county < 0 || place->county == side->county) &&
           (side->province < 0 || place->province == side->province);
}

/* The one live place of that name and level (or category) that lies where the
 * side does; -1: none, or several. *towns: in how many towns there is one. */
static int find_name(const struct gaz_corpus *corpus, const char *name,
                     const struct gaz_twin_side *side, gaz_level level,
                     int *towns)
{
    const struct gaz_corpus_entry *first;
    int found = -1;
    int count = gaz_corpus_find_text(corpus, GAZ_BY_NAME, name, &first);
    *towns = 0;
    for (int i = 0; i < count; i++) {
        const struct gaz_corpus_place *place = &corpus->places[first[i].index];
        if (place->place.level != level ||
            strcmp(gaz_corpus_name(place), name) != 0 || !is_in(place, side) ||
            place->town < 0 || (side->town >= 0 && place->town != side->town))
            continue;
        if (found < 0 || corpus->places[found].town != place->town)
            (*towns)++;
        if (found < 0)
            found = first[i].index;
    }
    return *towns == 1 ? found : -1;
}

/* The divisions and the numbered place that an address only writes. */
static gaz_status resolve(struct gaz_ctx *ctx, const struct gaz_corpus *corpus,
                          struct gaz_arena *keep, const struct cut *cut,
                          struct gaz_twin_side *side)
{
    int towns = 0;
    if (cut->town && side->town < 0) {
        int town = find_name(corpus, cut->town, side, GAZ_LEVEL_TOWN, &towns);
        if (town >= 0)
            take_place(corpus, town, side);
    }
    const char *name = cut->road ? cut->road : given(cut->village);
    int place = find_name(corpus, name, side, GAZ_LEVEL_NONE, &towns);
    if (place >= 0 && side->town >= 0) {
        take_place(corpus, place, side);
        return GAZ_OK;
    }
    side->place = -1;
    side->category = 0;
    side->name = gaz_arena_strdup(keep, name);
    side->core = gaz_generic_strip(keep, corpus->generics, 0, name);
    return sound_of(ctx, corpus->unicode, keep, name, &side->sound);
}

static void count_homonyms(const struct gaz_corpus *corpus,
                           struct gaz_twin_side *side)
{
    if (side->town < 0 && *side->name)
        (void)find_name(corpus, side->name, side, GAZ_LEVEL_NONE,
                        &side->homonyms);
}

/* Whether a note in brackets only names a division that the side lies in. */
static bool names_division(const struct gaz_corpus *corpus,
                           const struct gaz_twin_side *side, const char *note,
                           size_t size)
{
    const int divisions[] = {side->village, side->town, side->county};
    for (int i = 0; i < 3; i++) {
        const char *name = divisions[i] >= 0
                               ? gaz_corpus_name(&corpus->places[divisions[i]])
                               : "";
        if (size > 0 && strlen(name) == size && memcmp(name, note, size) == 0)
            return true;
    }
    return false;
}

/* 中心小学（乍浦镇） in 乍浦镇 is 中心小学. */
static void drop_note(const struct gaz_corpus *corpus, struct gaz_arena *keep,
                      struct gaz_twin_side *side)
{
    static const char OPEN[] = "（";
    static const char CLOSE[] = "）";
    const char *note = strstr(side->name, OPEN);
    const char *end = note ? strstr(note, CLOSE) : NULL;
    if (!end || note == side->name || end[sizeof(CLOSE) - 1] ||
        !names_division(corpus, side, note + sizeof(OPEN) - 1,
                        (size_t)(end - note) - (sizeof(OPEN) - 1)))
        return;
    side->name =
        gaz_arena_strndup(keep, side->name, (size_t)(note - side->name));
    side->core = gaz_generic_strip(keep, corpus->generics, 0, side->name);
}

/* ---- the two kinds ---- */

gaz_status gaz_side_place(struct gaz_ctx *ctx, const struct gaz_corpus *corpus,
                          struct gaz_arena *keep, int index,
                          struct gaz_twin_side *out)
{
    const struct gaz_place *place = &corpus->places[index].place;
    struct gaz_twin_side side = nothing();
    take_place(corpus, index, &side);
    side.id = place->id;
    side.level = place->level;
    side.code = place->code && *place->code ? place->code : NULL;
    side.is_synthetic = place->is_synthetic;
    side.has_ended = place->status == GAZ_STATUS_HISTORICAL;
    side.from = place->valid_from;
    side.to = place->valid_to;
    if (side.level == GAZ_LEVEL_VILLAGE)
        side.village = -1; /* it lies in itself */
    take_position(&place->position, &side);
    drop_note(corpus, keep, &side);
    if (!side.is_placed) /* a road: where its addresses are */
        side.is_placed = side.is_spread =
            gaz_houses_middle(corpus, index, &side.at, &side.accuracy_m);
    if (place->address && *place->address) {
        struct cut cut;
        gaz_status status =
            cut_text(ctx, corpus->unicode, place->address, &side, &cut);
        if (status != GAZ_OK)
            return status;
        if (cut.road || cut.village)
            side.street =
                gaz_arena_strdup(keep, cut.road ? cut.road : cut.village);
    }
    count_homonyms(corpus, &side);
    *out = side;
    return GAZ_OK;
}

/* A division says nothing about what the number is counted in. */
static bool names_parent(const struct gaz_corpus *corpus, int parent)
{
    gaz_level level =
        parent >= 0 ? corpus->places[parent].place.level : GAZ_LEVEL_TOWN;
    return level == GAZ_LEVEL_NONE || level == GAZ_LEVEL_VILLAGE;
}

static void take_site(const struct gaz_corpus *corpus, struct gaz_arena *keep,
                      const struct gaz_address *address, const struct cut *cut,
                      struct gaz_twin_side *side)
{
    int site = address->place ? gaz_corpus_find_id(corpus, address->place) : -1;
    if (cut->site)
        side->site = gaz_arena_strdup(keep, cut->site);
    else if (site >= 0)
        side->site = gaz_corpus_name(&corpus->places[site]);
}

gaz_status gaz_side_address(struct gaz_ctx *ctx,
                            const struct gaz_corpus *corpus,
                            struct gaz_arena *keep, int index,
                            struct gaz_twin_side *out)
{
    const struct gaz_corpus_address *item = &corpus->addresses[index];
    const struct gaz_address *address = &item->address;
    struct gaz_twin_side side = nothing();
    struct cut cut;
    if (item->parent >= 0)
        take_place(corpus, item->parent, &side);
    const bool by_parent = names_parent(corpus, item->parent);
    const char *text = by_parent ? gaz_arena_printf(&ctx->arena, "%s%s",
                                                    given(address->number),
                                                    given(address->tail))
                                 : given(address->text);
    gaz_status status = cut_text(ctx, corpus->unicode, text, &side, &cut);
    if (status == GAZ_OK && !by_parent)
        status = resolve(ctx, corpus, keep, &cut, &side);
    if (status != GAZ_OK)
        return status;
    if (by_parent && cut.road && !cut.site)
        cut.site = cut.road; /* a tail that names something */
    take_site(corpus, keep, address, &cut, &side);
    side.id = address->id;
    side.is_synthetic = address->is_synthetic;
    side.has_ended = address->status == GAZ_STATUS_HISTORICAL;
    side.from = address->valid_from;
    side.to = address->valid_to;
    take_position(&address->position, &side);
    count_homonyms(corpus, &side);
    *out = side;
    return GAZ_OK;
}

gaz_status gaz_side_text(struct gaz_ctx *ctx, struct gaz_unicode *unicode,
                         struct gaz_arena *keep, const char *text,
                         struct gaz_twin_side *out)
{
    static const struct gaz_rule_list NONE = {"", NULL, 0};
    struct gaz_twin_side side = nothing();
    struct cut cut;
    gaz_status status = cut_text(ctx, unicode, text, &side, &cut);
    const char *name = status != GAZ_OK ? ""
                       : cut.road       ? cut.road
                                        : given(cut.village);
    if (status == GAZ_OK)
        status = sound_of(ctx, unicode, keep, name, &side.sound);
    if (status != GAZ_OK)
        return status;
    side.name = gaz_arena_strdup(keep, name);
    side.core = gaz_generic_strip(keep, &NONE, 0, name);
    side.site = gaz_arena_strdup(keep, given(cut.site));
    *out = side;
    return GAZ_OK;
}

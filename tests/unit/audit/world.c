/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/unit/audit/world.h"

#include <stdlib.h>
#include <string.h>

#include "gazetteer/base/text.h"

/* The value of `key` in a line of key=value words; NULL: none. */
static const char *word(const struct world *w, const char *line,
                        const char *key)
{
    size_t len = strlen(key);
    for (const char *at = line; *at;) {
        at += strspn(at, " ");
        size_t size = strcspn(at, " ");
        if (size > len && strncmp(at, key, len) == 0 && at[len] == '=')
            return gaz_arena_strndup(&w->ctx->arena, at + len + 1,
                                     size - len - 1);
        at += size;
    }
    return NULL;
}

static double number(const struct world *w, const char *line, const char *key,
                     double fallback)
{
    const char *text = word(w, line, key);
    double value = fallback;
    if (text)
        (void)gaz_text_parse_double(text, &value);
    return value;
}

static int whole(const struct world *w, const char *line, const char *key,
                 int fallback)
{
    return (int)number(w, line, key, fallback);
}

static gaz_date date(const struct world *w, const char *line, const char *key)
{
    gaz_date day = GAZ_DATE_OPEN;
    const char *text = word(w, line, key);
    if (text)
        (void)gaz_date_parse(text, &day);
    return day;
}

/* "121.02,30.7" */
static bool coord(const struct world *w, const char *line, const char *key,
                  struct gaz_coord *out)
{
    const char *text = word(w, line, key);
    const char *comma = text ? strchr(text, ',') : NULL;
    return comma &&
           gaz_text_parse_double(
               gaz_arena_strndup(&w->ctx->arena, text, (size_t)(comma - text)),
               &out->lon) &&
           gaz_text_parse_double(comma + 1, &out->lat);
}

static struct gaz_position position(const struct world *w, const char *line)
{
    struct gaz_position p = {.method = GAZ_METHOD_NONE};
    if (!coord(w, line, "at", &p.coord))
        return p;
    p.method = (gaz_method)whole(w, line, "method", GAZ_METHOD_SURVEYED);
    p.accuracy_m = number(w, line, "acc", 1);
    return p;
}

/* A square of `half` degrees around the middle, as WKB. */
static void square(struct world *w, struct gaz_place *place, struct gaz_coord c,
                   double half)
{
    const struct gaz_coord ring[5] = {{c.lon - half, c.lat - half},
                                      {c.lon + half, c.lat - half},
                                      {c.lon + half, c.lat + half},
                                      {c.lon - half, c.lat + half},
                                      {c.lon - half, c.lat - half}};
    const uint32_t head[3] = {3, 1, 5}; /* polygon, one ring, five points */
    unsigned char *wkb =
        gaz_arena_alloc(&w->ctx->arena, 1 + sizeof(head) + sizeof(ring));
    wkb[0] = 1;
    memcpy(wkb + 1, head, sizeof(head));
    memcpy(wkb + 1 + sizeof(head), ring, sizeof(ring));
    place->area_wkb = wkb;
    place->area_size = 1 + sizeof(head) + sizeof(ring);
}

/* more=KIND:text:from:to, three at most. */
static int more_names(const struct world *w, const char *line,
                      struct gaz_name *names, int count)
{
    static const char *const KEYS[] = {"more", "more2", "more3"};
    for (int i = 0; i < 3; i++) {
        char *text = (char *)word(w, line, KEYS[i]);
        if (!text)
            continue;
        struct gaz_name *name = &names[count++];
        *name = (struct gaz_name){.kind = (gaz_name_kind)(text[0] - '0')};
        char *second = strchr(text + 2, ':');
        name->text = text + 2;
        if (!second)
            continue;
        *second++ = '\0';
        char *third = strchr(second, ':');
        if (third) {
            *third++ = '\0';
            (void)gaz_date_parse(third, &name->valid_to);
        }
        (void)gaz_date_parse(second, &name->valid_from);
    }
    return count;
}

static void add_place(struct world *w, const char *line)
{
    struct gaz_name *names = gaz_arena_array(&w->ctx->arena, 8, sizeof(*names));
    struct gaz_place place = {
        .id = (gaz_id)whole(w, line, "id", 0),
        .code = word(w, line, "code"),
        .level = (gaz_level)whole(w, line, "level", 0),
        .category = whole(w, line, "category", 0),
        .status = (gaz_place_status)whole(w, line, "status", 0),
        .valid_from = date(w, line, "from"),
        .valid_to = date(w, line, "to"),
        .parent = (gaz_id)whole(w, line, "parent", 0),
        .parent_code = word(w, line, "parent_code"),
        .is_statistical = whole(w, line, "statistical", 0) != 0,
        .is_synthetic = whole(w, line, "synthetic", 0) != 0,
        .area_is_schematic = whole(w, line, "schematic", 0) != 0,
        .position = position(w, line),
        .names = names,
    };
    if (word(w, line, "name")) {
        char *roman = (char *)word(w, line, "roman");
        for (char *at = roman; at && *at; at++)
            if (*at == '_')
                *at = ' '; /* words are apart by blanks */
        names[place.name_count++] =
            (struct gaz_name){.text = word(w, line, "name"),
                              .roman = roman,
                              .valid_from = date(w, line, "name_from"),
                              .valid_to = date(w, line, "name_to")};
    }
    place.name_count = more_names(w, line, names, place.name_count);
    if (word(w, line, "rule"))
        gaz_numbering_rule(word(w, line, "rule"), &place.numbering);
    double half = number(w, line, "square", 0);
    if (half > 0)
        square(w, &place, place.position.coord, half);
    gaz_corpus_place(w->corpus, &place);
    w->entry = (struct gaz_entry){.kind = GAZ_ENTRY_PLACE, .place = place};
}

static void add_address(struct world *w, const char *line)
{
    const char *tail = word(w, line, "tail");
    const char *number_text = word(w, line, "number");
    const struct gaz_address address = {
        .id = (gaz_id)whole(w, line, "id", 0),
        .text = word(w, line, "text"),
        .parent = (gaz_id)whole(w, line, "parent", 0),
        .number = number_text ? number_text : "",
        .number_value = whole(w, line, "value", 0),
        .tail = tail ? tail : "",
        .place = (gaz_id)whole(w, line, "site", 0),
        .status = (gaz_place_status)whole(w, line, "status", 0),
        .valid_from = date(w, line, "from"),
        .valid_to = date(w, line, "to"),
        .is_synthetic = whole(w, line, "synthetic", 0) != 0,
        .position = position(w, line)};
    gaz_corpus_address(w->corpus, &address);
    w->entry =
        (struct gaz_entry){.kind = GAZ_ENTRY_ADDRESS, .address = address};
}

/* plates parent=10 first=1 last=24 at=121,30.7: 10 m apart to the east, odd
 * numbers 8 m north of the line, even ones south. */
static void add_plates(struct world *w, const char *line)
{
    static const double EAST_DEG = 0.0001044;
    static const double SIDE_DEG = 0.0000722;
    struct gaz_coord at = {0, 0};
    (void)coord(w, line, "at", &at);
    for (int n = whole(w, line, "first", 1); n <= whole(w, line, "last", 1);
         n++) {
        const char *text = gaz_arena_printf(&w->ctx->arena, "%d号", n);
        const struct gaz_address address = {
            .id = (gaz_id)(1000 + n),
            .text = gaz_arena_printf(&w->ctx->arena, "浙江省嘉兴市平湖市路%s",
                                     text),
            .parent = (gaz_id)whole(w, line, "parent", 0),
            .number = text,
            .number_value = n,
            .tail = "",
            .position = {.coord = {at.lon + n * EAST_DEG,
                                   at.lat + (n % 2 ? SIDE_DEG : -SIDE_DEG)},
                         .method = GAZ_METHOD_SURVEYED,
                         .accuracy_m = 1}};
        gaz_corpus_address(w->corpus, &address);
    }
}

static void add_axis(struct world *w, const char *line)
{
    struct gaz_coord *points =
        gaz_arena_array(&w->ctx->arena, 2, sizeof(*points));
    (void)coord(w, line, "a", &points[0]);
    (void)coord(w, line, "b", &points[1]);
    gaz_corpus_line(
        w->corpus, &(struct gaz_line){.kind = GAZ_LINE_ROAD,
                                      .left = (gaz_id)whole(w, line, "road", 0),
                                      .points = points,
                                      .point_count = 2});
}

static void add_claim(struct world *w, const char *line)
{
    const struct gaz_claim claim = {.place = (gaz_id)whole(w, line, "place", 0),
                                    .property = word(w, line, "property"),
                                    .value = word(w, line, "value"),
                                    .value_date = word(w, line, "value_date"),
                                    .source_title = word(w, line, "title"),
                                    .grade = word(w, line, "grade")};
    gaz_corpus_claim(w->corpus, &claim);
    w->entry = (struct gaz_entry){.kind = GAZ_ENTRY_CLAIM, .claim = claim};
}

static void add_change(struct world *w, const char *line)
{
    const struct gaz_change change = {
        .kind = (gaz_change_kind)whole(w, line, "kind", 0),
        .date = date(w, line, "date"),
        .from = (gaz_id)whole(w, line, "from", 0),
        .to = (gaz_id)whole(w, line, "to", 0),
        .from_code = word(w, line, "from_code"),
        .to_code = word(w, line, "to_code")};
    gaz_corpus_change(w->corpus, &change);
    w->entry = (struct gaz_entry){.kind = GAZ_ENTRY_CHANGE, .change = change};
}

static void add_field(struct world *w, const char *line)
{
    const char *equals = strchr(line, '=');
    if (!equals || w->record.field_count == 16)
        return;
    struct gaz_field *field = &w->fields[w->record.field_count++];
    field->name =
        gaz_arena_strndup(&w->ctx->arena, line, (size_t)(equals - line));
    field->column = field->name;
    field->value = gaz_arena_strdup(&w->ctx->arena, equals + 1);
    w->record.key = "k";
    w->record.fields = w->fields;
}

/* attribute about=20 source=2 floors=8: one of record `about`. */
static void add_attribute(struct world *w, const char *line)
{
    for (int i = 0; i < GAZ_ATTRIBUTES; i++) {
        const gaz_attribute_kind kind = (gaz_attribute_kind)i;
        const char *value = word(w, line, gaz_attribute_name(kind));
        if (value)
            gaz_corpus_attribute(
                w->corpus, &(struct gaz_corpus_attribute){
                               .about = (gaz_id)whole(w, line, "about", 0),
                               .source = whole(w, line, "source", 1),
                               .attribute = {kind, value}});
    }
}

static const struct {
    const char *word;
    void (*add)(struct world *, const char *);
} LINES[] = {
    {"attribute ", add_attribute}, {"place ", add_place},
    {"address ", add_address},     {"plates ", add_plates},
    {"axis ", add_axis},           {"claim ", add_claim},
    {"change ", add_change},       {"field ", add_field},
};

bool world_line(struct world *world, const char *line)
{
    for (size_t i = 0; i < sizeof(LINES) / sizeof(LINES[0]); i++) {
        size_t len = strlen(LINES[i].word);
        if (strncmp(line, LINES[i].word, len) == 0) {
            LINES[i].add(world, line + len);
            return true;
        }
    }
    return false;
}

#define COUNTY                                                                 \
    "place id=2 name=平湖市 code=330482 level=3 category=21400 parent=1 "   \
    "at=121,30.7 square=0.15"

void world_begin(struct world *world, struct gaz_ctx *ctx,
                 struct gaz_corpus *corpus)
{
    static const char *const BASE[] = {
        "place id=1 name=浙江省 code=33 level=1 category=21200",
        COUNTY,
        "place id=3 name=乍浦镇 code=330482101 level=4 category=21500 parent=2",
        "place id=4 name=新埭镇 code=330482102 level=4 category=21500 parent=2",
        "place id=5 name=上海市 code=31 level=1 category=21200",
        "place id=6 name=金山区 code=310116 level=3 category=21400 parent=5",
        "place id=7 name=廊下镇 code=310116107 level=4 category=21500 parent=6",
    };
    *world = (struct world){.ctx = ctx, .corpus = corpus};
    for (size_t i = 0; i < sizeof(BASE) / sizeof(BASE[0]); i++)
        (void)world_line(world, BASE[i]);
}

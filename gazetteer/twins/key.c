/* SPDX-License-Identifier: Apache-2.0 */
/* key.c - what records are brought together by. */
#include <math.h>
#include <string.h>

#include "gazetteer/base/text.h"
#include "gazetteer/twins/finder.h"

static const double NAME_PARTLY = 0.6;

static uint64_t mix(uint64_t state, uint64_t value)
{
    state = (state ^ value) * 0x9E3779B97F4A7C15U;
    return state ^ state >> 29;
}

static uint64_t hash_of(const char *text, size_t size)
{
    return gaz_text_hash(text, size);
}

/* The numbers that no writer leaves out; 0 for a place. */
static uint64_t numbers_of(const struct gaz_twin_finder *finder,
                           const struct gaz_twin_side *side)
{
    const int32_t *parts = side->parts;
    uint64_t state = 1;
    if (finder->kind == GAZ_TWINS_PLACES)
        return 0;
    for (int i = GAZ_PART_PLATE; i <= GAZ_PART_SUBPLATE; i++)
        state = mix(state, (uint32_t)parts[i]);
    return mix(state,
               (uint32_t)(parts[GAZ_PART_ROOM] ? parts[GAZ_PART_ROOM]
                                               : parts[GAZ_PART_BUILDING]));
}

/* Where a name is alone: a division's parent, else the town; 0: not known. */
static uint64_t scope_of(const struct gaz_twin_finder *finder,
                         const struct gaz_twin_side *side)
{
    const bool is_division =
        side->level >= GAZ_LEVEL_PROVINCE && side->level <= GAZ_LEVEL_TOWN;
    if (side->town >= 0 && !is_division)
        return 1 + (uint64_t)side->town;
    if (finder->kind == GAZ_TWINS_PLACES && side->place >= 0)
        return finder->corpus->places[side->place].place.parent;
    return 0;
}

/* A key of a text in a scope. */
struct key {
    uint64_t state; /* scope and numbers */
    uint64_t *out;
    int count;
};

static void add(struct key *key, const char *text, size_t size)
{
    if (size > 0 && key->count < GAZ_KEYS_OF_SIDE)
        key->out[key->count++] = mix(key->state, hash_of(text, size));
}

/* The bytes before a note in brackets. */
static size_t bare_size(const char *name)
{
    const char *note = strstr(name, "（");
    const char *plain = strchr(name, '(');
    if (!note || (plain && plain < note))
        note = plain;
    return note && note > name ? (size_t)(note - name) : strlen(name);
}

static void add_names(const struct gaz_twin_finder *finder,
                      const struct gaz_twin_side *side, struct key *key)
{
    if (side->place < 0) {
        add(key, side->name, strlen(side->name));
        return;
    }
    const struct gaz_place *place = &finder->corpus->places[side->place].place;
    for (int i = 0; i < place->name_count; i++) {
        const char *name = place->names[i].text;
        const size_t bare = bare_size(name);
        add(key, name, strlen(name));
        if (bare < strlen(name))
            add(key, name, bare);
    }
}

/* The core, and the core without each of its characters. */
static void add_gaps(const struct gaz_twin_side *side, struct key *key)
{
    enum { CORE_BYTES = 48 };
    char text[CORE_BYTES];
    const size_t size = strlen(side->core);
    if (size >= sizeof(text))
        return;
    add(key, side->core, size);
    if (gaz_text_count(side->core, size) < 2)
        return;
    for (size_t at = 0; at < size;) {
        size_t from = at;
        (void)gaz_text_next(side->core, size, &at);
        memcpy(text, side->core, from);
        memcpy(text + from, side->core + at, size - at);
        add(key, text, size - (at - from));
    }
}

static void add_code(const struct gaz_twin_side *side, struct key *key)
{
    size_t size = side->code ? strlen(side->code) : 0;
    while (size > 0 && side->code[size - 1] == '0')
        size--;
    add(key, side->code, size);
}

/* ---- squares ---- */

/* Rows of squares of block-m; a degree is 111.2 km. */
static double row_deg(const struct gaz_twin_finder *finder)
{
    static const double DEGREE_M = 111195.0;
    return finder->scale->block_m / DEGREE_M;
}

static int32_t row_of(const struct gaz_twin_finder *finder, struct gaz_coord at)
{
    return (int32_t)floor(at.lat / row_deg(finder));
}

/* Which square of a row; all of a row are as wide as its narrower edge needs.
 */
static int32_t column_of(const struct gaz_twin_finder *finder, int32_t row,
                         double lon)
{
    static const double RADIAN = 3.14159265358979323846 / 180;
    static const double LEAST = 0.01;
    const double south = fabs(row * row_deg(finder));
    const double north = fabs((row + 1) * row_deg(finder));
    const double narrow = cos(fmax(south, north) * RADIAN);
    return (int32_t)floor(lon * fmax(narrow, LEAST) / row_deg(finder));
}

static uint64_t cell_key(uint64_t numbers, int32_t column, int32_t row)
{
    return mix(mix(numbers, (uint32_t)column), (uint32_t)row);
}

void gaz_key_around(const struct gaz_twin_finder *finder,
                    const struct gaz_twin_side *side,
                    uint64_t out[GAZ_KEY_SQUARES])
{
    const uint64_t numbers = numbers_of(finder, side);
    const int32_t middle = row_of(finder, side->at);
    int count = 0;
    for (int32_t row = middle - 1; row <= middle + 1; row++) {
        const int32_t column = column_of(finder, row, side->at.lon);
        for (int32_t x = column - 1; x <= column + 1; x++)
            out[count++] = cell_key(numbers, x, row);
    }
}

/* ---- all ---- */

static void read_places(gaz_key which, const struct gaz_twin_side *side,
                        struct key *key)
{
    if (which == GAZ_KEY_SOUND) {
        key->state = 0; /* anywhere: namesakes are told why they are two */
        add(key, side->sound, strlen(side->sound));
    } else if (which == GAZ_KEY_CODE) {
        key->state = 0;
        add_code(side, key);
    }
}

static void read_addresses(const struct gaz_twin_finder *finder, gaz_key which,
                           const struct gaz_twin_side *side, struct key *key)
{
    if (which == GAZ_KEY_SOUND && side->town >= 0) {
        add(key, side->sound, strlen(side->sound));
    } else if (which == GAZ_KEY_OPEN) {
        key->state = mix(0, numbers_of(finder, side));
        add(key, side->sound, strlen(side->sound));
    }
}

int gaz_key_read(const struct gaz_twin_finder *finder, gaz_key which,
                 const struct gaz_twin_side *side,
                 uint64_t out[GAZ_KEYS_OF_SIDE])
{
    struct key key = {.out = out};
    key.state = mix(scope_of(finder, side), numbers_of(finder, side));
    if (which == GAZ_KEY_NAME) {
        add_names(finder, side, &key);
    } else if (which == GAZ_KEY_GAP) {
        add_gaps(side, &key);
    } else if (which == GAZ_KEY_CELL && side->is_placed) {
        const int32_t row = row_of(finder, side->at);
        out[key.count++] = cell_key(numbers_of(finder, side),
                                    column_of(finder, row, side->at.lon), row);
    } else if (finder->kind == GAZ_TWINS_PLACES) {
        read_places(which, side, &key);
    } else {
        read_addresses(finder, which, side, &key);
    }
    return key.count;
}

static bool are_alike(const struct gaz_twin_side *a,
                      const struct gaz_twin_side *b)
{
    const struct gaz_liken x = {a->name, a->core, a->sound};
    const struct gaz_liken y = {b->name, b->core, b->sound};
    gaz_like like = gaz_liken_names(&x, &y, NAME_PARTLY);
    return like != GAZ_LIKE_OTHER && like != GAZ_LIKE_NONE;
}

bool gaz_key_allows(const struct gaz_twin_finder *finder, gaz_key key,
                    const struct gaz_twin_side *a,
                    const struct gaz_twin_side *b)
{
    if (finder->kind == GAZ_TWINS_ADDRESSES) {
        if (gaz_cues_numbers(a, b) != GAZ_FORBID_NONE)
            return false;
        if (key == GAZ_KEY_OPEN && a->town >= 0 && b->town >= 0)
            return false;
        /* squares find those that have positions */
        if (key == GAZ_KEY_GAP && a->is_placed && b->is_placed)
            return false;
    }
    if (key == GAZ_KEY_CELL &&
        gaz_coord_distance_m(a->at, b->at) > finder->scale->block_m)
        return false;
    return (key != GAZ_KEY_CELL && key != GAZ_KEY_GAP) || are_alike(a, b);
}

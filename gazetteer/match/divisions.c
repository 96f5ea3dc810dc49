/* SPDX-License-Identifier: Apache-2.0 */
#include "gazetteer/match/divisions.h"

#include <string.h>

enum { NAMES_MAX = 8, CODES_MAX = 48 };

/* The codes that the division names of a side may have. */
struct codes {
    uint32_t items[CODES_MAX];
    int count;
};

struct names {
    struct codes items[NAMES_MAX];
    int count;
};

uint32_t gaz_divisions_hash(const uint32_t *tokens, int count)
{
    uint32_t h = 2166136261u;
    for (int i = 0; i < count; i++) {
        h = (h ^ tokens[i]) * 16777619u;
        h ^= h >> 13;
    }
    h *= 0x9E3779B1u;
    return h ^ h >> 16;
}

static void find_codes(const struct gaz_divisions *table, uint32_t hash,
                       struct codes *out)
{
    uint32_t low = 0;
    uint32_t high = table->count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (table->items[middle].hash < hash)
            low = middle + 1;
        else
            high = middle;
    }
    out->count = 0;
    for (uint32_t i = low; i < table->count && table->items[i].hash == hash &&
                           out->count < CODES_MAX;
         i++)
        out->items[out->count++] = table->items[i].code;
}

/* Digits of a code: 330000000 has 2. */
static int digits(uint32_t code)
{
    if (code % 1000 != 0)
        return 9;
    if (code / 1000 % 100 != 0)
        return 6;
    return code / 100000 % 100 != 0 ? 4 : 2;
}

/* How many digits two codes share, when one begins with the other; else 0. */
static int shared(uint32_t a, uint32_t b)
{
    static const uint32_t UNIT[] = {
        [2] = 10000000, [4] = 100000, [6] = 1000, [9] = 1};
    int da = digits(a);
    int db = digits(b);
    int less = da < db ? da : db;
    return a / UNIT[less] == b / UNIT[less] ? less : 0;
}

static int agree(const struct codes *a, const struct codes *b)
{
    int best = 0;
    for (int i = 0; i < a->count; i++) {
        for (int j = 0; j < b->count; j++) {
            int s = shared(a->items[i], b->items[j]);
            best = s > best ? s : best;
        }
    }
    return best;
}

/* Keeps the codes that agree with some code of the other, if any does. */
static void narrow(struct codes *codes, const struct codes *other)
{
    struct codes kept = {.count = 0};
    for (int i = 0; i < codes->count; i++) {
        struct codes one = {{codes->items[i]}, 1};
        if (agree(&one, other) > 0)
            kept.items[kept.count++] = codes->items[i];
    }
    if (kept.count > 0)
        *codes = kept;
}

static void read_names(const struct gaz_divisions *table,
                       const struct gaz_side *side, struct names *out)
{
    out->count = 0;
    for (int i = 0; i < side->part_count && out->count < NAMES_MAX; i++) {
        const struct gaz_part *p = &side->parts[i];
        if (p->slot > GAZ_SLOT_TOWN)
            continue;
        struct codes *codes = &out->items[out->count];
        find_codes(table,
                   gaz_divisions_hash(side->tokens + p->from, p->to - p->from),
                   codes);
        out->count += codes->count > 0 ? 1 : 0;
    }
    for (int i = 0; i < out->count; i++) {
        for (int j = 0; j < out->count; j++) {
            if (i != j)
                narrow(&out->items[i], &out->items[j]);
        }
    }
}

static int finest(const struct names *names)
{
    int best = 0;
    for (int i = 0; i < names->count; i++) {
        for (int k = 0; k < names->items[i].count; k++) {
            int d = digits(names->items[i].items[k]);
            best = d > best ? d : best;
        }
    }
    return best;
}

void gaz_divisions_compare(const struct gaz_divisions *table,
                           const struct gaz_side *a, const struct gaz_side *b,
                           struct gaz_agreement *out)
{
    struct names names[2];
    read_names(table, a, &names[0]);
    read_names(table, b, &names[1]);
    memset(out, 0, sizeof *out);
    out->levels[0] = finest(&names[0]);
    out->levels[1] = finest(&names[1]);
    for (int i = 0; i < names[0].count; i++) {
        for (int j = 0; j < names[1].count; j++) {
            int depth = agree(&names[0].items[i], &names[1].items[j]);
            out->agreements += depth > 0 ? 1 : 0;
            out->conflicts += depth == 0 ? 1 : 0;
            out->depth = depth > out->depth ? depth : out->depth;
        }
    }
    if (names[0].count == 0 || names[1].count == 0)
        out->depth = -1;
}

/* SPDX-License-Identifier: Apache-2.0 */
/* House numbers, of the synthetic city: nothing here is real. */
#include <stdio.h>
#include <string.h>

#include "gazetteer/base/text.h"
#include "tests/accuracy/noise/noise.h"

static const char *text_of(const struct noise_maker *maker, uint32_t offset)
{
    return gaz_snapshot_text(maker->snap, offset);
}

/* Draws an address of a base; writes its names, then number and tail. */
static uint32_t begin(struct noise_maker *maker, struct noise_text *text)
{
    uint32_t place =
        maker->bases[city_below(&maker->random, maker->base_count)];
    const struct gaz_snap_place *row = &maker->snap->places[place];
    uint32_t address =
        row->address_first + city_below(&maker->random, row->address_count);
    noise_write(maker, place, text);
    const struct gaz_snap_address *entry = &maker->snap->addresses[address];
    text->places[text->count] = GAZ_NONE;
    (void)snprintf(text->parts[text->count++], NOISE_PART_BYTES, "%s%s",
                   text_of(maker, entry->number), text_of(maker, entry->tail));
    return address;
}

static bool finish(const struct noise_text *text, uint32_t address,
                   struct noise_question *out)
{
    *out = (struct noise_question){.address = address};
    noise_join(text, out->text);
    out->truths[out->truth_count++] = text->places[text->finest];
    return true;
}

bool noise_make_number(struct noise_maker *maker, struct noise_question *out)
{
    struct noise_text text;
    uint32_t address = begin(maker, &text);
    return finish(&text, address, out);
}

/* One character of the road is another. */
bool noise_make_number_typo(struct noise_maker *maker,
                            struct noise_question *out)
{
    struct noise_text text;
    uint32_t address = begin(maker, &text);
    char *name = text.parts[text.finest];
    size_t size = strlen(name);
    size_t letters = gaz_text_count(name, size);
    if (letters < 3)
        return false;
    uint32_t which = city_below(&maker->random, (uint32_t)letters - 1);
    size_t at = 0;
    size_t start = 0;
    uint32_t c = 0;
    for (uint32_t i = 0; i <= which; i++) {
        start = at;
        c = gaz_text_next(name, size, &at);
    }
    uint32_t other = noise_letters_other(maker->letters, &maker->random,
                                         NOISE_LETTER_ANY, c);
    char changed[NOISE_PART_BYTES];
    char letter[4];
    if (other == 0)
        return false;
    size_t bytes = gaz_text_encode(other, letter);
    (void)snprintf(changed, sizeof(changed), "%.*s%.*s%s", (int)start, name,
                   (int)bytes, letter, name + at);
    if (noise_is_name(maker->snap, changed))
        return false;
    memcpy(name, changed, sizeof(changed));
    return finish(&text, address, out);
}

/* The town, the road and the number. */
bool noise_make_number_short(struct noise_maker *maker,
                             struct noise_question *out)
{
    struct noise_text text;
    struct noise_text brief = {.count = 0};
    uint32_t address = begin(maker, &text);
    for (int i = 0; i < text.count; i++) {
        uint32_t place = text.places[i];
        if (place != GAZ_NONE && i != text.finest &&
            maker->snap->places[place].level != GAZ_LEVEL_TOWN)
            continue;
        if (i == text.finest)
            brief.finest = brief.count;
        brief.places[brief.count] = place;
        memcpy(brief.parts[brief.count++], text.parts[i], NOISE_PART_BYTES);
    }
    return finish(&brief, address, out);
}

/* 158 as 一百五十八, with 零 where a place is empty. */
static void spell(int value, char *out, size_t size)
{
    static const char *const DIGITS[] = {"零", "一", "二", "三", "四",
                                         "五", "六", "七", "八", "九"};
    static const char *const UNITS[] = {"千", "百", "十", ""};
    static const int WORTH[] = {1000, 100, 10, 1};
    size_t used = 0;
    bool is_gap = false;
    out[0] = '\0';
    for (int i = 0; i < 4; i++) {
        int digit = value / WORTH[i] % 10;
        if (digit == 0) {
            is_gap = used > 0;
            continue;
        }
        bool is_teen = used == 0 && i == 2 && digit == 1;
        used += (size_t)snprintf(out + used, size - used, "%s%s%s",
                                 is_gap ? DIGITS[0] : "",
                                 is_teen ? "" : DIGITS[digit], UNITS[i]);
        is_gap = false;
    }
}

bool noise_make_number_spelt(struct noise_maker *maker,
                             struct noise_question *out)
{
    struct noise_text text;
    uint32_t address = begin(maker, &text);
    const struct gaz_snap_address *row = &maker->snap->addresses[address];
    const char *number = text_of(maker, row->number);
    const char *unit = number + strspn(number, "0123456789");
    if (row->number_value <= 0 || row->number_value > 9999 || unit == number)
        return false;
    char digits[NOISE_PART_BYTES / 2];
    spell(row->number_value, digits, sizeof(digits));
    (void)snprintf(text.parts[text.count - 1], NOISE_PART_BYTES, "%s%s%s",
                   digits, unit, text_of(maker, row->tail));
    return finish(&text, address, out);
}

bool noise_make_number_words(struct noise_maker *maker,
                             struct noise_question *out)
{
    (void)noise_make_number(maker, out);
    noise_words(maker, out->text);
    return true;
}

/* A number far from all that the road has: the road is right, no address is. */
bool noise_make_number_absent(struct noise_maker *maker,
                              struct noise_question *out)
{
    struct noise_text text;
    (void)begin(maker, &text);
    (void)snprintf(text.parts[text.count - 1], NOISE_PART_BYTES, "%u号",
                   20001 + city_below(&maker->random, 50000));
    return finish(&text, GAZ_NONE, out);
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/bench/city_questions.h"

#include <stdio.h>
#include <string.h>

enum { TEXT_BYTES = 512 };

static void write_escaped(char *out, size_t size, const char *begin,
                          const char *text)
{
    int at = snprintf(out, size, "%s", begin);
    for (; *text && at > 0 && (size_t)at + 4 < size; text++) {
        unsigned char c = (unsigned char)*text;
        bool is_plain =
            (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z');
        at += snprintf(out + at, size - (size_t)at, is_plain ? "%c" : "%%%02X",
                       c);
    }
}

static const char *name_of(const struct gaz_snapshot *snap, uint32_t place)
{
    return gaz_snapshot_text(snap,
                             snap->names[snap->places[place].name_first].text);
}

static uint32_t town_of(const struct gaz_snapshot *snap, uint32_t place)
{
    const struct gaz_snap_place *places = snap->places;
    while (place != GAZ_NONE && places[place].level != GAZ_LEVEL_TOWN)
        place = places[place].parent;
    return place;
}

void city_question_geocode(const struct gaz_snapshot *snap,
                           struct city_random *random, char *out, size_t size)
{
    static const char WRONG[] = "龘";
    char text[TEXT_BYTES];
    uint32_t address = city_below(random, snap->address_count);
    uint32_t road = snap->addresses[address].parent;
    uint32_t way = city_below(random, 10);
    (void)city_address_text(snap, address, text, sizeof(text));
    char *begin = text;
    uint32_t over = town_of(snap, road);
    char *at = strstr(text, name_of(snap, road));
    if (way < 2 && at && strlen(name_of(snap, road)) >= 9)
        memcpy(at, WRONG, sizeof(WRONG) - 1);
    else if (way < 4 && over != GAZ_NONE && strstr(text, name_of(snap, over)))
        begin = strstr(text, name_of(snap, over));
    write_escaped(out, size, "/v1/geocode?q=", begin);
}

void city_question_reverse(const struct gaz_snapshot *snap,
                           struct city_random *random, char *out, size_t size)
{
    (void)snap;
    const struct gaz_box box = city_bounds();
    const double lon = city_between(random, box.min.lon, box.max.lon);
    const double lat = city_between(random, box.min.lat, box.max.lat);
    (void)snprintf(out, size, "/v1/reverse?lon=%.6f&lat=%.6f", lon, lat);
}

void city_question_suggest(const struct gaz_snapshot *snap,
                           struct city_random *random, char *out, size_t size)
{
    char key[8] = "";
    uint32_t place = city_below(random, snap->place_count);
    const char *plain = gaz_snapshot_text(
        snap, snap->names[snap->places[place].name_first].plain);
    size_t letters = 2 + city_below(random, 5);
    for (size_t i = 0; i < letters && plain[i]; i++)
        key[i] = plain[i];
    write_escaped(out, size, "/v1/suggest?q=", key);
}

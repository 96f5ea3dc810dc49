/* SPDX-License-Identifier: Apache-2.0 */
/* Questions that must not be answered: what they name is not in the data. */
#include <stdio.h>
#include <string.h>

#include "gazetteer/base/text.h"
#include "tests/accuracy/noise/noise.h"

/* Real counties far from the area (data/words/counties.txt has them all), with
 * their cities and provinces. */
static const char *const FAR[] = {
    "浙江省温州市苍南县",
    "浙江省衢州市开化县",
    "浙江省丽水市缙云县",
    "浙江省台州市仙居县",
    "江苏省徐州市睢宁县",
    "江苏省盐城市射阳县",
    "安徽省黄山市歙县",
    "山东省菏泽市郓城县",
    "河南省南阳市淅川县",
    "广东省梅州市蕉岭县",
    "四川省宜宾市珙县",
    "福建省宁德市屏南县",
    "湖南省郴州市桂东县",
    "陕西省汉中市勉县",
    "江西省赣州市寻乌县",
    "苍南县",
    "睢宁县",
    "郓城县",
    "淅川县",
    "蕉岭县",
    "开化县",
};
enum { FAR_COUNT = sizeof(FAR) / sizeof(FAR[0]) };

static const char *draw_far(struct noise_maker *maker)
{
    return FAR[city_below(&maker->random, FAR_COUNT)];
}

/* A name of ours below a county far away: another place of that name. */
bool noise_make_foreign(struct noise_maker *maker, struct noise_question *out)
{
    uint32_t place = noise_draw_base(maker);
    *out = (struct noise_question){.address = GAZ_NONE};
    (void)snprintf(out->text, sizeof(out->text), "%s%s", draw_far(maker),
                   noise_name(maker->snap, place));
    return true;
}

/* The bytes of the first `letters` characters. */
static int bytes_of(const char *text, int letters)
{
    size_t at = 0;
    for (int i = 0; i < letters; i++)
        (void)gaz_text_next(text, strlen(text), &at);
    return (int)at;
}

static int differences(const char *a, const char *b)
{
    size_t at_a = 0;
    size_t at_b = 0;
    int count = 0;
    for (;;) {
        uint32_t left = gaz_text_next(a, strlen(a), &at_a);
        uint32_t right = gaz_text_next(b, strlen(b), &at_b);
        if (left == 0 && right == 0)
            return count;
        count += left != right;
    }
}

/* No name of the town is within one character of it, so that it is no typo. */
static bool is_new_in(const struct gaz_snapshot *snap, uint32_t town,
                      const char *name)
{
    const struct gaz_snap_place *row = &snap->places[town];
    for (uint32_t i = 0; i < row->child_count; i++) {
        uint32_t child = snap->children[row->child_first + i];
        if (differences(noise_name(snap, child), name) < 2)
            return false;
    }
    return !noise_is_name(snap, name);
}

/* A town of ours and a village put together from the characters of two. */
bool noise_make_invented(struct noise_maker *maker, struct noise_question *out)
{
    const struct gaz_snapshot *snap = maker->snap;
    uint32_t place = noise_draw_base(maker);
    uint32_t town = noise_above(snap, place, GAZ_LEVEL_TOWN);
    const char *first = noise_name(snap, noise_draw_base(maker));
    const char *second = noise_name(snap, noise_draw_base(maker));
    if (town == GAZ_NONE || gaz_text_count(second, strlen(second)) < 3)
        return false;
    int from = bytes_of(second, 1);
    char name[NOISE_PART_BYTES];
    (void)snprintf(name, sizeof(name), "%.*s%.*s村", bytes_of(first, 1), first,
                   bytes_of(second, 2) - from, second + from);
    if (!is_new_in(snap, town, name))
        return false;
    uint32_t county = noise_above(snap, town, GAZ_LEVEL_COUNTY);
    *out = (struct noise_question){.address = GAZ_NONE};
    (void)snprintf(out->text, sizeof(out->text), "%s%s%s",
                   county != GAZ_NONE ? noise_name(snap, county) : "",
                   noise_name(snap, town), name);
    return true;
}

/* A street of a county far away. */
bool noise_make_nowhere(struct noise_maker *maker, struct noise_question *out)
{
    static const char *const STREETS[] = {"人民路", "解放路", "中山路",
                                          "建设路", "新华路", "朝阳路"};
    /* one draw a line: the order of arguments is the compiler's */
    const char *county = draw_far(maker);
    const char *street = STREETS[city_below(&maker->random, 6)];
    uint32_t number = 1 + city_below(&maker->random, 300);
    *out = (struct noise_question){.address = GAZ_NONE};
    (void)snprintf(out->text, sizeof(out->text), "%s%s%u号", county, street,
                   number);
    return true;
}

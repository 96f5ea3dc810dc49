/* SPDX-License-Identifier: Apache-2.0 */
/* Test plan: settle.h. Against a brute force that knows no grid and no heap:
 * the same items get the same places; after thousands of random additions,
 * removals and moves the incremental outcome equals that of settling everything
 * anew; nothing overlaps; a change far away wakes nobody. */
#include "tests/unit/test.h"

#include <stdlib.h>
#include <string.h>

#include "tests/unit/tiles/random.h"
#include "tiles/settle.h"

enum { ITEMS_MAX = 600, WORLD = 900 };

static uint32_t random_below(struct random *r, uint32_t limit)
{
    return (uint32_t)random_between(r, 0, (int64_t)limit - 1);
}

struct town {
    struct tile_item items[ITEMS_MAX];
    struct tile_rect boxes[ITEMS_MAX][3];
    uint32_t slots[ITEMS_MAX];
    bool is_there[ITEMS_MAX];
};

static struct tile_item random_item(struct random *r, uint32_t number,
                                    struct tile_rect boxes[3])
{
    struct tile_item item = {
        .order = {.layer = random_below(r, 3),
                  .rank = random_below(r, 5),
                  .sort = random_below(r, 3),
                  .id = number},
        .x = random_below(r, WORLD),
        .y = random_below(r, WORLD),
        .away = 6,
        .padding = 2,
        .is_text_optional = random_below(r, 2),
        .may_step = random_below(r, 5) == 0,
    };
    uint32_t kind = random_below(r, 4);
    if (kind != 0)
        item.icon = 3 + (int)random_below(r, 5);
    if (kind == 3) { /* along a line */
        item.icon = 0;
        item.box_count = 3;
        for (int i = 0; i < 3; i++)
            boxes[i] =
                (struct tile_rect){item.x + 15 * i, item.y + 6 * i,
                                   item.x + 15 * i + 14, item.y + 6 * i + 14};
        item.boxes = boxes;
        return item;
    }
    if (kind != 1) {
        item.text_width = 20 + (int)random_below(r, 60);
        item.text_height = 12;
    }
    static const uint8_t ANCHORS[4] = {TILE_ANCHOR_LEFT, TILE_ANCHOR_RIGHT,
                                       TILE_ANCHOR_BOTTOM, TILE_ANCHOR_TOP};
    item.anchor_count = item.icon > 0 ? 4 : 1;
    if (item.icon > 0)
        memcpy(item.anchors, ANCHORS, 4);
    return item;
}

/* ---- the brute force ---- */

struct outcome {
    struct tile_settled settled[ITEMS_MAX];
    struct tile_rect taken[4 * ITEMS_MAX];
    int count;
};

static struct tile_rect box_at(const struct tile_item *item,
                               const struct tile_settled *settled, bool is_icon)
{
    int64_t icon[2];
    int64_t text[2];
    tile_settle_spots(item, settled, icon, text);
    if (is_icon)
        return (struct tile_rect){icon[0] - item->icon, icon[1] - item->icon,
                                  icon[0] + item->icon, icon[1] + item->icon};
    return (struct tile_rect){text[0] - item->padding, text[1] - item->padding,
                              text[0] + item->text_width + item->padding,
                              text[1] + item->text_height + item->padding};
}

static bool is_free(const struct outcome *o, const struct tile_rect *box)
{
    for (int i = 0; i < o->count; i++)
        if (tile_rect_overlaps(&o->taken[i], box))
            return false;
    return true;
}

static bool find_text(const struct outcome *o, const struct tile_item *item,
                      struct tile_settled *out)
{
    for (uint32_t i = 0; i < item->box_count; i++)
        if (!is_free(o, &item->boxes[i]))
            return false;
    if (item->text_height == 0)
        return item->box_count > 0;
    for (int i = 0; i < item->anchor_count; i++) {
        out->anchor = item->anchors[i];
        struct tile_rect box = box_at(item, out, false);
        if (is_free(o, &box))
            return true;
    }
    out->anchor = 0;
    return false;
}

static void place(struct outcome *o, const struct tile_item *item,
                  struct tile_settled *out)
{
    struct tile_settled made = {0};
    bool found = item->icon == 0;
    for (int step = 0; !found && step < (item->may_step ? 4 : 1); step++) {
        made.step = (uint8_t)step;
        struct tile_rect box = box_at(item, &made, true);
        found = is_free(o, &box);
    }
    if (!found)
        return;
    bool wants = item->text_height > 0 || item->box_count > 0;
    made.has_icon = item->icon > 0;
    made.has_text = wants && find_text(o, item, &made);
    if (wants && !made.has_text && !item->is_text_optional)
        return;
    if (made.has_icon)
        o->taken[o->count++] = box_at(item, &made, true);
    if (made.has_text && item->text_height > 0)
        o->taken[o->count++] = box_at(item, &made, false);
    for (uint32_t i = 0; made.has_text && i < item->box_count; i++)
        o->taken[o->count++] = item->boxes[i];
    *out = made;
}

static void brute_force(const struct town *town, struct outcome *out)
{
    int order[ITEMS_MAX];
    int count = 0;
    memset(out, 0, sizeof *out);
    for (int i = 0; i < ITEMS_MAX; i++) {
        if (!town->is_there[i])
            continue;
        int at = count++;
        while (at > 0 &&
               tile_settle_compare(&town->items[i].order,
                                   &town->items[order[at - 1]].order) < 0) {
            order[at] = order[at - 1];
            at--;
        }
        order[at] = i;
    }
    for (int i = 0; i < count; i++)
        place(out, &town->items[order[i]], &out->settled[order[i]]);
}

static void check(const struct town *town, const struct tile_settling *s)
{
    static struct outcome want;
    brute_force(town, &want);
    for (int i = 0; i < ITEMS_MAX; i++)
        if (town->is_there[i])
            assert_memory_equal(tile_settle_get(s, town->slots[i]),
                                &want.settled[i], sizeof want.settled[i]);
}

static void add(struct town *town, struct tile_settling *s, struct random *r,
                int i)
{
    town->items[i] = random_item(r, (uint32_t)i, town->boxes[i]);
    town->slots[i] = tile_settle_add(s, &town->items[i]);
    town->is_there[i] = true;
}

static void test_incremental(void **state)
{
    (void)state;
    static struct town town;
    for (uint64_t seed = 1; seed <= 6; seed++) {
        struct random random = random_open(seed);
        memset(&town, 0, sizeof town);
        struct tile_settling *s = tile_settle_open();
        for (int i = 0; i < ITEMS_MAX / 2; i++)
            add(&town, s, &random, i);
        (void)tile_settle_run(s);
        check(&town, s);
        for (int round = 0; round < 350; round++) {
            for (uint32_t edits = 1 + random_below(&random, 3); edits > 0;
                 edits--) {
                int i = (int)random_below(&random, ITEMS_MAX);
                if (town.is_there[i])
                    tile_settle_remove(s, town.slots[i]);
                town.is_there[i] = false;
                if (random_below(&random, 2))
                    add(&town, s, &random, i);
            }
            (void)tile_settle_run(s);
            check(&town, s);
        }
        tile_settle_close(s);
    }
}

static void test_only_neighbours(void **state)
{
    (void)state;
    static struct town town;
    struct random random = random_open(7);
    memset(&town, 0, sizeof town);
    struct tile_settling *s = tile_settle_open();
    for (int i = 0; i < ITEMS_MAX; i++)
        add(&town, s, &random, i);
    assert_int_equal(tile_settle_run(s), ITEMS_MAX);
    assert_int_equal(tile_settle_run(s), 0);
    struct tile_item far_away = town.items[0];
    far_away.order.id = ITEMS_MAX + 1;
    far_away.x += 100000;
    far_away.box_count = 0;
    uint32_t slot = tile_settle_add(s, &far_away);
    assert_int_equal(tile_settle_run(s), 1);
    tile_settle_remove(s, slot);
    assert_int_equal(tile_settle_run(s), 0);
    tile_settle_close(s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_incremental),
        cmocka_unit_test(test_only_neighbours),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* settle.h - who gets the room: labels placed one after the other, by order.
 *
 * An item is an icon, a text, or both. Items come in a total order (layer, sort
 * key, rank, id, part); each takes the first of its positions that no earlier
 * one has taken. So the result is a pure function of the set of items, and what
 * an item gets depends on earlier ones near it only. That makes it possible to
 * change a few items and settle again without looking at the rest: when an
 * item's boxes change, the later items whose reach meets the old or the new
 * boxes are looked at again, in order, until nothing changes. The outcome is
 * the same as that of settling everything anew (test_tile_settle.c).
 *
 *     struct tile_settling *s = tile_settle_open();
 *     uint32_t slot = tile_settle_add(s, &item);
 *     tile_settle_run(s);
 *     tile_settle_get(s, slot)->has_text ...
 *
 * One thread at a time.
 */
#ifndef TILES_SETTLE_H
#define TILES_SETTLE_H

#include <stddef.h>
#include <stdint.h>

#include "gazetteer/base/arena.h"
#include "tiles/rect.h"

enum { TILE_SETTLE_ANCHORS = 4, TILE_SETTLE_STEPS = 4 };

/* On which side of the icon the text stands; names as in MapLibre's
 * "text-variable-anchor": the part of the text that is next to the point. */
typedef enum {
    TILE_ANCHOR_CENTER,
    TILE_ANCHOR_LEFT,
    TILE_ANCHOR_RIGHT,
    TILE_ANCHOR_BOTTOM,
    TILE_ANCHOR_TOP,
} tile_anchor;

/* The place of an item in the order; smaller comes first. No two are equal. */
struct tile_order {
    uint32_t layer;
    uint32_t rank;
    double sort;
    uint64_t id;
    uint32_t part;
};

struct tile_item {
    struct tile_order order;
    int64_t x; /* the point, pixels of the zoom at scale 1 */
    int64_t y;
    int icon; /* half the side of the icon's square; 0: no icon */
    int text_width;
    int text_height; /* 0: no text, or one that follows a line */
    int away;        /* from the point to the text */
    int padding;     /* kept free around the text */
    uint8_t anchors[TILE_SETTLE_ANCHORS];
    uint8_t anchor_count;
    bool may_step;                 /* the icon may stand beside its point */
    bool is_text_optional;         /* the icon alone is enough */
    bool may_overlap;              /* the icon stands whatever is there */
    const struct tile_rect *boxes; /* of a text along a line; copied */
    uint32_t box_count;
};

struct tile_settled {
    bool has_icon;
    bool has_text;
    uint8_t step;
    uint8_t anchor; /* tile_anchor */
};

struct tile_settling;

struct tile_settling *tile_settle_open(void);
void tile_settle_close(struct tile_settling *settling); /* accepts NULL */

/* tile_settle_add copies an item and returns its slot. */
uint32_t tile_settle_add(struct tile_settling *settling,
                         const struct tile_item *item);
/* tile_settle_remove takes an item out; its slot may be used again. */
void tile_settle_remove(struct tile_settling *settling, uint32_t slot);

/* tile_settle_run gives every item that was added, or that the changes concern,
 * its place. Returns how many items it looked at. */
uint32_t tile_settle_run(struct tile_settling *settling);

/* tile_settle_prepare makes ready for changes, which the first would do else.
 */
void tile_settle_prepare(struct tile_settling *settling);

/* tile_settle_changed returns the slots whose place the last run changed. Not
 * noted by the first run, which places everything. */
uint32_t tile_settle_changed(const struct tile_settling *settling,
                             const uint32_t **out);

const struct tile_item *tile_settle_item(const struct tile_settling *settling,
                                         uint32_t slot);

const struct tile_settled *tile_settle_get(const struct tile_settling *settling,
                                           uint32_t slot);

/* Where the icon's middle and the text's corner stand. */
void tile_settle_spots(const struct tile_item *item,
                       const struct tile_settled *settled, int64_t icon[2],
                       int64_t text[2]);

int tile_settle_compare(const struct tile_order *a, const struct tile_order *b);

#endif

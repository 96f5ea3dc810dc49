/* SPDX-License-Identifier: Apache-2.0 */
#include "gazetteer/match/evidence.h"

#include <string.h>

static const struct {
    const char *name;
    const char *zh;
    const char *en;
} SLOTS[GAZ_SLOTS] = {
    [GAZ_SLOT_PROVINCE] = {"province", "省", "province"},
    [GAZ_SLOT_CITY] = {"city", "市", "city"},
    [GAZ_SLOT_DISTRICT] = {"district", "区县", "district"},
    [GAZ_SLOT_TOWN] = {"town", "乡镇街道", "town"},
    [GAZ_SLOT_ZONE] = {"zone", "开发区", "development zone"},
    [GAZ_SLOT_COMMUNITY] = {"community", "村社区", "village or community"},
    [GAZ_SLOT_ROAD] = {"road", "道路", "road"},
    [GAZ_SLOT_ROADNO] = {"road_number", "门牌号", "house number"},
    [GAZ_SLOT_SUBROAD] = {"lane", "支路里弄", "lane"},
    [GAZ_SLOT_SUBROADNO] = {"lane_number", "里弄号", "number in the lane"},
    [GAZ_SLOT_POI] = {"place", "地点名称", "name of the place"},
    [GAZ_SLOT_SUBPOI] = {"part", "内部名称", "part of the place"},
    [GAZ_SLOT_HOUSE] = {"building", "楼栋", "building"},
    [GAZ_SLOT_CELL] = {"unit", "单元", "unit"},
    [GAZ_SLOT_FLOOR] = {"floor", "楼层", "floor"},
    [GAZ_SLOT_ROOM] = {"room", "室", "room"},
    [GAZ_SLOT_ASSIST] = {"position", "方位", "position words"},
    [GAZ_SLOT_OTHER] = {"other", "其他", "other words"},
};

static const struct {
    const char *name;
    const char *zh; /* slot, a, b */
    const char *en;
} STATES[] = {
    [GAZ_EVIDENCE_AGREES] = {"agrees", "%s一致：%s", "%s agrees: %s"},
    [GAZ_EVIDENCE_SIMILAR] = {"similar", "%s相近：%s 与 %s",
                              "%s is similar: %s and %s"},
    [GAZ_EVIDENCE_CONFLICTS] = {"conflicts", "%s不同：%s 与 %s",
                                "%s differs: %s and %s"},
    [GAZ_EVIDENCE_ONLY_A] = {"only_a", "%s只在甲：%s", "%s is in a only: %s"},
    [GAZ_EVIDENCE_ONLY_B] = {"only_b", "%s只在乙：%s", "%s is in b only: %s"},
    [GAZ_EVIDENCE_ELSEWHERE] = {"elsewhere", "%s在另一方作其他要素：%s",
                                "%s is in the other as another element: %s"},
};

/* Below this two names are not the same place. */
static const float SIMILAR = 0.5f;

/* The parts of a slot in the words of the text, apart by a blank. */
static const char *slot_text(struct gaz_arena *arena,
                             const struct gaz_side *side, int slot)
{
    const char *text = "";
    for (int i = 0; i < side->part_count; i++) {
        if (side->parts[i].slot != slot)
            continue;
        const struct gaz_element *e =
            &side->elements.items[side->parts[i].element];
        text = gaz_arena_printf(arena, "%s%s%.*s", text, *text ? " " : "",
                                e->byte_end - e->byte_start,
                                side->text + e->byte_start);
    }
    return text;
}

static bool same_part(struct gaz_span a, struct gaz_span b)
{
    return a.count == b.count && gaz_overlap_contains(a, b);
}

/* Numbers are the same or not; 10号 is not like 1号. */
static bool is_number_slot(int slot)
{
    return slot == GAZ_SLOT_ROADNO || slot == GAZ_SLOT_SUBROADNO ||
           (slot >= GAZ_SLOT_HOUSE && slot <= GAZ_SLOT_ROOM);
}

static bool share_number(struct gaz_span a, struct gaz_span b)
{
    for (int i = 0; i < a.count; i++) {
        for (int j = 0; j < b.count && gaz_side_is_number(a.tokens[i]); j++) {
            if (a.tokens[i] == b.tokens[j])
                return true;
        }
    }
    return false;
}

static gaz_evidence_state compare_parts(int slot, struct gaz_span a,
                                        struct gaz_span b)
{
    if (same_part(a, b))
        return GAZ_EVIDENCE_AGREES;
    if (is_number_slot(slot))
        return share_number(a, b) ? GAZ_EVIDENCE_SIMILAR
                                  : GAZ_EVIDENCE_CONFLICTS;
    if (gaz_overlap_contains(a, b) || gaz_overlap_contains(b, a) ||
        gaz_overlap_dice(a, b) >= SIMILAR)
        return GAZ_EVIDENCE_SIMILAR;
    return GAZ_EVIDENCE_CONFLICTS;
}

/* The best of all parts of the slot. */
static gaz_evidence_state compare_slot(const struct gaz_side *a,
                                       const struct gaz_side *b, int slot)
{
    gaz_evidence_state best = GAZ_EVIDENCE_CONFLICTS;
    for (int i = 0; i < a->part_count; i++) {
        for (int j = 0; j < b->part_count; j++) {
            if (a->parts[i].slot != slot || b->parts[j].slot != slot)
                continue;
            gaz_evidence_state state = compare_parts(
                slot, gaz_overlap_part(a, i), gaz_overlap_part(b, j));
            best = state < best ? state : best;
        }
    }
    return best;
}

/* Whether all parts of x's slot stand in y, word for word. */
static bool stands_in(const struct gaz_side *x, const struct gaz_side *y,
                      int slot)
{
    for (int i = 0; i < x->part_count; i++) {
        if (x->parts[i].slot == slot &&
            !gaz_overlap_contains(gaz_overlap_whole(y), gaz_overlap_part(x, i)))
            return false;
    }
    return true;
}

static gaz_evidence_state find_state(const struct gaz_side *a,
                                     const struct gaz_side *b, int slot,
                                     bool in_a, bool in_b)
{
    if (in_a && in_b)
        return compare_slot(a, b, slot);
    if (in_a)
        return stands_in(a, b, slot) ? GAZ_EVIDENCE_ELSEWHERE
                                     : GAZ_EVIDENCE_ONLY_A;
    return stands_in(b, a, slot) ? GAZ_EVIDENCE_ELSEWHERE : GAZ_EVIDENCE_ONLY_B;
}

/* The sentence of a state; both texts are words of the addresses. */
static const char *say(struct gaz_arena *arena, gaz_evidence_state state,
                       bool is_zh, const char *slot, const char *a,
                       const char *b)
{
    const char *form = is_zh ? STATES[state].zh : STATES[state].en;
    const char *first = *a ? a : b;
    enum { VALUES = 3 };
    const char *values[VALUES] = {slot, first, b};
    const char *text = "";
    int next = 0;
    for (;;) {
        const char *mark = strstr(form, "%s");
        if (!mark || next == VALUES)
            return gaz_arena_printf(arena, "%s%s", text, form);
        text = gaz_arena_printf(arena, "%s%.*s%s", text, (int)(mark - form),
                                form, values[next++]);
        form = mark + 2;
    }
}

void gaz_evidence_read(struct gaz_arena *arena, const struct gaz_side *a,
                       const struct gaz_side *b, struct gaz_evidence *out)
{
    out->count = 0;
    for (int slot = 0; slot < GAZ_SLOT_OTHER; slot++) {
        const char *ta = slot_text(arena, a, slot);
        const char *tb = slot_text(arena, b, slot);
        if (!*ta && !*tb)
            continue;
        gaz_evidence_state state =
            find_state(a, b, slot, *ta != '\0', *tb != '\0');
        out->items[out->count++] = (struct gaz_evidence_item){
            .slot = slot,
            .state = state,
            .a = ta,
            .b = tb,
            .zh = say(arena, state, true, SLOTS[slot].zh, ta, tb),
            .en = say(arena, state, false, SLOTS[slot].en, ta, tb)};
    }
}

const char *gaz_evidence_slot_name(int slot)
{
    return SLOTS[slot].name;
}

const char *gaz_evidence_state_name(gaz_evidence_state state)
{
    return STATES[state].name;
}

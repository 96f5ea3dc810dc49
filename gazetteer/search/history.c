/* SPDX-License-Identifier: Apache-2.0 */
#include "gazetteer/search/history.h"

/* The day from which the place is no more; 0: it stands. Where the row has no
 * end but says that the place is gone, its last change gives the day, and 1 is
 * before all days: gone, nobody wrote when. */
static gaz_date end_of(const struct gaz_snapshot *snap, uint32_t place)
{
    const struct gaz_snap_place *row = &snap->places[place];
    if (row->valid_to != GAZ_DATE_OPEN || row->status != GAZ_STATUS_HISTORICAL)
        return row->valid_to;
    gaz_date end = 1;
    for (uint32_t i = 0; i < row->change_count; i++) {
        const struct gaz_snap_change *change =
            &snap->changes[row->change_first + i];
        if (change->from == place && change->kind != GAZ_CHANGE_TRANSFER &&
            change->date > end)
            end = change->date;
    }
    return end;
}

bool gaz_history_stands(const struct gaz_snapshot *snap, uint32_t place,
                        gaz_date day)
{
    return gaz_date_in(day, snap->places[place].valid_from,
                       end_of(snap, place));
}

static bool leads_on(const struct gaz_snap_change *change)
{
    switch ((gaz_change_kind)change->kind) {
    case GAZ_CHANGE_RENAME:
    case GAZ_CHANGE_MERGE:
    case GAZ_CHANGE_UPGRADE:
    case GAZ_CHANGE_RECODE:
    case GAZ_CHANGE_SPLIT:
        return change->from != GAZ_NONE && change->to != GAZ_NONE &&
               change->from != change->to;
    default:
        return false;
    }
}

struct walk {
    const struct gaz_snapshot *snap;
    gaz_date day;
    bool forward;
    struct gaz_heir queue[GAZ_HISTORY_STEPS]; /* all places seen, in order */
    int count;
};

static void see(struct walk *walk, uint32_t place,
                const struct gaz_snap_change *change)
{
    for (int i = 0; i < walk->count; i++)
        if (walk->queue[i].place == place)
            return;
    if (walk->count == GAZ_HISTORY_STEPS)
        return;
    walk->queue[walk->count++] = (struct gaz_heir){
        .place = place,
        .date = change ? change->date : 0,
        .kind = change ? (gaz_change_kind)change->kind : GAZ_CHANGE_RENAME,
        .is_later = walk->forward,
    };
}

/* Puts the neighbours of queue[at] in time behind the queue. */
static void step(struct walk *walk, int at)
{
    uint32_t place = walk->queue[at].place;
    const struct gaz_snap_place *row = &walk->snap->places[place];
    for (uint32_t i = 0; i < row->change_count; i++) {
        const struct gaz_snap_change *change =
            &walk->snap->changes[row->change_first + i];
        if (!leads_on(change))
            continue;
        if (walk->forward && change->from == place &&
            (change->date == 0 || change->date <= walk->day))
            see(walk, change->to, change);
        else if (!walk->forward && change->to == place &&
                 (change->date == 0 || change->date > walk->day))
            see(walk, change->from, change);
    }
}

int gaz_history_heirs(const struct gaz_snapshot *snap, uint32_t place,
                      gaz_date day, struct gaz_heir out[GAZ_HEIRS_MAX])
{
    if (gaz_history_stands(snap, place, day))
        return 0;
    const struct gaz_snap_place *row = &snap->places[place];
    struct walk walk = {
        .snap = snap,
        .day = day,
        .forward = row->valid_from == GAZ_DATE_OPEN || row->valid_from <= day,
    };
    see(&walk, place, NULL);
    int count = 0;
    for (int at = 0; at < walk.count; at++) {
        bool stands =
            at > 0 && gaz_history_stands(snap, walk.queue[at].place, day);
        if (stands && count < GAZ_HEIRS_MAX)
            out[count++] = walk.queue[at];
        if (!stands)
            step(&walk, at);
    }
    return count;
}

bool gaz_history_within(const struct gaz_snapshot *snap, uint32_t place,
                        uint32_t ancestor)
{
    if (gaz_snapshot_lies_in(snap, place, ancestor))
        return true;
    if (snap->places[ancestor].change_count == 0)
        return false;
    struct walk walk = {.snap = snap, .day = INT32_MAX, .forward = true};
    see(&walk, ancestor, NULL);
    for (int at = 0; at < walk.count; at++) {
        /* what was split off lies elsewhere since */
        bool is_heir = at > 0 && walk.queue[at].kind != GAZ_CHANGE_SPLIT;
        if (is_heir && gaz_snapshot_lies_in(snap, place, walk.queue[at].place))
            return true;
        if (at == 0 || is_heir)
            step(&walk, at);
    }
    return false;
}

/* history.h - which places stood on a day, and what became of the others.
 *
 * A place that is gone on the asked day answers with its successors (黄姑镇:
 * 独山港镇), one that was not there yet with its predecessors, along the
 * changes of the snapshot. TRANSFER, ESTABLISH and ABOLISH do not lead on: the
 * body stayed the same, had no forerunner, or left no heir.
 */
#ifndef GAZ_SEARCH_HISTORY_H
#define GAZ_SEARCH_HISTORY_H

#include "gazetteer/index/snapshot.h"
#include "gazetteer/model/record.h"

enum {
    GAZ_HEIRS_MAX = 8,      /* successors or predecessors of one place */
    GAZ_HISTORY_STEPS = 32, /* places looked at on the way */
};

struct gaz_heir {
    uint32_t place;
    gaz_date date;        /* of the last change on the way; 0: unknown */
    gaz_change_kind kind; /* of that change */
    bool is_later;        /* a successor; false: a predecessor */
};

/* gaz_history_stands is true when the place exists on `day`. */
bool gaz_history_stands(const struct gaz_snapshot *snap, uint32_t place,
                        gaz_date day);

/* gaz_history_heirs lists the places that stand on `day` for one that does not.
 * Returns how many; 0 when the place stands or nothing is known. */
int gaz_history_heirs(const struct gaz_snapshot *snap, uint32_t place,
                      gaz_date day, struct gaz_heir out[GAZ_HEIRS_MAX]);

/* gaz_history_within is gaz_snapshot_lies_in that also knows that what lay in
 * an abolished division lies in its successor today. */
bool gaz_history_within(const struct gaz_snapshot *snap, uint32_t place,
                        uint32_t ancestor);

#endif

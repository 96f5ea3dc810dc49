/* evidence.h - element by element, why two addresses agree or not.
 *
 * For people: the label comes from the trees, which see more than this.
 */
#ifndef GAZ_MATCH_EVIDENCE_H
#define GAZ_MATCH_EVIDENCE_H

#include "gazetteer/match/overlap.h"

typedef enum {
    GAZ_EVIDENCE_AGREES,    /* both have it, the same */
    GAZ_EVIDENCE_SIMILAR,   /* both have it, in other words */
    GAZ_EVIDENCE_CONFLICTS, /* both have it, and it differs */
    GAZ_EVIDENCE_ONLY_A,    /* b says nothing of it */
    GAZ_EVIDENCE_ONLY_B,
    GAZ_EVIDENCE_ELSEWHERE, /* b has it, as another element */
} gaz_evidence_state;

struct gaz_evidence_item {
    int slot;
    gaz_evidence_state state;
    const char *a; /* in a's words, folded; "" when a has none */
    const char *b;
    const char *zh; /* the reason in words */
    const char *en;
};

struct gaz_evidence {
    struct gaz_evidence_item items[GAZ_SLOTS]; /* coarse to fine */
    int count;
};

/* gaz_evidence_read compares the slots of both sides that have anything but
 * noise. Texts live in `arena`. */
void gaz_evidence_read(struct gaz_arena *arena, const struct gaz_side *a,
                       const struct gaz_side *b, struct gaz_evidence *out);

/* "road", "road_number" ...; "agrees", "conflicts" ... */
const char *gaz_evidence_slot_name(int slot);
const char *gaz_evidence_state_name(gaz_evidence_state state);

#endif

/* side.h - one of the two addresses that are compared, as tokens in slots.
 *
 * The text is folded (NFKC, width, Traditional to Simplified), cut by the
 * element model, and read as tokens: a character each, but a number (12, 十二
 * in front of a unit word) is one token, so that 1号 is no part of 11号. Blanks
 * and signs are no tokens. Each token stands in the slot of its element.
 */
#ifndef GAZ_MATCH_SIDE_H
#define GAZ_MATCH_SIDE_H

#include "gazetteer/model/address.h"
#include "gazetteer/standardise/model.h"
#include "gazetteer/standardise/unicode.h"

/* The levels of an address that are compared, coarse to fine. */
enum {
    GAZ_SLOT_PROVINCE,
    GAZ_SLOT_CITY,
    GAZ_SLOT_DISTRICT,
    GAZ_SLOT_TOWN,
    GAZ_SLOT_ZONE,
    GAZ_SLOT_COMMUNITY,
    GAZ_SLOT_ROAD,
    GAZ_SLOT_ROADNO,
    GAZ_SLOT_SUBROAD,
    GAZ_SLOT_SUBROADNO,
    GAZ_SLOT_POI,
    GAZ_SLOT_SUBPOI,
    GAZ_SLOT_HOUSE,
    GAZ_SLOT_CELL,
    GAZ_SLOT_FLOOR,
    GAZ_SLOT_ROOM,
    GAZ_SLOT_ASSIST,
    GAZ_SLOT_OTHER, /* country, person, redundant, otherinfo */
    GAZ_SLOTS,
};

enum { GAZ_SIDE_TOKENS = 128, GAZ_SIDE_PARTS = GAZ_ELEMENTS_MAX };

/* A token from here on is a number, its value behind the bit. */
#define GAZ_TOKEN_NUMBER 0x40000000u

struct gaz_part {
    int slot;
    int from; /* tokens [from, to) */
    int to;
    int element; /* of gaz_side.elements */
};

struct gaz_side {
    const char *text; /* folded; in the arena */
    size_t size;
    struct gaz_elements elements; /* of the folded text */
    uint32_t tokens[GAZ_SIDE_TOKENS];
    uint8_t slots[GAZ_SIDE_TOKENS];
    float weights[GAZ_SIDE_TOKENS]; /* how rare; filled by gaz_rarity_weigh */
    int count;
    struct gaz_part parts[GAZ_SIDE_PARTS];
    int part_count;
};

/* gaz_side_read reads `text` (UTF-8); what is past GAZ_ADDRESS_MAX_BYTES or
 * GAZ_SIDE_TOKENS is not compared. Memory is ctx->arena.
 * @return GAZ_OK; GAZ_INVALID when the text is not UTF-8 */
gaz_status gaz_side_read(struct gaz_ctx *ctx, struct gaz_unicode *unicode,
                         const struct gaz_model *model, const char *text,
                         size_t size, struct gaz_side *out);

/* gaz_side_is_number is true for a token that is a number. */
static inline bool gaz_side_is_number(uint32_t token)
{
    return (token & GAZ_TOKEN_NUMBER) != 0;
}

#endif

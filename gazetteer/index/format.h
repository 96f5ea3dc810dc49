/* format.h - how a snapshot file is laid out. Private to the room.
 *
 *     header (64 bytes) | one gaz_format_section a kind | the sections
 *
 * Little-endian; every section begins at a multiple of 64 bytes and holds items
 * of one size. The public rows are in snapshot.h; the tables that only look-ups
 * use are here.
 */
#ifndef GAZ_INDEX_FORMAT_H
#define GAZ_INDEX_FORMAT_H

#include <stdint.h>

#include "gazetteer/base/file.h"
#include "gazetteer/index/snapshot.h"

_Static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__,
               "a snapshot is mapped as it is: little-endian machines only");

enum {
    GAZ_FORMAT_ALIGN = 64,
    GAZ_FORMAT_KINDS = 5,        /* gaz_key_kind */
    GAZ_FORMAT_PREFIX_KINDS = 3, /* NAME, PLAIN, INITIALS: see prefix.c */
    GAZ_FORMAT_DEPTH_MAX = 32,   /* parents above a place; 6 in real data */
};

static const char GAZ_FORMAT_MAGIC[8] = "DIMINGSN";

enum gaz_section {
    GAZ_SECTION_PLACES,
    GAZ_SECTION_NAMES,
    GAZ_SECTION_ADDRESSES,
    GAZ_SECTION_CLAIMS,
    GAZ_SECTION_CHANGES,
    GAZ_SECTION_SOURCES,
    GAZ_SECTION_RINGS,
    GAZ_SECTION_POINTS,
    GAZ_SECTION_LINES,
    GAZ_SECTION_CHILDREN,
    GAZ_SECTION_STRINGS,
    GAZ_SECTION_LEXICON,
    GAZ_SECTION_KEY_STARTS,  /* first key of each kind, and one past the last */
    GAZ_SECTION_KEYS,        /* by kind, then bytes of the key */
    GAZ_SECTION_SLOTS,       /* hash table over the keys */
    GAZ_SECTION_POSTINGS,    /* in the order of the keys */
    GAZ_SECTION_RANKS,       /* rank of each posting of the prefix kinds */
    GAZ_SECTION_MINIMA,      /* segment tree over the ranks */
    GAZ_SECTION_NEAR_POINTS, /* kd-tree */
    GAZ_SECTION_NEAR_REFS,   /* place index, or place_count + address index */
    GAZ_SECTION_AREAS,
    GAZ_SECTION_PLACE_POINTS, /* position of each place, compact */
    GAZ_SECTION_ADDRESS_IDS,  /* address indexes by id */
    GAZ_SECTION_REDIRECTS,    /* by merged */
    GAZ_SECTION_BOX_REFS,     /* kd-tree over the places: box.c */
    GAZ_SECTION_SITES,        /* places that state an address, by index */
    GAZ_SECTION_READINGS,     /* by code point, then syllable: sounds.c */
    GAZ_SECTION_COUNT,
};

struct gaz_format_header {
    char magic[8];
    uint32_t version;
    uint32_t section_count;
    uint64_t size;     /* of the file, bytes */
    uint64_t checksum; /* of all bytes but these eight */
    uint64_t journal_seq;
    uint64_t reserved[3];
};

struct gaz_format_section {
    uint64_t offset;
    uint64_t count;
    uint32_t item_size;
    uint32_t kind;
};

struct gaz_format_key {
    uint32_t text;
    uint32_t posting_first;
    uint32_t posting_count;
};

struct gaz_format_slot {
    uint32_t tag; /* further bits of the hash: spares a look at the text */
    uint32_t key; /* index, or GAZ_NONE when free */
};

struct gaz_format_area { /* deepest level first, then by place */
    uint32_t place;
    int32_t min_lon_e7;
    int32_t min_lat_e7;
    int32_t max_lon_e7;
    int32_t max_lat_e7;
};

struct gaz_format_redirect {
    uint64_t merged;
    uint64_t kept;
};

struct gaz_format_reading {
    uint32_t code_point;
    char syllable[8]; /* without tone, ü as v; then NULs */
};

static const uint32_t GAZ_FORMAT_ITEM_SIZES[GAZ_SECTION_COUNT] = {
    [GAZ_SECTION_PLACES] = sizeof(struct gaz_snap_place),
    [GAZ_SECTION_NAMES] = sizeof(struct gaz_snap_name),
    [GAZ_SECTION_ADDRESSES] = sizeof(struct gaz_snap_address),
    [GAZ_SECTION_CLAIMS] = sizeof(struct gaz_snap_claim),
    [GAZ_SECTION_CHANGES] = sizeof(struct gaz_snap_change),
    [GAZ_SECTION_SOURCES] = sizeof(struct gaz_snap_source),
    [GAZ_SECTION_RINGS] = sizeof(struct gaz_snap_ring),
    [GAZ_SECTION_POINTS] = sizeof(struct gaz_snap_point),
    [GAZ_SECTION_LINES] = sizeof(struct gaz_snap_line),
    [GAZ_SECTION_CHILDREN] = sizeof(uint32_t),
    [GAZ_SECTION_STRINGS] = 1,
    [GAZ_SECTION_LEXICON] = 1,
    [GAZ_SECTION_KEY_STARTS] = sizeof(uint32_t),
    [GAZ_SECTION_KEYS] = sizeof(struct gaz_format_key),
    [GAZ_SECTION_SLOTS] = sizeof(struct gaz_format_slot),
    [GAZ_SECTION_POSTINGS] = sizeof(struct gaz_snap_posting),
    [GAZ_SECTION_RANKS] = sizeof(uint32_t),
    [GAZ_SECTION_MINIMA] = sizeof(uint64_t),
    [GAZ_SECTION_NEAR_POINTS] = sizeof(struct gaz_snap_point),
    [GAZ_SECTION_NEAR_REFS] = sizeof(uint32_t),
    [GAZ_SECTION_AREAS] = sizeof(struct gaz_format_area),
    [GAZ_SECTION_PLACE_POINTS] = sizeof(struct gaz_snap_point),
    [GAZ_SECTION_ADDRESS_IDS] = sizeof(uint32_t),
    [GAZ_SECTION_REDIRECTS] = sizeof(struct gaz_format_redirect),
    [GAZ_SECTION_BOX_REFS] = sizeof(uint32_t),
    [GAZ_SECTION_SITES] = sizeof(uint32_t),
    [GAZ_SECTION_READINGS] = sizeof(struct gaz_format_reading),
};

/* What snapshot->index points at. */
struct gaz_format_index {
    struct gaz_map map;
    const uint32_t *key_starts; /* GAZ_FORMAT_KINDS + 1 */
    const struct gaz_format_key *keys;
    const struct gaz_format_slot *slots;
    const struct gaz_snap_posting *postings;
    const uint32_t *ranks;
    const uint64_t *minima;
    const struct gaz_snap_point *near_points;
    const uint32_t *near_refs;
    const struct gaz_format_area *areas;
    const struct gaz_snap_point *place_points;
    const uint32_t *address_ids;
    const struct gaz_format_redirect *redirects;
    const uint32_t *box_refs;
    const uint32_t *sites;
    const struct gaz_format_reading *readings;
    uint32_t start_count;
    uint32_t key_count;
    uint32_t slot_count; /* a power of two */
    uint32_t posting_count;
    uint32_t rank_count;
    uint32_t minima_count;
    uint32_t near_count;
    uint32_t near_point_count;
    uint32_t area_count;
    uint32_t place_point_count;
    uint32_t address_id_count;
    uint32_t redirect_count;
    uint32_t box_count;
    uint32_t site_count;
    uint32_t reading_count;
    uint32_t string_bytes;
};

static inline const struct gaz_format_index *
gaz_format_index_of(const struct gaz_snapshot *snap)
{
    return snap->index;
}

/* gaz_format_checksum gives the checksum that a file of these bytes has. */
uint64_t gaz_format_checksum(const void *data, size_t size);

/* gaz_format_view is gaz_snapshot_open for bytes that are in memory already
 * (aligned to 8). The snapshot takes over `map` on GAZ_OK. */
gaz_status gaz_format_view(struct gaz_ctx *ctx, struct gaz_map map,
                           const char *path, struct gaz_snapshot **out);

/* gaz_format_check proves that every index, offset and count of the rows stays
 * inside the file; look-ups rely on it. check.c */
gaz_status gaz_format_check(struct gaz_ctx *ctx,
                            const struct gaz_snapshot *snap, const char *path);

#endif

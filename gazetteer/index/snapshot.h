/* snapshot.h - the read-only file that every answer comes from.
 *
 * Built from the database by builder.h, mapped into memory by every reader,
 * swapped by rename, checksummed. A reader never waits for a writer, never
 * allocates, and shares the pages with every other process that maps the file.
 * It is a little-endian file of fixed-size rows in sections:
 *
 *     header | directory | places | names | addresses | ... | strings
 *
 * Rows point at each other by index and at text by offset into `strings`
 * (NUL-terminated UTF-8; offset 0 is ""). Same database, same bytes.
 *
 *     struct gaz_snapshot *snap;
 *     if (gaz_snapshot_open(ctx, "diming.snap", &snap) == GAZ_OK) {
 *         struct gaz_snap_span hits;
 *         gaz_snapshot_find(snap, GAZ_KEY_NAME, "乍浦镇", 9, &hits);
 *     }
 *
 * Threads: a snapshot is immutable; any number of threads may read it.
 */
#ifndef GAZ_INDEX_SNAPSHOT_H
#define GAZ_INDEX_SNAPSHOT_H

#include <stdbool.h>
#include <stdint.h>

#include "gazetteer/base/context.h"
#include "gazetteer/model/line.h"
#include "gazetteer/model/place.h"
#include "gazetteer/standardise/lexicon.h"

enum { GAZ_SNAPSHOT_VERSION = 3 };

static const uint32_t GAZ_NONE = UINT32_MAX; /* no row */

enum { /* gaz_snap_place.flags */
       GAZ_SNAP_STATISTICAL = 1 << 0,
       GAZ_SNAP_SYNTHETIC = 1 << 1,
       GAZ_SNAP_SCHEMATIC_AREA = 1 << 2,
       GAZ_SNAP_HERITAGE = 1 << 3,
};

struct gaz_snap_place { /* sorted by id */
    uint64_t id;
    uint64_t code; /* official code padded right to 12 digits; 0: none */
    uint32_t label; /* text: full label, "浙江省嘉兴市平湖市乍浦镇" */
    uint32_t code_text;   /* text: the code as written */
    uint32_t parent;      /* place index, or GAZ_NONE */
    uint32_t name_first;  /* names[name_first] is the standard name */
    uint32_t child_first; /* into children[]: place indexes, by code then id */
    uint32_t child_count;
    uint32_t address_first; /* into addresses[] */
    uint32_t address_count;
    uint32_t claim_first;
    uint32_t change_first; /* into changes[]: those from or to this place */
    uint32_t area_first;   /* into areas[] */
    int32_t lon_e7;        /* INT32_MIN when there is no position */
    int32_t lat_e7;
    float accuracy_m;   /* 0: unknown */
    int32_t valid_from; /* gaz_date */
    int32_t valid_to;
    uint32_t category;
    uint32_t rank;         /* 0 is the most important; for suggest and labels */
    uint32_t source;       /* of the position */
    uint32_t address_text; /* where a site stands */
    uint32_t meaning;
    uint32_t origin;
    uint32_t history;
    uint16_t name_count;
    uint16_t claim_count;
    uint16_t change_count;
    uint16_t area_count;
    uint8_t level;  /* gaz_level */
    uint8_t status; /* gaz_place_status */
    uint8_t method; /* gaz_method */
    uint8_t basis;
    uint32_t flags;
    uint8_t numbering_start; /* gaz_bearing, of a road */
    uint8_t odd_side;        /* gaz_bearing */
    uint16_t reserved; /* 0; leaves no padding to differ from build to build */
};

struct gaz_snap_name {
    uint32_t place;
    uint32_t text;
    uint32_t roman; /* "Zhàpǔ Zhèn" */
    uint32_t plain; /* "zhapuzhen" */
    int32_t valid_from;
    int32_t valid_to;
    uint32_t source;
    uint8_t kind; /* gaz_name_kind */
    uint8_t basis;
    uint16_t reserved;
};

struct gaz_snap_address { /* sorted by parent, number_value, number, tail, id */
    uint64_t id;
    uint32_t parent; /* place index of the road, village, lane or estate */
    uint32_t place;  /* the site with this address, or GAZ_NONE */
    uint32_t number; /* text "158号" */
    uint32_t tail;   /* text "2幢3单元501室" */
    int32_t number_value;
    int32_t lon_e7;
    int32_t lat_e7;
    float accuracy_m;
    uint32_t source;
    uint8_t method;
    uint8_t status;
    uint16_t flags;
};

struct gaz_snap_claim { /* of one place, in a row, the preferred first */
    uint32_t place;
    uint32_t property;
    uint32_t value;
    uint32_t value_date;
    uint32_t source_title;
    uint32_t source_url;
    uint32_t grade;
    uint32_t is_preferred;
};

struct gaz_snap_change { /* each change stands at both its places */
    uint32_t owner;      /* the place whose row this is */
    uint32_t from;       /* place index, or GAZ_NONE */
    uint32_t to;
    int32_t date;
    uint32_t note;
    uint32_t source;
    uint32_t kind; /* gaz_change_kind */
    uint32_t basis;
};

struct gaz_snap_source {
    uint32_t key;
    uint32_t title;
    uint32_t origin;
    uint32_t edition;
    uint32_t licence;
    uint32_t credit;
    uint32_t url;
    uint32_t grade;
};

/* A ring of an area; rings of one polygon stand together, the outer first. */
struct gaz_snap_ring {
    uint32_t place;
    uint32_t polygon; /* counts up within the place */
    uint32_t point_first;
    uint32_t point_count; /* closed: the last point repeats the first */
    int32_t min_lon_e7;
    int32_t min_lat_e7;
    int32_t max_lon_e7;
    int32_t max_lat_e7;
};

struct gaz_snap_point {
    int32_t lon_e7;
    int32_t lat_e7;
};

/* Lines and areas that are no place: coastline, boundary lines, road axes. */
struct gaz_snap_line {
    uint32_t name;  /* text */
    uint32_t kind;  /* enum gaz_line_kind */
    uint32_t level; /* gaz_level of a boundary: 1 province, 3 county */
    uint32_t flags; /* GAZ_SNAP_SCHEMATIC_AREA, GAZ_SNAP_SYNTHETIC */
    uint32_t point_first;
    uint32_t point_count;
    uint32_t source;
    uint32_t left; /* place on the left in the line's direction, or GAZ_NONE */
    uint32_t right;
    uint32_t code; /* text: "330482-310116", "" */
};

struct gaz_snap_posting {
    uint32_t name;  /* index into names[] */
    uint32_t place; /* its place */
};

/* The mapped file, as typed arrays. */
struct gaz_snapshot {
    const struct gaz_snap_place *places;
    const struct gaz_snap_name *names;
    const struct gaz_snap_address *addresses;
    const struct gaz_snap_claim *claims;
    const struct gaz_snap_change *changes;
    const struct gaz_snap_source *sources; /* [0] stands for "no source" */
    const struct gaz_snap_ring *rings;     /* areas, sorted by place */
    const struct gaz_snap_point *points;
    const struct gaz_snap_line *lines;
    const uint32_t *children;
    const char *strings;
    uint32_t place_count;
    uint32_t name_count;
    uint32_t address_count;
    uint32_t claim_count;
    uint32_t change_count;
    uint32_t source_count;
    uint32_t ring_count;
    uint32_t point_count;
    uint32_t line_count;
    uint32_t child_count;
    struct gaz_lexicon lexicon;
    uint64_t journal_seq; /* last journal entry that the file knows */
    uint64_t checksum;    /* names the content: good for ETags */
    const void *index;    /* private: hash, prefix and spatial tables */
};

/* gaz_snapshot_open maps a file and checks it: magic, version, size, checksum,
 * and that every index and offset stays inside (so that a damaged file is
 * refused here and never read wrongly later).
 *
 * @return GAZ_OK; GAZ_NOT_FOUND: no such file; GAZ_INVALID: damaged or made by
 *         another version, the sentence says which and what to do; GAZ_IO */
gaz_status gaz_snapshot_open(struct gaz_ctx *ctx, const char *path,
                             struct gaz_snapshot **out);
void gaz_snapshot_close(struct gaz_snapshot *snap); /* accepts NULL */

/* gaz_snapshot_text returns the text at an offset; "" for 0. */
static inline const char *gaz_snapshot_text(const struct gaz_snapshot *snap,
                                            uint32_t offset)
{
    return snap->strings + offset;
}

/* ---- look-ups: none allocates, none fails ---- */

typedef enum {
    GAZ_KEY_NAME = 0,     /* gaz_standardise_key of a name, with its generic */
    GAZ_KEY_PLAIN = 1,    /* toneless pinyin, joined: "zhapuzhen" */
    GAZ_KEY_INITIALS = 2, /* "zpz" */
    GAZ_KEY_CODE = 3,     /* official code as written: "330482101" */
    GAZ_KEY_FUZZY = 4,    /* a name with one character left out (deletions) */
} gaz_key_kind;

struct gaz_snap_span {
    const struct gaz_snap_posting *items; /* by rank of the place, then id */
    uint32_t count;
};

/* gaz_snapshot_find returns the names that have this key. Short names (乍浦)
 * are names of their own, so they are found as well. One hash probe. */
void gaz_snapshot_find(const struct gaz_snapshot *snap, gaz_key_kind kind,
                       const char *key, size_t size, struct gaz_snap_span *out);

struct gaz_snap_hit {
    uint32_t name;
    uint32_t place;
    uint32_t rank;
};

/* gaz_snapshot_prefix finds the `max` best-ranked names whose key begins with
 * `prefix` (kind NAME, PLAIN or INITIALS); each place at most once. Returns how
 * many. Time does not depend on how many names share the prefix. */
int gaz_snapshot_prefix(const struct gaz_snapshot *snap, gaz_key_kind kind,
                        const char *prefix, size_t size,
                        struct gaz_snap_hit *out, int max);

/* gaz_snapshot_place returns the index of a place by id, or GAZ_NONE. Ids of
 * merged places give the place they were merged into. */
uint32_t gaz_snapshot_place(const struct gaz_snapshot *snap, gaz_id id);

/* gaz_snapshot_address returns the index of an address by id, or GAZ_NONE. */
uint32_t gaz_snapshot_address(const struct gaz_snapshot *snap, gaz_id id);

/* gaz_snapshot_numbers gives the addresses of `parent` with that number value,
 * as a range [*first, *first + count) of addresses[]; returns count. *first is
 * where they would stand when count is 0 (for neighbours). */
uint32_t gaz_snapshot_numbers(const struct gaz_snapshot *snap, uint32_t parent,
                              int32_t number_value, uint32_t *first);

/* gaz_snapshot_lies_in is true when `place` is `ancestor` or below it. */
bool gaz_snapshot_lies_in(const struct gaz_snapshot *snap, uint32_t place,
                          uint32_t ancestor);

enum { GAZ_NEAR_MAX = 64 };

struct gaz_snap_near {
    uint32_t place;   /* index, or GAZ_NONE when it is an address */
    uint32_t address; /* index, or GAZ_NONE */
    double distance_m;
};

/* What gaz_snapshot_nearest may return: false leaves a row out. */
typedef bool gaz_near_filter(const struct gaz_snapshot *snap, uint32_t place,
                             uint32_t address, void *user);

/* gaz_snapshot_nearest finds up to `max` (<= GAZ_NEAR_MAX) places and addresses
 * with a position, nearest first, ties by index, within `radius_m`. Exact:
 * equals brute force on the same metric (equirectangular at the query's
 * latitude). `filter` may be NULL. Returns how many. */
int gaz_snapshot_nearest(const struct gaz_snapshot *snap,
                         struct gaz_coord coord, double radius_m,
                         gaz_near_filter *filter, void *user,
                         struct gaz_snap_near *out, int max);

/* gaz_snapshot_containing lists the places whose area holds `coord`, the
 * deepest level first, then by id; points on an edge belong to the polygon for
 * which even-odd ray casting says so. Returns how many of `max`. */
int gaz_snapshot_containing(const struct gaz_snapshot *snap,
                            struct gaz_coord coord, uint32_t *out, int max);

/* gaz_snapshot_in_box lists places with a position inside `box` (edges
 * included), in index order. Returns how many there are; writes at most `max`.
 * Takes about 1 us and 20 ns for each place in the box. */
uint32_t gaz_snapshot_in_box(const struct gaz_snapshot *snap,
                             struct gaz_box box, uint32_t *out, uint32_t max);

/* gaz_snapshot_in_box_from leaves out indexes below `first`, for pages: ask
 * again from one past the last index. Returns how many are in the box, those
 * below `first` included. */
uint32_t gaz_snapshot_in_box_from(const struct gaz_snapshot *snap,
                                  struct gaz_box box, uint32_t first,
                                  uint32_t *out, uint32_t max);

/* gaz_snapshot_sites gives the places that state an address (address_text) and
 * are no division, by index; returns how many. */
uint32_t gaz_snapshot_sites(const struct gaz_snapshot *snap,
                            const uint32_t **out);

/* gaz_snapshot_readings lists the toneless readings of a Han character ("zha",
 * ü as v): ICU's for GB 2312, and those of the names here. Returns how many of
 * `max`. */
int gaz_snapshot_readings(const struct gaz_snapshot *snap, uint32_t code_point,
                          const char *out[], int max);

/* gaz_snapshot_name_at returns the index of the name of `place` that was
 * standard on `day` (0: today's; an abolished place gives its last). */
uint32_t gaz_snapshot_name_at(const struct gaz_snapshot *snap, uint32_t place,
                              gaz_date day);

#endif

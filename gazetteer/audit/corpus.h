/* corpus.h - all records in memory, with what cross-record rules look up.
 *
 * Filled from the store (load.h) or by a program, then finished once; after
 * that one record, new or there already, is checked against all others in less
 * than a millisecond. A million addresses on
 * 24,000 places take about 500 MB.
 *
 * Belongs to one thread. Strings are copied into the corpus' own arena.
 */
#ifndef GAZ_AUDIT_CORPUS_H
#define GAZ_AUDIT_CORPUS_H

#include "gazetteer/base/context.h"
#include "gazetteer/model/line.h"
#include "gazetteer/model/record.h"
#include "gazetteer/quality/rule.h"

/* What records are looked up by; each is a sorted array. */
typedef enum {
    GAZ_BY_NAME,     /* live places: the standard name */
    GAZ_BY_SPECIFIC, /* live places: without the generic */
    GAZ_BY_SOUND,    /* live places: toneless spelling of the name */
    GAZ_BY_SPECIFIC_SOUND,
    GAZ_BY_GONE,  /* places that are gone: the name */
    GAZ_BY_CODE,  /* all places: the official code */
    GAZ_BY_ID,    /* all places */
    GAZ_BY_TEXT,  /* live addresses: the text */
    GAZ_BY_ALIKE, /* live addresses: the text without what writers vary */
    GAZ_BY_ADDRESS_ID,
    GAZ_BY_SITE, /* live addresses: the place that has it */
    GAZ_BYS,     /* how many */
} gaz_corpus_key;

/* Which built-up area (建成区) a place lies in. */
enum { GAZ_BUILT_UP_UNKNOWN = 0, GAZ_BUILT_UP_OUTSIDE = 1 };

struct gaz_corpus_place {
    struct gaz_place place;
    int parent; /* index of a place; -1: none */
    int town;   /* the ancestor (or itself) of that level; -1: none */
    int county;
    int province;
    const char *specific; /* 专名; "" when nothing is left */
    const char *spelling; /* by the rules of 1984: "Zhàpǔ Zhèn" */
    const char *sound;    /* "zhapuzhen" */
    const char *specific_sound;
    int area;          /* index of its polygon; -1: none */
    int axis;          /* index of its line; -1: none */
    uint64_t built_up; /* a hash of its name, or as above */
    int first_address; /* in `order`; addresses counted in it */
    int address_count;
};

struct gaz_corpus_address {
    struct gaz_address address;
    int parent; /* index of a place; -1: none */
};

/* A polygon's ring, closed or not. */
struct gaz_corpus_ring {
    const struct gaz_coord *points;
    int count;
};

struct gaz_corpus_area {
    const struct gaz_corpus_ring *rings; /* even-odd: holes are rings too */
    int count;
    struct gaz_box box;
};

struct gaz_corpus_axis {
    const struct gaz_coord *points;
    int count;
};

struct gaz_corpus_entry {
    uint64_t key;
    int index;
};

struct gaz_corpus_index {
    struct gaz_corpus_entry *items;
    int count;
    int capacity;
};

/* What is known of a record beside the model; of one record together. */
struct gaz_corpus_attribute {
    gaz_id about;
    int64_t source;
    struct gaz_attribute attribute;
};

struct gaz_unicode;

struct gaz_corpus {
    struct gaz_ctx ctx; /* its arena holds all strings */
    struct gaz_unicode *unicode;
    const struct gaz_rule_list *generics;
    struct gaz_corpus_place *places;
    int place_count;
    int place_capacity;
    struct gaz_corpus_address *addresses;
    int address_count;
    int address_capacity;
    int *order; /* addresses by parent, number, tail, id */
    struct gaz_change *changes;
    int change_count;
    int change_capacity;
    struct gaz_claim *claims;
    int claim_count;
    int claim_capacity;
    struct gaz_corpus_attribute *attributes; /* by about, kind, source */
    int attribute_count;
    int attribute_capacity;
    struct gaz_line *roads;
    int road_count;
    int road_capacity;
    struct gaz_corpus_area *areas;
    int area_count;
    struct gaz_corpus_axis *axes;
    int axis_count;
    struct gaz_corpus_index keys[GAZ_BYS];
};

/* gaz_corpus_open begins an empty one. `rules` name the generics. */
gaz_status gaz_corpus_open(struct gaz_ctx *ctx, const struct gaz_rules *rules,
                           struct gaz_corpus **out);
void gaz_corpus_close(struct gaz_corpus *corpus); /* accepts NULL */

void gaz_corpus_place(struct gaz_corpus *corpus, const struct gaz_place *place);
void gaz_corpus_address(struct gaz_corpus *corpus,
                        const struct gaz_address *address);
void gaz_corpus_change(struct gaz_corpus *corpus,
                       const struct gaz_change *change);
void gaz_corpus_claim(struct gaz_corpus *corpus, const struct gaz_claim *claim);
void gaz_corpus_attribute(struct gaz_corpus *corpus,
                          const struct gaz_corpus_attribute *attribute);
/* Road axes: `left` is the road's place. Other lines are left out. */
void gaz_corpus_line(struct gaz_corpus *corpus, const struct gaz_line *line);

/* gaz_corpus_finish sorts; after the last record, before any question. */
gaz_status gaz_corpus_finish(struct gaz_ctx *ctx, struct gaz_corpus *corpus);

/* gaz_corpus_propose adds one place to a finished corpus, without entering it
 * into any index: it sees the others, and they do not see it. *out is its
 * index. */
gaz_status gaz_corpus_propose(struct gaz_ctx *ctx, struct gaz_corpus *corpus,
                              const struct gaz_place *place, int *out);

/* gaz_corpus_find gives the entries of a key: *first of `keys[key].items`, and
 * how many. Equal hashes: the caller compares. */
int gaz_corpus_find(const struct gaz_corpus *corpus, gaz_corpus_key key,
                    uint64_t hash, const struct gaz_corpus_entry **first);
int gaz_corpus_find_text(const struct gaz_corpus *corpus, gaz_corpus_key key,
                         const char *text,
                         const struct gaz_corpus_entry **first);
/* gaz_corpus_attributes gives those of a record, and how many. */
int gaz_corpus_attributes(const struct gaz_corpus *corpus, gaz_id about,
                          const struct gaz_corpus_attribute **first);
/* The first value of a kind, or NULL. */
const char *gaz_corpus_attribute_of(const struct gaz_corpus *corpus,
                                    gaz_id about, gaz_attribute_kind kind);
/* gaz_corpus_find_built_up finds the areas: by the attribute built_up, else
 * the polygon of a place called …建成区 that holds the position. */
void gaz_corpus_find_built_up(struct gaz_corpus *corpus);
/* -1: no such place. */
int gaz_corpus_find_id(const struct gaz_corpus *corpus, gaz_id id);

/* gaz_corpus_alike is the text without what writers vary: width, blanks,
 * dashes, 栋 for 幢. In `arena`. */
const char *gaz_corpus_alike(struct gaz_arena *arena, const char *text);

bool gaz_corpus_is_live(const struct gaz_place *place);
/* "" without a name. */
const char *gaz_corpus_name(const struct gaz_corpus_place *place);

#endif

/* chain.h - which places the parts of a query can mean together.
 *
 * The parts are taken in the order in which they were written. A chain is one
 * reading of the parts so far: the finest place it has come to, and how each
 * part was found. A part carries a chain on when one of its places lies in the
 * chain's place (levels may be skipped), when the chain's place lies in it
 * (a level written behind), or when both hang on the same division (a road and
 * the village it runs through). Chains that a part cannot carry on are given up
 * when it carries others on. When it carries none, sound-alikes and names one
 * character away are tried; then the part and what stood before it contradict
 * each other, and both readings go on, marked.
 */
#ifndef GAZ_SEARCH_CHAIN_H
#define GAZ_SEARCH_CHAIN_H

#include "gazetteer/search/history.h"
#include "gazetteer/search/query.h"

enum { GAZ_CHAINS_MAX = 64 };

/* How a part was found. */
typedef enum {
    GAZ_HOW_UNKNOWN = 0, /* not found */
    GAZ_HOW_EXACT,
    GAZ_HOW_SHORT,   /* 乍浦 for 乍浦镇 */
    GAZ_HOW_ALIAS,   /* another name or spelling */
    GAZ_HOW_FORMER,  /* a former name of a place that stands */
    GAZ_HOW_HEIR,    /* the place does not stand on the day; an heir does */
    GAZ_HOW_GONE,    /* the place does not stand and has no known heir */
    GAZ_HOW_SOUND,   /* sounds the same */
    GAZ_HOW_FUZZY,   /* one character away */
    GAZ_HOW_AGAINST, /* found, but at odds with the reading */
    GAZ_HOWS,
} gaz_how;

struct gaz_link {
    uint32_t place; /* what the part means, or GAZ_NONE */
    uint32_t name;  /* the name that matched */
    uint32_t via;   /* HEIR: the place that the name belongs to */
    gaz_date date;  /* HEIR: of the change */
    uint8_t how;    /* gaz_how */
    uint8_t change; /* HEIR: gaz_change_kind */
    bool is_later;  /* HEIR: the answer came after the name's place */
    bool is_aside;  /* stands behind the number or beside the finest place */
};

struct gaz_chain {
    uint32_t place;   /* the finest so far, or GAZ_NONE */
    uint32_t name;    /* the name by which it was found */
    float agreement;  /* product over the parts, see rank.h */
    uint32_t visited; /* set of the parts that found something */
    bool is_repeat;   /* the last part named the same place once more */
    struct gaz_link links[GAZ_NAME_PARTS_MAX]; /* one a part */
};

struct gaz_beam {
    struct gaz_chain items[GAZ_CHAINS_MAX];
    int count;
    int dropped; /* further readings that there was no room for */
};

/* What one thread needs; nothing in it outlives a call but the handle. */
struct gaz_searcher {
    struct gaz_unicode *unicode;
    struct gaz_beam beams[3]; /* two in turn, and the best reading so far */
};

/* gaz_chain_read reads the parts of `cut` into searcher->beams[0]; with
 * `may_guess` sound-alikes and wrong characters are tried. */
void gaz_chain_read(struct gaz_searcher *searcher,
                    const struct gaz_snapshot *snap,
                    const struct gaz_asked *asked, const struct gaz_cut *cut,
                    bool may_guess);

void gaz_chain_copy(const struct gaz_beam *from, struct gaz_beam *to);

/* gaz_chain_best returns the highest agreement of a reading that has a place,
 * and that *place; 0 and GAZ_NONE when there is none. */
float gaz_chain_best(const struct gaz_beam *beam, uint32_t *place);

#endif

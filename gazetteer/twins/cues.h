/* cues.h - what two records say about being one: what forbids it, and the
 * evidence that is weighed. Pure.
 *
 * Of each group exactly one cue holds, but for GROUP_NAME, where name and
 * position count together: a wrong character says little between neighbours
 * and much between the far ends of a town.
 */
#ifndef GAZ_TWINS_CUES_H
#define GAZ_TWINS_CUES_H

#include "gazetteer/twins/liken.h"
#include "gazetteer/twins/side.h"

/* Hard rules: no weight and no training goes over them. docs/how/dedupe.md
 * says why of each. */
typedef enum {
    GAZ_FORBID_NONE,
    GAZ_FORBID_SYNTHETIC,
    GAZ_FORBID_PROVINCE,
    GAZ_FORBID_VILLAGE_KIND,
    GAZ_FORBID_LEVEL,
    GAZ_FORBID_CODE,
    GAZ_FORBID_TOWN,
    GAZ_FORBID_NESTED,
    GAZ_FORBID_CHANGE,
    GAZ_FORBID_NUMBER,
    GAZ_FORBID_PART,
    GAZ_FORBIDS,
} gaz_forbid;

/* How far apart, in units of what both accuracies allow. */
typedef enum {
    GAZ_NEAR_UNKNOWN,
    GAZ_NEAR_SPOT,  /* within the accuracies */
    GAZ_NEAR_CLOSE, /* within three times that */
    GAZ_NEAR_AWAY,  /* within ten times */
    GAZ_NEAR_FAR,
    GAZ_NEARS,
} gaz_near;

typedef enum {
    GAZ_GROUP_NAME, /* gaz_like x gaz_near */
    GAZ_GROUP_TOWN,
    GAZ_GROUP_VILLAGE,
    GAZ_GROUP_NUMBERS,
    GAZ_GROUP_SITE,
    GAZ_GROUP_CATEGORY,
    GAZ_GROUP_CODE,
    GAZ_GROUP_LIFE,
    GAZ_GROUP_HOUSES, /* gaz_houses */
    GAZ_GROUP_RIVALS, /* of places; gaz_rivals_find (rivals.h) */
    GAZ_GROUPS,
} gaz_cue_group;

/* The values of the groups but the first, in the order of cue_words.c. */
enum {
    GAZ_TOWN_SAME = 0,
    GAZ_TOWN_IMPLIED,   /* one does not say; only one township has that name */
    GAZ_TOWN_OPEN,      /* one does not say; several have it */
    GAZ_TOWN_ELSEWHERE, /* one does not say, and names it otherwise; such a
                         * name is in some township */
    GAZ_TOWN_NOWHERE,   /* ... is in none */
    GAZ_TOWN_OTHER,     /* divisions: in other ones */
    GAZ_VILLAGE_SAME = 0,
    GAZ_VILLAGE_OTHER,
    GAZ_VILLAGE_OPEN,
    GAZ_NUMBERS_SAME = 0, /* more than a plate, all the same */
    GAZ_NUMBERS_PLATE,    /* a plate and nothing else */
    GAZ_NUMBERS_LACKING,  /* one leaves out a building, a cell, a floor */
    GAZ_NUMBERS_ONE,      /* one of the two has numbers (places) */
    GAZ_NUMBERS_OTHER,    /* not the same (places) */
    GAZ_NUMBERS_NONE,
    GAZ_SITE_SAME = 0,
    GAZ_SITE_LIKE,
    GAZ_SITE_ORDINAL,
    GAZ_SITE_OTHER,
    GAZ_SITE_ONE,
    GAZ_SITE_NONE,
    GAZ_CATEGORY_IS_SAME = 0,
    GAZ_CATEGORY_IS_CLASS, /* the first two digits */
    GAZ_CATEGORY_IS_OTHER,
    GAZ_CATEGORY_IS_OPEN,
    GAZ_CODE_SAME = 0,
    GAZ_CODE_ONE, /* one of the two has one */
    GAZ_CODE_OPEN,
    GAZ_LIFE_MEET = 0,
    GAZ_LIFE_STALE,      /* one has ended, the other not, and they overlap */
    GAZ_LIFE_APART,      /* one ended before the other began */
    GAZ_RIVALS_NONE = 0, /* no third record is as like one of them */
    GAZ_RIVALS_TIED,     /* a third is as like one of them */
    GAZ_RIVALS_BEATEN,   /* a third is more like one of them */
    GAZ_RIVALS_BLIND,    /* ... or as like, and no position tells them apart */
    GAZ_RIVALS_ABOVE,    /* ... as like, and better known than both */
    GAZ_RIVALS_OPEN,     /* not looked for */
};

/* Cues of the first group, and of all: see the table in cue_words.c. */
enum {
    GAZ_CUE_NAMES = GAZ_LIKES * GAZ_NEARS,
    GAZ_CUE_COUNT = GAZ_CUE_NAMES + 44
};

struct gaz_cues {
    gaz_forbid forbid;
    gaz_like like;
    gaz_near near;
    double distance_m;  /* -1: not known */
    bool is_patchy;     /* ... by a road's few addresses: it may be longer */
    int of[GAZ_GROUPS]; /* cue of each group, 0 to GAZ_CUE_COUNT - 1 */
};

/* gaz_cues_find compares two sides of one kind; rivals are not looked for.
 * Symmetric. */
void gaz_cues_find(const struct gaz_corpus *corpus, gaz_twins_kind kind,
                   const struct gaz_twin_side *a, const struct gaz_twin_side *b,
                   struct gaz_cues *out);

/* gaz_cues_contradict is true where something speaks against two records being
 * one, and not only nothing for it: two slips of one name are not like each
 * other, and yet one. */
bool gaz_cues_contradict(const struct gaz_cues *cues);

/* gaz_cues_need_person is true where no likeness makes a duplicate: one ended
 * before the other began, which may be history; or both may be slips of a third
 * that is better known, which has to be asked, and not they each other. */
bool gaz_cues_need_person(const struct gaz_cues *cues);

/* gaz_cues_numbers tells whether numbers forbid it: GAZ_FORBID_NUMBER, _PART or
 * _NONE. Cheap: blocking asks it of every pair. */
gaz_forbid gaz_cues_numbers(const struct gaz_twin_side *a,
                            const struct gaz_twin_side *b);

/* The word of a cue in the weights' file, "name-sound/spot" or "town-same", in
 * `out` of GAZ_CUE_WORD_BYTES; and what it says, NULL: nothing to say. */
enum { GAZ_CUE_WORD_BYTES = 48 };
const char *gaz_cue_word(int cue, char *out);
const char *gaz_cue_zh(int cue);
const char *gaz_cue_en(int cue);
const char *gaz_forbid_zh(gaz_forbid forbid);
const char *gaz_forbid_en(gaz_forbid forbid);

#endif

/* liken.h - how two names are like each other. Pure. */
#ifndef GAZ_TWINS_LIKEN_H
#define GAZ_TWINS_LIKEN_H

/* The first that holds, from above; shared names are the caller's to find. */
typedef enum {
    GAZ_LIKE_NONE, /* one of the two is not known */
    GAZ_LIKE_ONE,  /* both are counted in one and the same record */
    GAZ_LIKE_SAME,
    GAZ_LIKE_SHARED, /* a name of one is another name of the other */
    GAZ_LIKE_ORDINAL, /* 新华东路, 新华西路; 一分店, 二分店: siblings */
    GAZ_LIKE_BRANCH, /* 新华路, 新华东路; 超市, 超市二分店 */
    GAZ_LIKE_BARE, /* 平湖大厦, 平湖大厦（东门）; 新华, 新华路 */
    GAZ_LIKE_SOUND,   /* 新华路, 心华路 */
    GAZ_LIKE_LETTER,  /* one character is another, or two are swapped */
    GAZ_LIKE_LACKING, /* one character is missing */
    GAZ_LIKE_PARTLY,  /* most characters in the same order */
    GAZ_LIKE_OTHER,
    GAZ_LIKES,
} gaz_like;

/* A name as it is compared; texts are borrowed and never NULL. */
struct gaz_liken {
    const char *name;
    const char *core;  /* without its generic */
    const char *sound; /* toneless */
};

/* gaz_liken compares two names; `partly` (0 to 1) is the share of the longer
 * name from which on they are GAZ_LIKE_PARTLY. Symmetric. */
gaz_like gaz_liken_names(const struct gaz_liken *a, const struct gaz_liken *b,
                         double partly);

/* gaz_twins_similarity is the longest common subsequence's share of the longer
 * text, in characters: 0 to 1. */
double gaz_twins_similarity(const char *a, const char *b);

#endif

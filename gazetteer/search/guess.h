/* guess.h - names that a wrong one may stand for. */
#ifndef GAZ_SEARCH_GUESS_H
#define GAZ_SEARCH_GUESS_H

#include "gazetteer/search/query.h"

enum { GAZ_GUESSES_MAX = 64, GAZ_GUESS_CHARACTERS_MAX = 24 };

struct gaz_guess {
    struct gaz_snap_posting posting;
    float agreement; /* less for short names, where one character is much */
};

/* Which places are of use where the guess is made: of the names that a guess
 * may mean there are more than there is room for. NULL: all. */
struct gaz_guess_filter {
    bool (*is_wanted)(const void *user, uint32_t place);
    bool (*is_narrow)(const void *user, uint32_t place); /* NULL: never */
    const void *user;
};

/* gaz_guess_sound lists names that sound as the part does, tones aside; when
 * there are none, names of which one syllable is said another way here: n and
 * ng, l and n, zh and z, ch and c, sh and s (less agreement). sound.c */
int gaz_guess_sound(const struct gaz_snapshot *snap,
                    const struct gaz_part *part,
                    const struct gaz_guess_filter *filter,
                    struct gaz_guess *out);

/* gaz_guess_typo lists names one edit away: a character wrong, missing, too
 * many, or two neighbours swapped. Of two characters only a missing one is
 * looked for (鲁村 for 鲁堰村), and only where `filter` narrows the choice
 * (is_narrow): two characters are one edit from too many names. */
int gaz_guess_typo(const struct gaz_snapshot *snap, const struct gaz_part *part,
                   const struct gaz_guess_filter *filter,
                   struct gaz_guess *out);

/* gaz_guess_add adds a guess that is wanted, not there and has room. */
void gaz_guess_add(const struct gaz_guess_filter *filter,
                   const struct gaz_snap_posting *posting, float agreement,
                   struct gaz_guess *out, int *count);

/* gaz_guess_difference finds the one character in which two texts of the same
 * length differ; false when they differ in another way. */
bool gaz_guess_difference(const char *a, size_t a_size, const char *b,
                          uint32_t *in_a, uint32_t *in_b);

#endif

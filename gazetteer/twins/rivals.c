/* SPDX-License-Identifier: Apache-2.0 */
#include "gazetteer/twins/rivals.h"

#include "gazetteer/twins/cue_words.h"
#include "gazetteer/twins/houses.h"

enum { THIRDS = 64 };

/* Records that share a key with one. */
struct thirds {
    int at[THIRDS];
    int count;
};

/* How much alike; less is more. */
typedef enum { SAME, BARE, SOUND, SLIP, UNLIKE } grade;

static grade grade_of(const struct gaz_cues *cues)
{
    static const grade GRADES[GAZ_LIKES] = {
        [GAZ_LIKE_NONE] = UNLIKE,    [GAZ_LIKE_ONE] = SAME,
        [GAZ_LIKE_SAME] = SAME,      [GAZ_LIKE_SHARED] = SAME,
        [GAZ_LIKE_ORDINAL] = UNLIKE, [GAZ_LIKE_BRANCH] = SLIP,
        [GAZ_LIKE_BARE] = BARE,      [GAZ_LIKE_SOUND] = SOUND,
        [GAZ_LIKE_LETTER] = SLIP,    [GAZ_LIKE_LACKING] = SLIP,
        [GAZ_LIKE_PARTLY] = UNLIKE,  [GAZ_LIKE_OTHER] = UNLIKE};
    return GRADES[cues->like];
}

/* SURE: has a code, or addresses of its own; 1: a position; 0: a name alone. */
enum { SURE = 2 };

static int standing_of(const struct gaz_twin_finder *finder, int index)
{
    enum { SLIPS = 2 }; /* so many addresses may be mistyped */
    const struct gaz_twin_side *side = &finder->sides[index];
    if (side->code || finder->corpus->places[index].address_count > SLIPS)
        return SURE;
    return side->is_placed && !side->is_spread;
}

static void add_third(struct thirds *thirds, int index)
{
    for (int i = 0; i < thirds->count; i++)
        if (thirds->at[i] == index)
            return;
    if (thirds->count < THIRDS)
        thirds->at[thirds->count++] = index;
}

static void read_thirds(const struct gaz_twin_finder *finder, int index,
                        struct thirds *out)
{
    static const gaz_key KEYS[] = {GAZ_KEY_NAME, GAZ_KEY_GAP, GAZ_KEY_SOUND};
    uint64_t values[GAZ_KEYS_OF_SIDE];
    out->count = 0;
    for (int k = 0; k < 3; k++) {
        int count =
            gaz_key_read(finder, KEYS[k], &finder->sides[index], values);
        for (int i = 0; i < count; i++) {
            int found;
            const struct gaz_keyed *items =
                gaz_block_group(finder, KEYS[k], values[i], &found);
            if (found <= finder->scale->block_most)
                for (int n = 0; n < found; n++)
                    add_third(out, items[n].index);
        }
    }
}

static void compare(const struct gaz_twin_finder *finder, int a, int b,
                    struct gaz_cues *out)
{
    const int low = a < b ? a : b;
    const int high = a < b ? b : a;
    gaz_cues_find(finder->corpus, finder->kind, &finder->sides[low],
                  &finder->sides[high], out);
}

/* Whether one of them may be the other. */
static bool may_be(const struct gaz_cues *cues)
{
    return grade_of(cues) != UNLIKE && cues->near != GAZ_NEAR_FAR &&
           !gaz_cues_contradict(cues);
}

/* The pair whose rivals are looked for. */
struct pair {
    const struct gaz_twin_finder *finder;
    int asked;
    int other;
    grade grade;
    int houses; /* cue of its addresses */
};

static bool is_houses(int cue, gaz_houses houses)
{
    return cue == gaz_cue_at(GAZ_GROUP_HOUSES, (int)houses);
}

/* The other has the addresses of the one that is asked, and the third not. */
static bool lacks_houses(const struct pair *p, const struct gaz_cues *third)
{
    return (is_houses(p->houses, GAZ_HOUSES_LISTED) ||
            is_houses(p->houses, GAZ_HOUSES_SHARED)) &&
           is_houses(third->of[GAZ_GROUP_HOUSES], GAZ_HOUSES_FEW);
}

static int weigh_third(const struct pair *p, int third, bool is_above)
{
    struct gaz_cues cues;
    if (third == p->asked || third == p->other)
        return GAZ_RIVALS_NONE;
    compare(p->finder, p->asked, third, &cues);
    const grade found = grade_of(&cues);
    if (!may_be(&cues) || found > p->grade || lacks_houses(p, &cues))
        return GAZ_RIVALS_NONE;
    if (is_above)
        return GAZ_RIVALS_ABOVE;
    compare(p->finder, p->other, third, &cues);
    if (grade_of(&cues) == SAME && !gaz_cues_contradict(&cues))
        return GAZ_RIVALS_NONE; /* it is the other, once more */
    return found < p->grade ? GAZ_RIVALS_BEATEN : GAZ_RIVALS_TIED;
}

static int rivals_of(const struct pair *p)
{
    struct thirds thirds;
    const int standing = standing_of(p->finder, p->other);
    int most = GAZ_RIVALS_NONE;
    read_thirds(p->finder, p->asked, &thirds);
    for (int i = 0; i < thirds.count && most < GAZ_RIVALS_ABOVE; i++) {
        const int stands = standing_of(p->finder, thirds.at[i]);
        if (stands < standing)
            continue;
        const int found =
            weigh_third(p, thirds.at[i], stands == SURE && standing < SURE);
        most = found > most ? found : most;
    }
    return most;
}

int gaz_rivals_find(const struct gaz_twin_finder *finder, int a, int b,
                    const struct gaz_cues *cues)
{
    const int houses = cues->of[GAZ_GROUP_HOUSES];
    const struct pair of_a = {finder, a, b, grade_of(cues), houses};
    const struct pair of_b = {finder, b, a, grade_of(cues), houses};
    int found = GAZ_RIVALS_NONE;
    if (finder->kind != GAZ_TWINS_PLACES || cues->forbid ||
        of_a.grade == UNLIKE)
        return GAZ_RIVALS_OPEN;
    const int surer = standing_of(finder, a) - standing_of(finder, b);
    if (surer <= 0)
        found = rivals_of(&of_a);
    if (surer >= 0) {
        const int back = rivals_of(&of_b);
        found = back > found ? back : found;
    }
    const bool is_known = cues->near == GAZ_NEAR_SPOT ||
                          cues->near == GAZ_NEAR_CLOSE ||
                          is_houses(houses, GAZ_HOUSES_SHARED);
    return (found == GAZ_RIVALS_TIED || found == GAZ_RIVALS_BEATEN) && !is_known
               ? GAZ_RIVALS_BLIND
               : found;
}

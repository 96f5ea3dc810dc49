/* SPDX-License-Identifier: Apache-2.0 */
/* Names that sound as a part does: every reading of its characters, then one
 * syllable at a time said the local way. All are probes of the table of
 * spellings; how many there are is bounded. */
#include <string.h>

#include "gazetteer/base/text.h"
#include "gazetteer/search/guess.h"

enum {
    SYLLABLE_BYTES = 8,
    READINGS_MAX = 4,   /* of one character */
    SPELLINGS_MAX = 16, /* of a part, by its readings */
    PROBES_MAX = 160,   /* with confusions */
    CONFUSED_MAX = 4,   /* ways to say one syllable */
    SCANNED_MAX = 1024, /* postings looked at for one key */
};

/* What is said alike around Hangzhou Bay, where l and n, and final n and ng,
 * are often one and zh ch sh are said z c s. Each way round. */
static const struct {
    const char *a;
    const char *b;
} INITIALS[] = {{"zh", "z"}, {"ch", "c"}, {"sh", "s"}, {"l", "n"}};
static const struct {
    const char *a;
    const char *b;
} FINALS[] = {{"ang", "an"}, {"eng", "en"}, {"ing", "in"}};

/* The syllables of a part: for each, which reading of its character. */
struct said {
    const char *readings[GAZ_GUESS_CHARACTERS_MAX][READINGS_MAX];
    int counts[GAZ_GUESS_CHARACTERS_MAX];
    int chosen[GAZ_GUESS_CHARACTERS_MAX];
    int count;
};

struct search {
    const struct gaz_snapshot *snap;
    const struct gaz_guess_filter *filter;
    struct gaz_guess *out;
    int count;
    int probes;
};

static bool replace_start(const char *text, const char *from, const char *to,
                          char out[SYLLABLE_BYTES])
{
    size_t cut = strlen(from);
    size_t put = strlen(to);
    size_t rest = strlen(text) - cut;
    if (strncmp(text, from, cut) != 0 || put + rest >= SYLLABLE_BYTES)
        return false;
    memcpy(out, to, put);
    memcpy(out + put, text + cut, rest + 1);
    return true;
}

static bool replace_end(const char *text, const char *from, const char *to,
                        char out[SYLLABLE_BYTES])
{
    size_t size = strlen(text);
    size_t cut = strlen(from);
    size_t put = strlen(to);
    if (size < cut || strcmp(text + size - cut, from) != 0 ||
        size - cut + put >= SYLLABLE_BYTES)
        return false;
    memcpy(out, text, size - cut);
    memcpy(out + size - cut, to, put + 1);
    return true;
}

/* The ways in which a syllable is confused, one change each. */
static int confuse(const char *text, char out[CONFUSED_MAX][SYLLABLE_BYTES])
{
    int count = 0;
    for (size_t i = 0; i < sizeof(INITIALS) / sizeof(INITIALS[0]); i++) {
        if (replace_start(text, INITIALS[i].a, INITIALS[i].b, out[count]) ||
            replace_start(text, INITIALS[i].b, INITIALS[i].a, out[count])) {
            count++;
            break;
        }
    }
    for (size_t i = 0; i < sizeof(FINALS) / sizeof(FINALS[0]); i++) {
        if (replace_end(text, FINALS[i].a, FINALS[i].b, out[count]) ||
            replace_end(text, FINALS[i].b, FINALS[i].a, out[count])) {
            count++;
            break;
        }
    }
    return count;
}

static void probe(struct search *search, const struct said *said, int changed,
                  const char *instead, float agreement)
{
    char key[GAZ_GUESS_CHARACTERS_MAX * SYLLABLE_BYTES];
    size_t size = 0;
    if (search->probes++ >= PROBES_MAX)
        return;
    for (int i = 0; i < said->count; i++) {
        const char *text =
            i == changed ? instead : said->readings[i][said->chosen[i]];
        size_t more = strlen(text);
        memcpy(key + size, text, more);
        size += more;
    }
    struct gaz_snap_span span;
    gaz_snapshot_find(search->snap, GAZ_KEY_PLAIN, key, size, &span);
    for (uint32_t i = 0; i < span.count && i < SCANNED_MAX; i++)
        gaz_guess_add(search->filter, &span.items[i], agreement, search->out,
                      &search->count);
}

/* The next choice of readings; false after the last. */
static bool choose_next(struct said *said)
{
    for (int i = 0; i < said->count; i++) {
        if (++said->chosen[i] < said->counts[i])
            return true;
        said->chosen[i] = 0;
    }
    return false;
}

static bool listen(const struct gaz_snapshot *snap, const struct gaz_part *part,
                   struct said *out)
{
    size_t at = 0;
    out->count = 0;
    for (uint32_t c;
         (c = gaz_text_next(part->text, (size_t)part->size, &at)) != 0;) {
        if (out->count == GAZ_GUESS_CHARACTERS_MAX)
            return false;
        int i = out->count++;
        out->counts[i] =
            gaz_snapshot_readings(snap, c, out->readings[i], READINGS_MAX);
        out->chosen[i] = 0;
        if (out->counts[i] == 0)
            return false;
    }
    return out->count > 0;
}

int gaz_guess_sound(const struct gaz_snapshot *snap,
                    const struct gaz_part *part,
                    const struct gaz_guess_filter *filter,
                    struct gaz_guess *out)
{
    struct said said;
    if (!listen(snap, part, &said))
        return 0;
    struct search search = {.snap = snap, .filter = filter, .out = out};
    float letters = (float)(said.count + 1);
    int spellings = 0;
    do {
        probe(&search, &said, -1, NULL, 1.0F - 0.5F / letters);
    } while (++spellings < SPELLINGS_MAX && choose_next(&said));
    if (search.count > 0)
        return search.count;
    memset(said.chosen, 0, sizeof(said.chosen));
    spellings = 0;
    do {
        for (int i = 0; i < said.count; i++) {
            char ways[CONFUSED_MAX][SYLLABLE_BYTES];
            int count = confuse(said.readings[i][said.chosen[i]], ways);
            for (int k = 0; k < count; k++)
                probe(&search, &said, i, ways[k], 1.0F - 0.8F / letters);
        }
    } while (++spellings < SPELLINGS_MAX && choose_next(&said));
    return search.count;
}

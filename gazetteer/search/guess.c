/* SPDX-License-Identifier: Apache-2.0 */
#include "gazetteer/search/guess.h"

#include <string.h>

#include "gazetteer/base/text.h"

enum {
    TYPO_CHARACTERS_MIN = 3, /* 乍浦 is one character from too many names */
    SCANNED_MAX = 2048,      /* postings looked at for one key */
};

/* A text as code points, with the byte offset of each. */
struct letters {
    uint32_t c[GAZ_GUESS_CHARACTERS_MAX];
    int at[GAZ_GUESS_CHARACTERS_MAX + 1];
    int count;
    bool is_whole;
};

static void spell(const char *text, size_t size, struct letters *out)
{
    size_t at = 0;
    out->count = 0;
    out->at[0] = 0;
    for (uint32_t c; out->count < GAZ_GUESS_CHARACTERS_MAX &&
                     (c = gaz_text_next(text, size, &at)) != 0;) {
        out->c[out->count++] = c;
        out->at[out->count] = (int)at;
    }
    out->is_whole = at == size;
}

/* True when b is a with one letter wrong, missing, added, or two swapped. */
static bool one_edit(const struct letters *a, const struct letters *b)
{
    int same = 0; /* letters in front */
    while (same < a->count && same < b->count && a->c[same] == b->c[same])
        same++;
    int tail = 0; /* letters behind */
    while (tail < a->count - same && tail < b->count - same &&
           a->c[a->count - 1 - tail] == b->c[b->count - 1 - tail])
        tail++;
    int left_a = a->count - same - tail;
    int left_b = b->count - same - tail;
    if (left_a <= 1 && left_b <= 1)
        return left_a + left_b > 0;
    return left_a == 2 && left_b == 2 && a->c[same] == b->c[same + 1] &&
           a->c[same + 1] == b->c[same];
}

void gaz_guess_add(const struct gaz_guess_filter *filter,
                   const struct gaz_snap_posting *posting, float agreement,
                   struct gaz_guess *out, int *count)
{
    if (*count == GAZ_GUESSES_MAX)
        return;
    for (int i = 0; i < *count; i++)
        if (out[i].posting.name == posting->name)
            return;
    if (filter && !filter->is_wanted(filter->user, posting->place))
        return;
    out[(*count)++] = (struct gaz_guess){*posting, agreement};
}

struct typo {
    const struct gaz_snapshot *snap;
    struct letters part;
    const char *text; /* of the part */
    const struct gaz_guess_filter *filter;
    struct gaz_guess *out;
    int count;
};

/* A little more than not found at all: there are few such names in a town. */
static const float SHORT_AGREEMENT = 0.62F;

/* The part is the name without its last character. */
static bool begins(const char *name, const struct typo *typo)
{
    const struct letters *part = &typo->part;
    return strncmp(name, typo->text, (size_t)part->at[part->count]) == 0;
}

static void try_key(struct typo *typo, gaz_key_kind kind, const char *key,
                    size_t size)
{
    struct gaz_snap_span span;
    gaz_snapshot_find(typo->snap, kind, key, size, &span);
    for (uint32_t i = 0; i < span.count && i < SCANNED_MAX; i++) {
        const struct gaz_snap_name *name =
            &typo->snap->names[span.items[i].name];
        const char *text = gaz_snapshot_text(typo->snap, name->text);
        struct letters letters;
        spell(text, strlen(text), &letters);
        if (!letters.is_whole || !one_edit(&typo->part, &letters))
            continue;
        int shorter =
            letters.count < typo->part.count ? letters.count : typo->part.count;
        float agreement = 1.0F - 1.2F / (float)(shorter + 1);
        if (shorter < TYPO_CHARACTERS_MIN)
            agreement = SHORT_AGREEMENT;
        /* The generic tells 村 from 镇: another last character is hardly a
         * slip of the finger; that it was cut short (梅园社) is. */
        if (letters.c[letters.count - 1] !=
                typo->part.c[typo->part.count - 1] &&
            !begins(text, typo))
            agreement *= 0.7F;
        gaz_guess_add(typo->filter, &span.items[i], agreement, typo->out,
                      &typo->count);
    }
}

int gaz_guess_typo(const struct gaz_snapshot *snap, const struct gaz_part *part,
                   const struct gaz_guess_filter *filter, struct gaz_guess *out)
{
    struct typo typo = {
        .snap = snap, .text = part->text, .filter = filter, .out = out};
    struct gaz_guess_filter narrow;
    spell(part->text, (size_t)part->size, &typo.part);
    if (!typo.part.is_whole || typo.part.count < TYPO_CHARACTERS_MIN - 1)
        return 0;
    if (typo.part.count < TYPO_CHARACTERS_MIN) {
        if (!filter || !filter->is_narrow)
            return 0;
        narrow =
            (struct gaz_guess_filter){filter->is_narrow, NULL, filter->user};
        typo.filter = &narrow;
    }
    try_key(&typo, GAZ_KEY_FUZZY, part->text, (size_t)part->size);
    if (typo.part.count < TYPO_CHARACTERS_MIN)
        return typo.count;
    char key[GAZ_PART_KEY_MAX_BYTES];
    for (int i = 0; i < typo.part.count; i++) {
        size_t head = (size_t)typo.part.at[i];
        size_t rest = (size_t)(part->size - typo.part.at[i + 1]);
        memcpy(key, part->text, head);
        memcpy(key + head, part->text + typo.part.at[i + 1], rest);
        try_key(&typo, GAZ_KEY_NAME, key, head + rest);
        try_key(&typo, GAZ_KEY_FUZZY, key, head + rest);
    }
    return typo.count;
}

bool gaz_guess_difference(const char *a, size_t a_size, const char *b,
                          uint32_t *in_a, uint32_t *in_b)
{
    struct letters left;
    struct letters right;
    spell(a, a_size, &left);
    spell(b, strlen(b), &right);
    if (left.count != right.count)
        return false;
    int differences = 0;
    for (int i = 0; i < left.count; i++) {
        if (left.c[i] == right.c[i])
            continue;
        *in_a = left.c[i];
        *in_b = right.c[i];
        differences++;
    }
    return differences == 1;
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "gazetteer/twins/liken.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "gazetteer/base/text.h"

enum { CHARS_MAX = 64 };

struct chars {
    uint32_t at[CHARS_MAX];
    int count;
};

static struct chars decode(const char *text)
{
    struct chars out = {.count = 0};
    size_t len = strlen(text);
    for (size_t at = 0; at < len && out.count < CHARS_MAX;)
        out.at[out.count++] = gaz_text_next(text, len, &at);
    return out;
}

static double share(const struct chars *a, const struct chars *b)
{
    int row[CHARS_MAX + 1] = {0};
    if (a->count == 0 || b->count == 0)
        return 0;
    for (int i = 0; i < a->count; i++) {
        int corner = 0;
        for (int k = 0; k < b->count; k++) {
            int above = row[k + 1];
            if (a->at[i] == b->at[k])
                row[k + 1] = corner + 1;
            else if (row[k] > above)
                row[k + 1] = row[k];
            corner = above;
        }
    }
    return (double)row[b->count] / (a->count > b->count ? a->count : b->count);
}

double gaz_twins_similarity(const char *a, const char *b)
{
    const struct chars x = decode(a);
    const struct chars y = decode(b);
    return share(&x, &y);
}

/* What tells siblings apart: numbers, directions, sizes, branches, phases. */
static bool is_ordinal(uint32_t c)
{
    static const char ORDINALS[] =
        "一二三四五六七八九十百零〇两东西南北中上下前后左右内外新老大小"
        "甲乙丙丁第期区号组弄店分校院园门队支总";
    if ((c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') ||
        (c >= 'a' && c <= 'z'))
        return true;
    for (size_t at = 0; at < sizeof(ORDINALS) - 1;)
        if (gaz_text_next(ORDINALS, sizeof(ORDINALS) - 1, &at) == c)
            return true;
    return false;
}

static bool is_all_ordinal(const uint32_t *chars, int count)
{
    for (int i = 0; i < count; i++)
        if (!is_ordinal(chars[i]))
            return false;
    return true;
}

/* What is between the common beginning and the common end. */
struct middle {
    const uint32_t *a;
    const uint32_t *b;
    int a_count;
    int b_count;
};

static struct middle middle_of(const struct chars *a, const struct chars *b)
{
    int shorter = a->count < b->count ? a->count : b->count;
    int head = 0;
    int tail = 0;
    while (head < shorter && a->at[head] == b->at[head])
        head++;
    while (tail < shorter - head &&
           a->at[a->count - 1 - tail] == b->at[b->count - 1 - tail])
        tail++;
    return (struct middle){a->at + head, b->at + head, a->count - head - tail,
                           b->count - head - tail};
}

static bool is_letter(const struct middle *m)
{
    if (m->a_count == 1 && m->b_count == 1)
        return true;
    return m->a_count == 2 && m->b_count == 2 && m->a[0] == m->b[1] &&
           m->a[1] == m->b[0];
}

/* Without what stands in brackets at its end; *note is what stands there. */
static struct chars strip_note(const struct chars *name, struct chars *note)
{
    struct chars bare = *name;
    note->count = 0;
    for (int i = 1; i < name->count; i++) {
        if (name->at[i] != '(' && name->at[i] != 0xFF08)
            continue;
        for (int k = i + 1; k < name->count; k++)
            if (name->at[k] != ')' && name->at[k] != 0xFF09)
                note->at[note->count++] = name->at[k];
        bare.count = i;
        break;
    }
    return bare;
}

static bool equal(const struct chars *a, const struct chars *b)
{
    return a->count == b->count &&
           memcmp(a->at, b->at, (size_t)a->count * sizeof(a->at[0])) == 0;
}

gaz_like gaz_liken_names(const struct gaz_liken *a, const struct gaz_liken *b,
                         double partly)
{
    if (!*a->name || !*b->name)
        return GAZ_LIKE_NONE;
    if (strcmp(a->name, b->name) == 0)
        return GAZ_LIKE_SAME;
    struct chars notes[2];
    const struct chars full_a = decode(a->name);
    const struct chars full_b = decode(b->name);
    const struct chars x = strip_note(&full_a, &notes[0]);
    const struct chars y = strip_note(&full_b, &notes[1]);
    if (equal(&x, &y))
        return notes[0].count && notes[1].count ? GAZ_LIKE_ORDINAL
                                                : GAZ_LIKE_BARE;
    const struct middle m = middle_of(&x, &y);
    if (is_all_ordinal(m.a, m.a_count) && is_all_ordinal(m.b, m.b_count))
        return m.a_count && m.b_count ? GAZ_LIKE_ORDINAL : GAZ_LIKE_BRANCH;
    if (*a->core && strcmp(a->core, b->core) == 0)
        return GAZ_LIKE_BARE;
    if (*a->sound && strcmp(a->sound, b->sound) == 0)
        return GAZ_LIKE_SOUND;
    if (is_letter(&m))
        return GAZ_LIKE_LETTER;
    if (m.a_count + m.b_count == 1)
        return GAZ_LIKE_LACKING;
    return share(&x, &y) >= partly ? GAZ_LIKE_PARTLY : GAZ_LIKE_OTHER;
}

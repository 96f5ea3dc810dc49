/* SPDX-License-Identifier: Apache-2.0 */
#include "gazetteer/quality/dedupe.h"

#include <string.h>

/* Two rows are the same place when they have the same official code, or the
 * same standard name in the same division and class. Before that, whatever
 * proves that they are two is asked; it goes over everything else, since a
 * wrong join hides a place while a missed one only shows it twice.
 *
 * Different codes are two bodies even when one ended before the other began: a
 * body that got a new code is told by a change (GAZ_CHANGE_RECODE), and a join
 * would lose the span of the older code. */

/* Sites without a known division are the same only when they are this near. */
enum { SITE_NEAR_M = 500 };

static bool is_given(const char *text)
{
    return text && *text;
}

/* The code that tells where the place is: its own, else its division's. */
static const char *code_of(const struct gaz_place *place)
{
    return is_given(place->code) ? place->code : place->parent_code;
}

static bool across_provinces(const struct gaz_place *a,
                             const struct gaz_place *b)
{
    const char *x = code_of(a);
    const char *y = code_of(b);
    return is_given(x) && is_given(y) && strncmp(x, y, 2) != 0;
}

static bool is_zeros(const char *text)
{
    return strspn(text, "0") == strlen(text);
}

/* 330482101 and 330482101000 are one code, written with and without the levels
 * below. */
static bool same_code(const char *a, const char *b)
{
    while (*a && *a == *b) {
        a++;
        b++;
    }
    return (*a == '\0' || *b == '\0') && is_zeros(a) && is_zeros(b);
}

static bool has_codes(const struct gaz_place *a, const struct gaz_place *b)
{
    return is_given(a->code) && is_given(b->code);
}

static bool same_name(const struct gaz_place *a, const struct gaz_place *b)
{
    return a->name_count > 0 && b->name_count > 0 &&
           strcmp(a->names[0].text, b->names[0].text) == 0;
}

static bool shares_name(const struct gaz_place *a, const struct gaz_place *b)
{
    for (int i = 0; i < a->name_count; i++)
        for (int k = 0; k < b->name_count; k++)
            if (strcmp(a->names[i].text, b->names[k].text) == 0)
                return true;
    return false;
}

static bool ended_before(const struct gaz_place *a, const struct gaz_place *b)
{
    return a->valid_to != GAZ_DATE_OPEN && b->valid_from != GAZ_DATE_OPEN &&
           a->valid_to < b->valid_from;
}

/* A code that was given anew, after its body had gone. */
static bool is_reused_code(const struct gaz_place *a, const struct gaz_place *b)
{
    return (ended_before(a, b) || ended_before(b, a)) && !shares_name(a, b);
}

/* 村 and 社区 of one name are neighbours, not one body. A site may be given one
 * class by one source and a finer one by another. */
static bool differs_in_kind(const struct gaz_place *a,
                            const struct gaz_place *b)
{
    if (a->level != b->level)
        return true;
    return a->level == GAZ_LEVEL_VILLAGE && a->category != 0 &&
           b->category != 0 && a->category != b->category;
}

static bool is_two(const struct gaz_place *a, const struct gaz_place *b)
{
    if (a->is_synthetic != b->is_synthetic || across_provinces(a, b) ||
        differs_in_kind(a, b))
        return true;
    return has_codes(a, b) &&
           (!same_code(a->code, b->code) || is_reused_code(a, b));
}

static bool same_site(const struct gaz_place *a, const struct gaz_place *b)
{
    if (is_given(a->address) && is_given(b->address))
        return strcmp(a->address, b->address) == 0;
    return a->position.method != GAZ_METHOD_NONE &&
           b->position.method != GAZ_METHOD_NONE &&
           gaz_coord_distance_m(a->position.coord, b->position.coord) <=
               SITE_NEAR_M;
}

static bool same_parent(const struct gaz_place *a, const struct gaz_place *b)
{
    if (a->parent != 0 && b->parent != 0)
        return a->parent == b->parent;
    if (is_given(a->parent_code) && is_given(b->parent_code))
        return same_code(a->parent_code, b->parent_code);
    bool none = a->parent == 0 && b->parent == 0 && !is_given(a->parent_code) &&
                !is_given(b->parent_code);
    return none && same_site(a, b);
}

static bool is_twin(const struct gaz_place *a, const struct gaz_place *b)
{
    if (is_two(a, b))
        return false;
    if (has_codes(a, b))
        return true;
    return same_name(a, b) && a->category == b->category && same_parent(a, b);
}

const struct gaz_place *gaz_dedupe_find_twin(const struct gaz_place *place,
                                             const struct gaz_place *candidates,
                                             int count)
{
    const struct gaz_place *named = NULL;
    for (int i = 0; i < count; i++) {
        if (!is_twin(place, &candidates[i]))
            continue;
        if (has_codes(place, &candidates[i]))
            return &candidates[i]; /* the same code is the better reason */
        if (!named)
            named = &candidates[i];
    }
    return named;
}

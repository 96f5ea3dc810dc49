/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "gazetteer/quality/dedupe.h"

/* Every rule here is a join of what is known: nothing is lost, saying a thing
 * twice adds nothing, and (but for ties, which the twin wins) the order in
 * which rows come does not matter. */

struct span {
    gaz_date from;
    gaz_date to;
    gaz_basis basis;
};

/* The basis of a span made of two: that of the one which it equals, else the
 * weaker. */
static gaz_basis joined_basis(struct span a, struct span b, struct span made)
{
    bool is_a = made.from == a.from && made.to == a.to;
    bool is_b = made.from == b.from && made.to == b.to;
    gaz_basis strong = a.basis < b.basis ? a.basis : b.basis;
    gaz_basis weak = a.basis < b.basis ? b.basis : a.basis;
    if (is_a && is_b)
        return strong;
    if (is_a || is_b)
        return is_a ? a.basis : b.basis;
    return weak;
}

/* A span without a basis says nothing. */
static struct span join_spans(struct span a, struct span b)
{
    if (a.basis == GAZ_BASIS_NONE)
        return b;
    if (b.basis == GAZ_BASIS_NONE)
        return a;
    bool is_open = a.to == GAZ_DATE_OPEN || b.to == GAZ_DATE_OPEN;
    gaz_date later = a.to > b.to ? a.to : b.to;
    struct span made = {
        .from = a.from < b.from ? a.from : b.from, /* open is 0: earliest */
        .to = is_open ? GAZ_DATE_OPEN : later,
    };
    made.basis = joined_basis(a, b, made);
    return made;
}

static bool is_given(const char *text)
{
    return text && *text;
}

static void take_text(const char **kept, const char *fresh)
{
    if (!is_given(*kept) && is_given(fresh))
        *kept = fresh;
}

static bool same_text(const char *a, const char *b)
{
    return a == b || (a && b && strcmp(a, b) == 0);
}

/* ---- names ---- */

struct names {
    struct gaz_name items[2 * GAZ_NAMES_MAX];
    int count;
};

static void join_name(struct gaz_name *kept, const struct gaz_name *name)
{
    struct span span = join_spans(
        (struct span){kept->valid_from, kept->valid_to, kept->basis},
        (struct span){name->valid_from, name->valid_to, name->basis});
    kept->valid_from = span.from;
    kept->valid_to = span.to;
    kept->basis = span.basis;
    take_text(&kept->roman, name->roman);
    if (kept->source == 0)
        kept->source = name->source;
}

static void add_name(struct names *names, const struct gaz_name *name)
{
    for (int i = 0; i < names->count; i++) {
        struct gaz_name *kept = &names->items[i];
        if (kept->kind == name->kind && strcmp(kept->text, name->text) == 0) {
            join_name(kept, name);
            return;
        }
    }
    names->items[names->count++] = *name;
}

/* Which of two names stands first: a standard one, then one that is still
 * valid, then the later. Ties keep their order. */
static bool is_better_standard(const struct gaz_name *a,
                               const struct gaz_name *b)
{
    bool a_standard = a->kind == GAZ_NAME_STANDARD;
    bool b_standard = b->kind == GAZ_NAME_STANDARD;
    if (a_standard != b_standard || !a_standard)
        return a_standard && !b_standard;
    bool a_open = a->valid_to == GAZ_DATE_OPEN;
    bool b_open = b->valid_to == GAZ_DATE_OPEN;
    if (a_open != b_open)
        return a_open;
    if (a->valid_to != b->valid_to)
        return a->valid_to > b->valid_to;
    return a->valid_from > b->valid_from;
}

/* Moves the standard name to the front; the others keep their order. */
static void lead_with_standard(struct names *names)
{
    int best = 0;
    for (int i = 1; i < names->count; i++)
        if (is_better_standard(&names->items[i], &names->items[best]))
            best = i;
    struct gaz_name lead = names->items[best];
    memmove(&names->items[1], &names->items[0],
            (size_t)best * sizeof(names->items[0]));
    names->items[0] = lead;
}

static gaz_status merge_names(struct gaz_ctx *ctx, const struct gaz_place *twin,
                              const struct gaz_place *fresh,
                              struct gaz_place *out)
{
    if (twin->name_count > GAZ_NAMES_MAX || fresh->name_count > GAZ_NAMES_MAX)
        return gaz_fail(ctx, GAZ_LIMIT, "more than %d names", GAZ_NAMES_MAX);
    struct names names = {.count = 0};
    for (int i = 0; i < twin->name_count; i++)
        add_name(&names, &twin->names[i]);
    for (int i = 0; i < fresh->name_count; i++)
        add_name(&names, &fresh->names[i]);
    if (names.count > GAZ_NAMES_MAX)
        return gaz_fail(ctx, GAZ_LIMIT, "'%s' would have %d names, at most %d",
                        names.items[0].text, names.count, GAZ_NAMES_MAX);
    if (names.count > 0)
        lead_with_standard(&names);
    size_t size = (size_t)names.count * sizeof(names.items[0]);
    out->names = gaz_arena_grow(&ctx->arena, names.items, size, size);
    out->name_count = names.count;
    return GAZ_OK;
}

/* ---- the rest ---- */

/* A row that gives no dates and no status says nothing about whether the place
 * is still there: a position for 黄姑镇 must not bring it back. */
static bool tells_status(const struct gaz_place *place)
{
    return place->basis != GAZ_BASIS_NONE ||
           place->status != GAZ_STATUS_CURRENT;
}

static gaz_place_status joined_status(const struct gaz_place *twin,
                                      const struct gaz_place *fresh)
{
    if (!tells_status(fresh))
        return twin->status;
    if (!tells_status(twin))
        return fresh->status;
    /* current is 0, planned 1, historical 2: the liveliest */
    return twin->status < fresh->status ? twin->status : fresh->status;
}

static bool is_better_position(const struct gaz_position *a,
                               const struct gaz_position *b)
{
    if (a->method == GAZ_METHOD_NONE || b->method == GAZ_METHOD_NONE)
        return a->method != GAZ_METHOD_NONE && b->method == GAZ_METHOD_NONE;
    return a->accuracy_m > 0 &&
           (b->accuracy_m <= 0 || a->accuracy_m < b->accuracy_m);
}

static void merge_area(const struct gaz_place *fresh, struct gaz_place *out)
{
    bool surveyed_now = out->area_is_schematic && !fresh->area_is_schematic;
    if (!fresh->area_wkb || (out->area_wkb && !surveyed_now))
        return;
    out->area_wkb = fresh->area_wkb;
    out->area_size = fresh->area_size;
    out->area_is_schematic = fresh->area_is_schematic;
}

static void take_bearing(gaz_bearing *have, gaz_bearing fresh)
{
    if (*have == GAZ_BEARING_NONE)
        *have = fresh;
}

static void merge_fields(const struct gaz_place *twin,
                         const struct gaz_place *fresh, struct gaz_place *out)
{
    struct span span = join_spans(
        (struct span){twin->valid_from, twin->valid_to, twin->basis},
        (struct span){fresh->valid_from, fresh->valid_to, fresh->basis});
    out->valid_from = span.from;
    out->valid_to = span.to;
    out->basis = span.basis;
    out->status = joined_status(twin, fresh);
    take_text(&out->code, fresh->code);
    if (out->level == GAZ_LEVEL_NONE)
        out->level = fresh->level;
    if (out->category == 0)
        out->category = fresh->category;
    out->is_statistical = twin->is_statistical || fresh->is_statistical;
    if (out->parent == 0 && !is_given(out->parent_code)) {
        out->parent = fresh->parent;
        out->parent_code = fresh->parent_code;
    }
    if (is_better_position(&fresh->position, &twin->position))
        out->position = fresh->position;
    merge_area(fresh, out);
    take_text(&out->address, fresh->address);
    take_text(&out->meaning, fresh->meaning);
    take_text(&out->origin, fresh->origin);
    take_text(&out->history, fresh->history);
    take_bearing(&out->numbering.start, fresh->numbering.start);
    take_bearing(&out->numbering.odd_side, fresh->numbering.odd_side);
    take_text(&out->numbering.rule, fresh->numbering.rule);
}

/* ---- has anything changed? ---- */

static bool same_names(const struct gaz_place *a, const struct gaz_place *b)
{
    if (a->name_count != b->name_count)
        return false;
    for (int i = 0; i < a->name_count; i++) {
        const struct gaz_name *x = &a->names[i];
        const struct gaz_name *y = &b->names[i];
        if (strcmp(x->text, y->text) != 0 || !same_text(x->roman, y->roman) ||
            x->kind != y->kind || x->valid_from != y->valid_from ||
            x->valid_to != y->valid_to || x->basis != y->basis ||
            x->source != y->source)
            return false;
    }
    return true;
}

/* What merge_fields never replaces by an equal value may be compared by
 * address: it points at the twin's own or at something new. */
static bool same_fields(const struct gaz_place *a, const struct gaz_place *b)
{
    return a->valid_from == b->valid_from && a->valid_to == b->valid_to &&
           a->basis == b->basis && a->status == b->status &&
           a->code == b->code && a->level == b->level &&
           a->category == b->category &&
           a->is_statistical == b->is_statistical && a->parent == b->parent &&
           a->parent_code == b->parent_code &&
           a->position.method == b->position.method &&
           a->position.accuracy_m == b->position.accuracy_m &&
           a->area_wkb == b->area_wkb && a->address == b->address &&
           a->meaning == b->meaning && a->origin == b->origin &&
           a->history == b->history &&
           a->numbering.start == b->numbering.start &&
           a->numbering.odd_side == b->numbering.odd_side &&
           a->numbering.rule == b->numbering.rule;
}

gaz_status gaz_dedupe_merge(struct gaz_ctx *ctx, const struct gaz_place *twin,
                            const struct gaz_place *fresh,
                            struct gaz_place *out, bool *changed)
{
    struct gaz_place made = *twin;
    gaz_status status = merge_names(ctx, twin, fresh, &made);
    if (status != GAZ_OK)
        return status;
    merge_fields(twin, fresh, &made);
    *changed = !same_names(twin, &made) || !same_fields(twin, &made);
    *out = made;
    return GAZ_OK;
}

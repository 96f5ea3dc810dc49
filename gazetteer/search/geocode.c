/* SPDX-License-Identifier: Apache-2.0 */
/* Words to places, in stages: the text as one name; the elements of the text;
 * the text cut along known names; and, when these leave something unexplained,
 * the same with guesses. The best reading goes on: its number is looked up, its
 * chains are ranked and become answers. */
#include <string.h>

#include "gazetteer/search/answer.h"
#include "gazetteer/search/batch.h"
#include "gazetteer/search/confidence.h"
#include "gazetteer/search/offset.h"
#include "gazetteer/search/reasons.h"
#include "gazetteer/search/site.h"
#include "gazetteer/search/verdict.h"

/* A reading that explains all parts; nothing better need be looked for. */
static const float GOOD = 0.90F;
/* Of a reading that leaves out the name of a place, as of one that finds none
 * for it: another cut may know it. */
static const float SKIPS = 0.60F;
/* Answers under this agreement explain too little to be given. */
static const double WORST_AGREEMENT = 0.15;

/* The reading that is best so far: its cut; its chains are in beams[2]. */
struct reading {
    struct gaz_cut cut;
    float agreement;
    uint32_t site; /* found by its own address: there is one chain then */
};

static void try_cut(struct gaz_searcher *searcher,
                    const struct gaz_snapshot *snap,
                    const struct gaz_asked *asked, const struct gaz_cut *cut,
                    bool may_guess, struct reading *best)
{
    gaz_chain_read(searcher, snap, asked, cut, may_guess);
    uint32_t place;
    float agreement = gaz_chain_best(&searcher->beams[0], &place);
    if (place != GAZ_NONE && gaz_confidence_skips(snap, asked, cut, place) > 0)
        agreement *= SKIPS;
    if (agreement <= best->agreement)
        return;
    best->agreement = agreement;
    best->cut = *cut;
    best->site = GAZ_NONE;
    gaz_chain_copy(&searcher->beams[0], &searcher->beams[2]);
}

/* The whole text as one name. */
static gaz_status cut_whole(struct gaz_ctx *ctx, const struct gaz_asked *asked,
                            struct gaz_cut *out)
{
    *out = (struct gaz_cut){.count = 1, .number_at = (int)asked->size};
    struct gaz_part *part = &out->parts[0];
    gaz_status status = gaz_query_key(ctx, asked->unicode, asked->text,
                                      asked->size, &part->text, &part->size);
    part->end = (int)asked->size;
    part->label = GAZ_ELEMENT_POI;
    if (part->size == 0 || part->size > GAZ_PART_KEY_MAX_BYTES)
        out->count = 0;
    return status;
}

/* The three ways to cut: the i-th, made when it is first wanted. */
static gaz_status make_cut(struct gaz_ctx *ctx, const struct gaz_snapshot *snap,
                           const struct gaz_asked *asked, int i,
                           struct gaz_cut cuts[3])
{
    if (i == 0)
        return cut_whole(ctx, asked, &cuts[0]);
    if (i == 1)
        return gaz_query_cut(ctx, snap, asked, &cuts[1]);
    /* cppcheck-suppress uninitvar; the step before made it */
    cuts[2] = cuts[1];
    return gaz_query_recut(ctx, snap, asked, &cuts[2]);
}

static bool is_division(const struct gaz_snapshot *snap,
                        const struct gaz_part *part)
{
    struct gaz_snap_span span;
    if (part->label != GAZ_ELEMENT_PROV && part->label != GAZ_ELEMENT_CITY &&
        part->label != GAZ_ELEMENT_DISTRICT && part->label != GAZ_ELEMENT_TOWN)
        return false;
    gaz_snapshot_find(snap, GAZ_KEY_NAME, part->text, (size_t)part->size,
                      &span);
    return span.count > 0;
}

/* 开元小龘社区 is cut behind 开元, which is a name elsewhere: a wrong character
 * makes parts of what is one name. So what stands between the divisions and the
 * number is taken as one name. */
static gaz_status join_rest(struct gaz_ctx *ctx,
                            const struct gaz_snapshot *snap,
                            const struct gaz_asked *asked,
                            const struct gaz_cut *cut, struct gaz_cut *out)
{
    int from = 0;
    while (from < cut->count && is_division(snap, &cut->parts[from]))
        from++;
    int to = from;
    while (to < cut->count && !cut->parts[to].after_number)
        to++;
    *out = *cut;
    /* with what was left out as said before: 秦山街道 of 秦山街道核电社区 */
    int start = from > 0 ? cut->parts[from - 1].end : 0;
    if (to == from || (to - from < 2 && start == cut->parts[from].start))
        return GAZ_OK;
    struct gaz_part *part = &out->parts[from];
    part->start = start;
    part->end = cut->parts[to - 1].end;
    gaz_status status = gaz_query_key(
        ctx, asked->unicode, asked->text + part->start,
        (size_t)(part->end - part->start), &part->text, &part->size);
    out->count = from + 1;
    for (int i = to; i < cut->count; i++)
        out->parts[out->count++] = cut->parts[i];
    if (part->size > GAZ_PART_KEY_MAX_BYTES)
        *out = *cut;
    return status;
}

static gaz_status read_joined(struct gaz_ctx *ctx,
                              struct gaz_searcher *searcher,
                              const struct gaz_snapshot *snap,
                              const struct gaz_asked *asked,
                              const struct gaz_cut *cut, struct reading *best)
{
    struct gaz_cut joined;
    gaz_status status = join_rest(ctx, snap, asked, cut, &joined);
    if (status == GAZ_OK && joined.count > 0)
        try_cut(searcher, snap, asked, &joined, true, best);
    return status;
}

static gaz_status read_text(struct gaz_ctx *ctx, struct gaz_searcher *searcher,
                            const struct gaz_snapshot *snap,
                            const struct gaz_asked *asked, struct reading *best)
{
    struct gaz_cut cuts[3];
    best->agreement = 0;
    best->site = GAZ_NONE;
    best->cut = (struct gaz_cut){.number_at = (int)asked->size};
    searcher->beams[2].count = 0;
    searcher->beams[2].dropped = 0;
    for (int step = 0; step < 6; step++) {
        int i = step % 3;
        bool may_guess = step >= 3;
        gaz_status status =
            may_guess ? GAZ_OK : make_cut(ctx, snap, asked, i, cuts);
        if (status == GAZ_OK && step == 3)
            best->site = gaz_site_find(snap, asked, &cuts[1],
                                       &searcher->beams[2], &best->cut);
        if (best->site != GAZ_NONE)
            return GAZ_OK;
        if (status == GAZ_OK && cuts[i].count > 0)
            try_cut(searcher, snap, asked, &cuts[i], may_guess, best);
        if (status != GAZ_OK || best->agreement >= GOOD)
            return status;
    }
    return read_joined(ctx, searcher, snap, asked, &cuts[1], best);
}

/* A number may be part of the name of what it stands on: 新风路123弄 is a lane
 * with numbers of its own. Then the tail's number is the one to look for. */
static void enter_lane(const struct gaz_snapshot *snap, struct gaz_chain *chain,
                       struct gaz_plate *plate)
{
    if (!plate->number || !plate->tail)
        return;
    const char *road = gaz_snapshot_text(snap, snap->names[chain->name].text);
    char key[GAZ_PART_KEY_MAX_BYTES];
    size_t size = strlen(road);
    size_t more = (size_t)plate->number_size;
    if (size + more > sizeof(key))
        return;
    memcpy(key, road, size);
    memcpy(key + size, plate->number, more);
    struct gaz_snap_span span;
    gaz_snapshot_find(snap, GAZ_KEY_NAME, key, size + more, &span);
    uint32_t over = snap->places[chain->place].parent;
    for (uint32_t i = 0; i < span.count; i++) {
        uint32_t lane = span.items[i].place;
        if (!gaz_snapshot_lies_in(snap, lane, chain->place) &&
            (over == GAZ_NONE || !gaz_snapshot_lies_in(snap, lane, over)))
            continue;
        chain->place = lane;
        chain->name = span.items[i].name;
        gaz_number_split(plate);
        return;
    }
}

static bool is_wanted(const struct gaz_snapshot *snap,
                      const struct gaz_asked *asked,
                      const struct gaz_scored *item)
{
    if (item->agreement < WORST_AGREEMENT)
        return false;
    int category = asked->query->category;
    uint32_t address = item->number.address;
    if (asked->below != GAZ_NONE &&
        !gaz_history_within(snap, item->chain->place, asked->below))
        return false;
    return gaz_rank_fits(snap, item->chain->place, category) ||
           (address != GAZ_NONE && snap->addresses[address].place != GAZ_NONE &&
            gaz_rank_fits(snap, snap->addresses[address].place, category));
}

static int score(const struct gaz_snapshot *snap, const struct gaz_asked *asked,
                 struct gaz_beam *beam, const struct reading *best,
                 struct gaz_scored *out)
{
    const struct gaz_cut *cut = &best->cut;
    int count = 0;
    for (int i = 0; i < beam->count; i++) {
        struct gaz_chain *chain = &beam->items[i];
        if (chain->place == GAZ_NONE)
            continue;
        struct gaz_plate plate = cut->plate;
        enter_lane(snap, chain, &plate);
        struct gaz_scored *item = &out[count];
        item->chain = chain;
        item->plate = plate;
        item->site = best->site;
        gaz_number_find(snap, chain->place, &plate, &item->number);
        gaz_rank_score(snap, asked, &plate, item);
        if (is_wanted(snap, asked, item))
            count++;
    }
    gaz_rank_sort(snap, asked, cut, out, count, beam->dropped);
    return count;
}

/* Where the number was found, or where it may be. */
static void write_number(struct gaz_ctx *ctx, const struct gaz_snapshot *snap,
                         const struct gaz_asked *asked,
                         const struct gaz_number_match *number,
                         struct gaz_answer *out)
{
    if (number->address != GAZ_NONE) {
        /* another room of the house is no answer: its entrance is */
        size_t tail =
            number->found == GAZ_NUMBER_ENTRANCE ? number->tail_size : SIZE_MAX;
        out->address = number->address;
        out->match = number->found == GAZ_NUMBER_SIBLING
                         ? GAZ_MATCH_INTERPOLATED
                         : GAZ_MATCH_EXACT;
        out->label = gaz_label_address_to(ctx, snap, out->address,
                                          asked->query->at, tail);
        out->position = gaz_label_address_position(snap, out->address);
    } else if (number->found == GAZ_NUMBER_INTERPOLATED) {
        out->match = GAZ_MATCH_INTERPOLATED;
        out->position = number->position;
    } else if (number->nearest_m >= 0) {
        out->position = number->position;
    }
}

static void write_answer(struct gaz_ctx *ctx, const struct gaz_snapshot *snap,
                         const struct gaz_asked *asked,
                         const struct gaz_cut *cut,
                         const struct gaz_scored *item, int rivals,
                         struct gaz_answer *out)
{
    const struct gaz_chain *chain = item->chain;
    gaz_answer_place(ctx, snap, asked, chain->place, chain->name, out);
    out->confidence = item->confidence;
    memcpy(out->signs, item->signs, sizeof(out->signs));
    gaz_verdict_fill(ctx, snap, asked, cut, item, out);
    if (item->site != GAZ_NONE) {
        out->match = GAZ_MATCH_EXACT;
        out->label = gaz_site_label(ctx, snap, asked, cut, item->site);
        gaz_site_reason(ctx, snap, asked, item->site, out);
    } else {
        write_number(ctx, snap, asked, &item->number, out);
    }
    gaz_answer_distance(asked, out);
    gaz_reasons_chain(ctx, snap, asked, cut, chain, out);
    if (item->site == GAZ_NONE)
        gaz_reasons_number(ctx, snap, &item->plate, &item->number, out);
    if (rivals > 0)
        gaz_reasons_add(
            out, "ambiguous",
            gaz_arena_printf(&ctx->arena, "另有%d处同样可能", rivals),
            gaz_arena_printf(&ctx->arena, "%d more could be meant", rivals));
    gaz_reasons_position(snap, out);
}

/* The names and the number as they were read, noise left out. */
static const char *standardised(struct gaz_ctx *ctx,
                                const struct gaz_asked *asked,
                                const struct gaz_cut *cut)
{
    char *out = gaz_arena_alloc(&ctx->arena, 2 * asked->size + 1);
    size_t size = 0;
    bool has_number = cut->plate.number == NULL;
    for (int i = 0; i <= cut->count; i++) {
        bool now = i == cut->count || cut->parts[i].after_number;
        if (!has_number && now) {
            const struct gaz_plate *plate = &cut->plate;
            memcpy(out + size, plate->number, (size_t)plate->number_size);
            size += (size_t)plate->number_size;
            if (plate->tail_size > 0)
                memcpy(out + size, plate->tail, (size_t)plate->tail_size);
            size += (size_t)plate->tail_size;
            has_number = true;
        }
        if (i == cut->count)
            break;
        size_t more = (size_t)(cut->parts[i].end - cut->parts[i].start);
        memcpy(out + size, asked->text + cut->parts[i].start, more);
        size += more;
    }
    return out;
}

/* Everything from the text to the answers; `asked` has it folded. */
static gaz_status answer(struct gaz_ctx *ctx, struct gaz_searcher *searcher,
                         const struct gaz_snapshot *snap,
                         const struct gaz_asked *asked,
                         const struct gaz_offset *offset,
                         struct gaz_answers *out)
{
    struct reading best;
    gaz_status status = read_text(ctx, searcher, snap, asked, &best);
    if (status != GAZ_OK)
        return status;
    struct gaz_scored *scored = gaz_arena_array(
        &ctx->arena, (size_t)searcher->beams[2].count + 1, sizeof(*scored));
    int count = score(snap, asked, &searcher->beams[2], &best, scored);
    int wanted = count < asked->query->limit ? count : asked->query->limit;
    struct gaz_answer *items =
        gaz_arena_array(&ctx->arena, (size_t)wanted + 1, sizeof(*items));
    for (int i = 0; i < wanted; i++) {
        write_answer(ctx, snap, asked, &best.cut, &scored[i],
                     count - 1 + searcher->beams[2].dropped, &items[i]);
        gaz_offset_apply(ctx, snap, offset, &items[i]);
    }
    const char *text =
        best.cut.count > 0
            ? standardised(ctx, asked, &best.cut)
            : gaz_arena_strndup(&ctx->arena, asked->text, asked->size);
    if (offset->rest_size > 0)
        text = gaz_arena_printf(&ctx->arena, "%s%.*s", text, offset->rest_size,
                                offset->rest);
    *out = (struct gaz_answers){
        .items = items, .count = wanted, .standardised = text};
    return GAZ_OK;
}

static double best_confidence(const struct gaz_answers *answers)
{
    return answers->count > 0 ? answers->items[0].confidence : 0;
}

/* An answer that is not sure, or a name with a number in digits, is asked for
 * again, tidied; the better answer counts. */
static gaz_status
answer_again(struct gaz_ctx *ctx, struct gaz_searcher *searcher,
             const struct gaz_snapshot *snap, struct gaz_asked *asked,
             const struct gaz_offset *offset, struct gaz_answers *out)
{
    bool is_other = false;
    struct gaz_answers second;
    gaz_status status = gaz_query_tidy(ctx, snap, asked, &is_other);
    if (status != GAZ_OK || !is_other)
        return status;
    status = answer(ctx, searcher, snap, asked, offset, &second);
    if (status == GAZ_OK && best_confidence(&second) > best_confidence(out))
        *out = second;
    return status;
}

gaz_status gaz_geocode(struct gaz_ctx *ctx, struct gaz_searcher *searcher,
                       const struct gaz_snapshot *snap,
                       const struct gaz_query *query, struct gaz_answers *out)
{
    struct gaz_asked asked;
    struct gaz_offset offset;
    struct gaz_answers answers;
    gaz_status status =
        gaz_query_open(ctx, searcher, snap, query, false, &asked);
    if (status == GAZ_OK)
        status = gaz_offset_read(ctx, &asked, &offset);
    if (status == GAZ_OK)
        status = gaz_query_rewrite(ctx, snap, &asked);
    if (status == GAZ_OK)
        status = answer(ctx, searcher, snap, &asked, &offset, &answers);
    if (status == GAZ_OK &&
        (best_confidence(&answers) < gaz_batch_threshold() ||
         gaz_query_has_name_digits(&asked)))
        status = answer_again(ctx, searcher, snap, &asked, &offset, &answers);
    if (status != GAZ_OK)
        return status;
    *out = answers;
    if (!query->wants_rewrites)
        return GAZ_OK;
    struct gaz_rewrites *rewrites =
        gaz_arena_alloc(&ctx->arena, sizeof(*rewrites));
    out->rewrites = rewrites;
    return gaz_search_rewrite(ctx, searcher, snap, query->text, rewrites);
}

gaz_status gaz_search_rewrite(struct gaz_ctx *ctx,
                              struct gaz_searcher *searcher,
                              const struct gaz_snapshot *snap, const char *text,
                              struct gaz_rewrites *out)
{
    size_t size = 0;
    gaz_status status = gaz_query_check_text(ctx, text, &size);
    if (status != GAZ_OK)
        return status;
    return gaz_rewrite_address(ctx, searcher->unicode,
                               snap ? &snap->lexicon : NULL, text, size, out);
}

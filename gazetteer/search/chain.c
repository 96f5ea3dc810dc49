/* SPDX-License-Identifier: Apache-2.0 */
#include "gazetteer/search/chain.h"

#include "gazetteer/search/guess.h"
#include "gazetteer/search/rank.h"

/* One part at a time, from `now` into `next`. */
struct step {
    const struct gaz_snapshot *snap;
    const struct gaz_asked *asked;
    const struct gaz_part *part;
    int number; /* of the part */
    const struct gaz_beam *now;
    struct gaz_beam *next;
};

enum relation { APART, ONWARD, UPWARD, BESIDE };

static enum relation relate(const struct gaz_snapshot *snap, uint32_t from,
                            uint32_t to)
{
    if (from == GAZ_NONE || from == to || gaz_history_within(snap, to, from))
        return ONWARD;
    if (gaz_history_within(snap, from, to))
        return UPWARD;
    uint32_t over = snap->places[to].parent;
    bool hangs = snap->places[to].level == GAZ_LEVEL_NONE && over != GAZ_NONE;
    bool is_deep = snap->places[from].level == GAZ_LEVEL_NONE ||
                   snap->places[from].level == GAZ_LEVEL_VILLAGE;
    if (hangs && is_deep && snap->places[over].level >= GAZ_LEVEL_TOWN &&
        gaz_snapshot_lies_in(snap, from, over))
        return BESIDE;
    return APART;
}

static void push(struct gaz_beam *beam, const struct gaz_chain *chain)
{
    for (int i = 0; i < beam->count; i++) {
        if (beam->items[i].place != chain->place)
            continue;
        if (chain->agreement > beam->items[i].agreement)
            beam->items[i] = *chain;
        return;
    }
    if (beam->count == GAZ_CHAINS_MAX)
        beam->dropped++;
    else
        beam->items[beam->count++] = *chain;
}

/* Carries every chain on to the place of `link`. */
static void carry(struct step *step, struct gaz_link link, float agreement)
{
    for (int i = 0; i < step->now->count; i++) {
        const struct gaz_chain *from = &step->now->items[i];
        enum relation relation = relate(step->snap, from->place, link.place);
        if (relation == APART)
            continue;
        struct gaz_chain chain = *from;
        bool stays = from->place != GAZ_NONE &&
                     (relation == UPWARD || step->part->after_number);
        link.is_aside = stays && relation != UPWARD;
        if (!stays) {
            chain.place = link.place;
            chain.name = link.name;
        }
        chain.is_repeat = from->place == link.place;
        chain.links[step->number] = link;
        chain.visited |= 1U << step->number;
        chain.agreement *= agreement;
        if (relation == BESIDE)
            chain.agreement *= gaz_rank_beside();
        push(step->next, &chain);
    }
}

/* The part means this place alone; what was found before is at odds. The chains
 * so far differ in what is at odds only, so the first stands for all. */
static void restart(struct step *step, struct gaz_link link, float agreement)
{
    struct gaz_chain chain = step->now->items[0];
    agreement *= gaz_rank_restart();
    for (int k = 0; k < step->number; k++) {
        if (chain.links[k].how != GAZ_HOW_UNKNOWN)
            chain.links[k].how = GAZ_HOW_AGAINST;
        agreement *= gaz_rank_how((gaz_how)chain.links[k].how);
    }
    chain.place = link.place;
    chain.name = link.name;
    chain.links[step->number] = link;
    chain.visited = 1U << step->number;
    chain.agreement = agreement;
    chain.is_repeat = false;
    push(step->next, &chain);
}

typedef void taker(struct step *step, struct gaz_link link, float agreement);

static gaz_how how_of(const struct gaz_snap_name *name, gaz_date day)
{
    if (name->kind == GAZ_NAME_FORMER && name->valid_to == GAZ_DATE_OPEN)
        return GAZ_HOW_FORMER;
    if (!gaz_date_in(day, name->valid_from, name->valid_to))
        return GAZ_HOW_FORMER;
    if (name->kind == GAZ_NAME_SHORT)
        return GAZ_HOW_SHORT;
    if (name->kind == GAZ_NAME_ALIAS || name->kind == GAZ_NAME_VARIANT)
        return GAZ_HOW_ALIAS;
    return GAZ_HOW_EXACT;
}

/* What lies over the filter is no answer, but may lead to one: 浙江省 in front
 * of a village, asked for in its town. */
static void take_if_below(struct step *step, taker *take, struct gaz_link link,
                          float agreement)
{
    uint32_t below = step->asked->below;
    if (below == GAZ_NONE ||
        gaz_history_within(step->snap, link.place, below) ||
        gaz_history_within(step->snap, below, link.place))
        take(step, link, agreement);
}

/* Gives the place of a name, or its heirs on the day, to `take`. */
static void offer(struct step *step, taker *take,
                  const struct gaz_snap_posting *posting, gaz_how guess,
                  float agreement)
{
    const struct gaz_snapshot *snap = step->snap;
    gaz_date day = step->asked->day;
    gaz_how how = guess;
    bool stands = gaz_history_stands(snap, posting->place, day);
    /* The name of a place that is gone is no former name of it. */
    if (how == GAZ_HOW_EXACT && stands)
        how = how_of(&snap->names[posting->name], day);
    struct gaz_link link = {.place = posting->place,
                            .name = posting->name,
                            .via = GAZ_NONE,
                            .how = (uint8_t)how};
    if (stands) {
        take_if_below(step, take, link, agreement * gaz_rank_how(how));
        return;
    }
    struct gaz_heir heirs[GAZ_HEIRS_MAX];
    int count = gaz_history_heirs(snap, posting->place, day, heirs);
    if (count == 0) {
        link.how = GAZ_HOW_GONE;
        take_if_below(step, take, link,
                      agreement * gaz_rank_how(GAZ_HOW_GONE) *
                          gaz_rank_how(how));
        return;
    }
    link.how = GAZ_HOW_HEIR;
    link.via = posting->place;
    for (int i = 0; i < count; i++) {
        link.place = heirs[i].place;
        link.date = heirs[i].date;
        link.change = (uint8_t)heirs[i].kind;
        link.is_later = heirs[i].is_later;
        take_if_below(step, take, link,
                      agreement * gaz_rank_how(GAZ_HOW_HEIR) *
                          gaz_rank_how(how));
    }
}

static void offer_span(struct step *step, taker *take,
                       const struct gaz_snap_span *span)
{
    for (uint32_t i = 0; i < span->count; i++)
        offer(step, take, &span->items[i], GAZ_HOW_EXACT, 1.0F);
}

/* All chains go on as they are, the part unused. */
static void pass(struct step *step, gaz_how how, float agreement)
{
    for (int i = 0; i < step->now->count; i++) {
        struct gaz_chain chain = step->now->items[i];
        chain.links[step->number] = (struct gaz_link){
            .place = GAZ_NONE,
            .name = GAZ_NONE,
            .via = GAZ_NONE,
            .how = (uint8_t)how,
            .is_aside = step->part->after_number,
        };
        chain.agreement *= agreement;
        push(step->next, &chain);
    }
}

/* A guess is of use when some reading can go on to it. */
static bool can_carry(const void *user, uint32_t place)
{
    const struct step *step = user;
    for (int i = 0; i < step->now->count; i++)
        if (relate(step->snap, step->now->items[i].place, place) != APART)
            return true;
    /* what is gone may have an heir elsewhere */
    return !gaz_history_stands(step->snap, place, step->asked->day);
}

/* Of a short name only what lies right below what was read: a village of the
 * town, a town of the county. */
static bool is_child(const void *user, uint32_t place)
{
    const struct step *step = user;
    uint32_t parent = step->snap->places[place].parent;
    for (int i = 0; parent != GAZ_NONE && i < step->now->count; i++)
        if (step->now->items[i].place == parent &&
            step->snap->places[parent].level >= GAZ_LEVEL_COUNTY)
            return true;
    return false;
}

static void offer_guesses(struct step *step)
{
    struct gaz_guess guesses[GAZ_GUESSES_MAX];
    const struct gaz_guess_filter filter = {can_carry, is_child, step};
    int count = gaz_guess_sound(step->snap, step->part, &filter, guesses);
    for (int i = 0; i < count; i++)
        offer(step, carry, &guesses[i].posting, GAZ_HOW_SOUND,
              guesses[i].agreement);
    if (step->next->count > 0)
        return;
    count = gaz_guess_typo(step->snap, step->part, &filter, guesses);
    for (int i = 0; i < count; i++)
        offer(step, carry, &guesses[i].posting, GAZ_HOW_FUZZY,
              guesses[i].agreement);
}

/* 八里村八里村 is the hamlet in the village: where a name written twice can
 * mean two places, meaning one of them twice is the worse reading. */
static void settle_repeats(struct gaz_beam *beam)
{
    bool moved = false;
    for (int i = 0; i < beam->count; i++)
        moved = moved || !beam->items[i].is_repeat;
    for (int i = 0; moved && i < beam->count; i++)
        if (beam->items[i].is_repeat)
            beam->items[i].agreement *= gaz_rank_repeat();
}

static void read_part(struct step *step, bool may_guess)
{
    struct gaz_snap_span span;
    gaz_snapshot_find(step->snap, GAZ_KEY_NAME, step->part->text,
                      (size_t)step->part->size, &span);
    step->next->count = 0;
    step->next->dropped = step->now->dropped;
    offer_span(step, carry, &span);
    settle_repeats(step->next);
    if (step->next->count > 0)
        return;
    if (step->part->after_number) {
        pass(step, GAZ_HOW_UNKNOWN, gaz_rank_aside());
        return;
    }
    if (may_guess)
        offer_guesses(step);
    if (step->next->count > 0)
        return;
    gaz_how how = span.count > 0 ? GAZ_HOW_AGAINST : GAZ_HOW_UNKNOWN;
    pass(step, how, gaz_rank_how(how));
    offer_span(step, restart, &span);
}

static void begin(struct gaz_beam *beam)
{
    beam->count = 1;
    beam->dropped = 0;
    beam->items[0] = (struct gaz_chain){
        .place = GAZ_NONE, .name = GAZ_NONE, .agreement = 1.0F};
}

void gaz_chain_read(struct gaz_searcher *searcher,
                    const struct gaz_snapshot *snap,
                    const struct gaz_asked *asked, const struct gaz_cut *cut,
                    bool may_guess)
{
    struct gaz_beam *now = &searcher->beams[0];
    struct gaz_beam *next = &searcher->beams[1];
    begin(now);
    for (int i = 0; i < cut->count; i++) {
        struct step step = {.snap = snap,
                            .asked = asked,
                            .part = &cut->parts[i],
                            .number = i,
                            .now = now,
                            .next = next};
        read_part(&step, may_guess);
        struct gaz_beam *swap = now;
        now = next;
        next = swap;
    }
    if (now != &searcher->beams[0])
        gaz_chain_copy(now, &searcher->beams[0]);
}

void gaz_chain_copy(const struct gaz_beam *from, struct gaz_beam *to)
{
    to->count = from->count;
    to->dropped = from->dropped;
    for (int i = 0; i < from->count; i++)
        to->items[i] = from->items[i];
}

float gaz_chain_best(const struct gaz_beam *beam, uint32_t *place)
{
    float best = 0;
    *place = GAZ_NONE;
    for (int i = 0; i < beam->count; i++)
        if (beam->items[i].place != GAZ_NONE &&
            beam->items[i].agreement > best) {
            best = beam->items[i].agreement;
            *place = beam->items[i].place;
        }
    return best;
}

/* SPDX-License-Identifier: Apache-2.0 */
/* Places by name, spelling, former name, code or category. Whole names first,
 * then names that begin so, then sound-alikes and slips, then what the text
 * means as an address, then names that contain it. */
#include <string.h>

#include "gazetteer/base/text.h"
#include "gazetteer/search/answer.h"
#include "gazetteer/search/guess.h"
#include "gazetteer/search/latin.h"
#include "gazetteer/search/suggest.h"

enum {
    SPAN_MAX = 200,         /* postings of one key that are looked at */
    SCANNED_NAMES = 200000, /* names searched for a piece of text: some ms */
    PIECE_MIN_BYTES = 6,    /* two characters */
};

static const double CONTAINED = 0.4; /* closeness of a name that contains it */

struct finding {
    const struct gaz_snapshot *snap;
    const struct gaz_asked *asked;
    struct gaz_found_list *list;
};

static void add_key(struct finding *finding, gaz_key_kind kind, const char *key,
                    size_t size)
{
    struct gaz_snap_span span;
    gaz_snapshot_find(finding->snap, kind, key, size, &span);
    for (uint32_t i = 0; i < span.count && i < SPAN_MAX; i++)
        gaz_answer_take(finding->snap, finding->asked, span.items[i].place,
                        span.items[i].name, 1.0, GAZ_HOW_EXACT, finding->list);
}

static gaz_status add_whole(struct gaz_ctx *ctx, struct finding *finding,
                            gaz_script script)
{
    const struct gaz_asked *asked = finding->asked;
    const char *key = NULL;
    int size = 0;
    gaz_status status = gaz_query_key(ctx, asked->unicode, asked->text,
                                      asked->size, &key, &size);
    if (status != GAZ_OK)
        return status;
    add_key(finding, GAZ_KEY_NAME, key, (size_t)size);
    if (script == GAZ_SCRIPT_DIGITS)
        add_key(finding, GAZ_KEY_CODE, key, (size_t)size);
    if (script != GAZ_SCRIPT_LATIN)
        return GAZ_OK;
    char latin[GAZ_LATIN_MAX_BYTES];
    status =
        gaz_latin_key(ctx, asked->unicode, asked->text, asked->size, latin);
    if (status != GAZ_OK)
        return status;
    add_key(finding, GAZ_KEY_PLAIN, latin, strlen(latin));
    add_key(finding, GAZ_KEY_INITIALS, latin, strlen(latin));
    if (gaz_latin_umlaut(latin))
        add_key(finding, GAZ_KEY_PLAIN, latin, strlen(latin));
    return GAZ_OK;
}

static gaz_status add_guesses(struct gaz_ctx *ctx, struct finding *finding)
{
    const struct gaz_asked *asked = finding->asked;
    struct gaz_part part = {.start = 0, .end = (int)asked->size};
    gaz_status status = gaz_query_key(ctx, asked->unicode, asked->text,
                                      asked->size, &part.text, &part.size);
    if (status != GAZ_OK || part.size == 0 ||
        part.size > GAZ_PART_KEY_MAX_BYTES)
        return status;
    struct gaz_guess guesses[GAZ_GUESSES_MAX];
    int count = gaz_guess_sound(finding->snap, &part, NULL, guesses);
    gaz_how how = GAZ_HOW_SOUND;
    if (count == 0) {
        how = GAZ_HOW_FUZZY;
        count = gaz_guess_typo(finding->snap, &part, NULL, guesses);
    }
    for (int i = 0; i < count; i++)
        gaz_answer_take(finding->snap, asked, guesses[i].posting.place,
                        guesses[i].posting.name, (double)guesses[i].agreement,
                        how, finding->list);
    return GAZ_OK;
}

static void add_containing(struct finding *finding)
{
    const struct gaz_snapshot *snap = finding->snap;
    const struct gaz_asked *asked = finding->asked;
    if (asked->size < PIECE_MIN_BYTES)
        return;
    uint32_t count =
        snap->name_count < SCANNED_NAMES ? snap->name_count : SCANNED_NAMES;
    char piece[GAZ_QUERY_MAX_BYTES + 1];
    memcpy(piece, asked->text, asked->size);
    piece[asked->size] = '\0';
    for (uint32_t i = 0; i < count; i++)
        if (strstr(gaz_snapshot_text(snap, snap->names[i].text), piece))
            gaz_answer_take(snap, asked, snap->names[i].place, i, CONTAINED,
                            GAZ_HOW_EXACT, finding->list);
}

/* Keeps the list full of the best-ranked places, in any order. */
static void keep_ranked(const struct gaz_snapshot *snap, int limit,
                        uint32_t place, struct gaz_found_list *list)
{
    struct gaz_found found = {.place = place,
                              .name = GAZ_NONE,
                              .closeness = 1,
                              .worth = -(double)snap->places[place].rank};
    found.link.how = GAZ_HOW_EXACT;
    if (list->count < limit) {
        list->items[list->count++] = found;
        return;
    }
    int worst = 0;
    for (int i = 1; i < list->count; i++)
        if (list->items[i].worth < list->items[worst].worth)
            worst = i;
    if (found.worth > list->items[worst].worth)
        list->items[worst] = found;
}

/* Without a text: all places of the category or the division. */
static void list_places(struct finding *finding)
{
    const struct gaz_snapshot *snap = finding->snap;
    const struct gaz_asked *asked = finding->asked;
    for (uint32_t i = 0; i < snap->place_count; i++) {
        if (!gaz_rank_fits(snap, i, asked->query->category) ||
            !gaz_history_stands(snap, i, asked->day) ||
            (asked->below != GAZ_NONE &&
             !gaz_snapshot_lies_in(snap, i, asked->below)))
            continue;
        keep_ranked(snap, asked->query->limit, i, finding->list);
    }
}

static gaz_status find_text(struct gaz_ctx *ctx, struct finding *finding)
{
    const struct gaz_asked *asked = finding->asked;
    gaz_script script = gaz_latin_script(asked->text, asked->size);
    if (script == GAZ_SCRIPT_NONE)
        return GAZ_OK;
    gaz_status status = add_whole(ctx, finding, script);
    if (status == GAZ_OK && finding->list->count < asked->query->limit)
        status = gaz_suggest_find(ctx, finding->snap, asked, finding->list);
    if (status == GAZ_OK && finding->list->count == 0)
        status = add_guesses(ctx, finding);
    return status;
}

gaz_status gaz_search(struct gaz_ctx *ctx, struct gaz_searcher *searcher,
                      const struct gaz_snapshot *snap,
                      const struct gaz_query *query, struct gaz_answers *out)
{
    struct gaz_asked asked;
    gaz_status status =
        gaz_query_open(ctx, searcher, snap, query, true, &asked);
    if (status != GAZ_OK)
        return status;
    struct gaz_found_list *list = gaz_arena_alloc(&ctx->arena, sizeof(*list));
    struct finding finding = {.snap = snap, .asked = &asked, .list = list};
    if (asked.size == 0)
        list_places(&finding);
    else
        status = find_text(ctx, &finding);
    if (status != GAZ_OK)
        return status;
    if (list->count == 0 && asked.size > 0) {
        add_containing(&finding);
        if (list->count == 0)
            return gaz_geocode(ctx, searcher, snap, query, out);
    }
    gaz_answer_write(ctx, snap, &asked, list, out);
    return GAZ_OK;
}

/* SPDX-License-Identifier: Apache-2.0 */
/* What is typed so far, by its script: characters go to the names, letters to
 * spellings and initials, a mixture to the names that its beginning allows. */
#include <string.h>

#include "gazetteer/base/text.h"
#include "gazetteer/search/answer.h"
#include "gazetteer/search/guess.h"
#include "gazetteer/search/latin.h"
#include "gazetteer/search/suggest.h"

enum {
    HITS_PLAIN = 24,  /* a list of suggestions is short */
    HITS_SIFTED = 64, /* a filter drops most of them */
    HITS_MIXED = 16,
    HITS_SLIPPED = 8,
    READINGS_MAX = 2, /* of a character in a mixture */
    SLIP_LETTERS_MIN = 4,
    SLIP_LETTERS_MAX = 20,
};

struct typing {
    const struct gaz_snapshot *snap;
    const struct gaz_asked *asked;
    struct gaz_found_list *list;
    int max; /* hits per key */
};

/* How much of a name's key was given. */
static double closeness(size_t given, size_t of)
{
    return of > given ? (double)given / (double)of : 1.0;
}

static size_t key_size(const struct gaz_snapshot *snap, gaz_key_kind kind,
                       uint32_t name)
{
    const struct gaz_snap_name *row = &snap->names[name];
    if (kind == GAZ_KEY_NAME)
        return strlen(gaz_snapshot_text(snap, row->text));
    size_t size = strlen(gaz_snapshot_text(snap, row->plain));
    if (kind == GAZ_KEY_PLAIN)
        return size;
    const char *text = gaz_snapshot_text(snap, row->text);
    return gaz_text_count(text, strlen(text)); /* one initial a character */
}

static void add_prefix(struct typing *typing, gaz_key_kind kind,
                       const char *key, size_t size)
{
    struct gaz_snap_hit hits[HITS_SIFTED];
    int count =
        gaz_snapshot_prefix(typing->snap, kind, key, size, hits, typing->max);
    for (int i = 0; i < count; i++)
        gaz_answer_take(
            typing->snap, typing->asked, hits[i].place, hits[i].name,
            closeness(size, key_size(typing->snap, kind, hits[i].name)),
            GAZ_HOW_EXACT, typing->list);
}

static void add_latin(struct typing *typing, char *key)
{
    size_t size = strlen(key);
    add_prefix(typing, GAZ_KEY_PLAIN, key, size);
    add_prefix(typing, GAZ_KEY_INITIALS, key, size);
    add_prefix(typing, GAZ_KEY_NAME, key, size);
    if (gaz_latin_umlaut(key))
        add_prefix(typing, GAZ_KEY_PLAIN, key, strlen(key));
}

/* The hits of a spelling that the key, characters and letters, spells too. */
static void sift(struct typing *typing, gaz_key_kind kind, const char *spelling,
                 const char *key, size_t size)
{
    struct gaz_snap_hit hits[HITS_MIXED];
    int count = gaz_snapshot_prefix(typing->snap, kind, spelling,
                                    strlen(spelling), hits, HITS_MIXED);
    for (int i = 0; i < count; i++) {
        const struct gaz_snap_name *name = &typing->snap->names[hits[i].name];
        bool whole = false;
        if (gaz_latin_matches(
                key, size, gaz_snapshot_text(typing->snap, name->text),
                gaz_snapshot_text(typing->snap, name->roman), &whole))
            gaz_answer_take(typing->snap, typing->asked, hits[i].place,
                            hits[i].name, whole ? 1.0 : 0.5, GAZ_HOW_EXACT,
                            typing->list);
    }
}

/* Writes the key in letters: of each character its reading, or the reading's
 * first letter only. `choice` picks among several readings. False: a character
 * without a reading. */
static bool write_letters(const struct gaz_snapshot *snap, const char *key,
                          size_t size, int choice, bool initials,
                          char out[GAZ_LATIN_MAX_BYTES])
{
    size_t at = 0;
    size_t written = 0;
    for (uint32_t c; (c = gaz_text_next(key, size, &at)) != 0;) {
        const char *readings[READINGS_MAX];
        char letter[2] = {(char)c, '\0'};
        const char *text = letter;
        if (c >= 0x80) {
            int count = gaz_snapshot_readings(snap, c, readings, READINGS_MAX);
            if (count == 0)
                return false;
            text = readings[choice < count ? choice : count - 1];
        }
        size_t more = c >= 0x80 && initials ? 1 : strlen(text);
        if (written + more >= GAZ_LATIN_MAX_BYTES)
            return false;
        memcpy(out + written, text, more);
        written += more;
    }
    out[written] = '\0';
    return true;
}

static void add_mixed(struct typing *typing, const char *key, size_t size)
{
    char letters[GAZ_LATIN_MAX_BYTES];
    char before[GAZ_LATIN_MAX_BYTES] = "";
    for (int choice = 0; choice < READINGS_MAX; choice++) {
        if (typing->list->count > 0 ||
            !write_letters(typing->snap, key, size, choice, false, letters) ||
            strcmp(letters, before) == 0)
            return; /* found, or there is no other reading */
        memcpy(before, letters, sizeof(before));
        sift(typing, GAZ_KEY_PLAIN, letters, key, size);
        if (typing->list->count == 0 &&
            write_letters(typing->snap, key, size, choice, true, letters))
            sift(typing, GAZ_KEY_INITIALS, letters, key, size);
    }
}

/* ---- one slip ---- */

static const double SLIPPED = 0.6; /* of the closeness without it */

static void add_slipped(struct typing *typing, const char *key, gaz_how how)
{
    struct gaz_snap_hit hits[HITS_SLIPPED];
    size_t size = strlen(key);
    int count = gaz_snapshot_prefix(typing->snap, GAZ_KEY_PLAIN, key, size,
                                    hits, HITS_SLIPPED);
    for (int i = 0; i < count; i++)
        gaz_answer_take(
            typing->snap, typing->asked, hits[i].place, hits[i].name,
            SLIPPED * closeness(size, key_size(typing->snap, GAZ_KEY_PLAIN,
                                               hits[i].name)),
            how, typing->list);
}

/* Two neighbours swapped, one letter too many, an h or g left out, the last
 * letter wrong; the first change that finds something is it. */
static void add_latin_slips(struct typing *typing, const char *key)
{
    static const char LEFT_OUT[] = {'h', 'g'};
    size_t size = strlen(key);
    char text[GAZ_LATIN_MAX_BYTES + 1];
    if (size < SLIP_LETTERS_MIN || size > SLIP_LETTERS_MAX)
        return;
    for (size_t i = 1; i < size && typing->list->count == 0; i++) {
        memcpy(text, key, size + 1);
        text[i - 1] = key[i];
        text[i] = key[i - 1];
        add_slipped(typing, text, GAZ_HOW_FUZZY);
    }
    for (size_t i = 1; i <= size && typing->list->count == 0; i++) {
        memcpy(text, key, size + 1);
        memmove(text + size - i, key + size - i + 1, i);
        add_slipped(typing, text, GAZ_HOW_FUZZY);
    }
    for (size_t i = 1; i < size && typing->list->count == 0; i++)
        for (size_t k = 0; k < sizeof(LEFT_OUT); k++) {
            memcpy(text, key, i);
            text[i] = LEFT_OUT[k];
            memcpy(text + i + 1, key + i, size - i + 1);
            add_slipped(typing, text, GAZ_HOW_FUZZY);
        }
}

/* A wrong character that sounds the same, then any one of a whole name. */
static void add_slips(struct typing *typing, const char *key, size_t size)
{
    char letters[GAZ_LATIN_MAX_BYTES];
    struct gaz_guess guesses[GAZ_GUESSES_MAX];
    const struct gaz_part part = {.text = key, .size = (int)size};
    if (write_letters(typing->snap, key, size, 0, false, letters))
        add_slipped(typing, letters, GAZ_HOW_SOUND);
    if (typing->list->count > 0 || size > GAZ_PART_KEY_MAX_BYTES)
        return;
    int count = gaz_guess_typo(typing->snap, &part, NULL, guesses);
    for (int i = 0; i < count; i++)
        gaz_answer_take(typing->snap, typing->asked, guesses[i].posting.place,
                        guesses[i].posting.name, (double)guesses[i].agreement,
                        GAZ_HOW_FUZZY, typing->list);
}

gaz_status gaz_suggest_find(struct gaz_ctx *ctx,
                            const struct gaz_snapshot *snap,
                            const struct gaz_asked *asked,
                            struct gaz_found_list *list)
{
    bool is_sifted = asked->below != GAZ_NONE || asked->query->category != 0;
    struct typing typing = {.snap = snap,
                            .asked = asked,
                            .list = list,
                            .max = is_sifted ? HITS_SIFTED : HITS_PLAIN};
    if (typing.max < asked->query->limit)
        typing.max = HITS_SIFTED;
    gaz_script script = gaz_latin_script(asked->text, asked->size);
    if (script == GAZ_SCRIPT_LATIN || script == GAZ_SCRIPT_DIGITS) {
        char latin[GAZ_LATIN_MAX_BYTES];
        gaz_status status =
            gaz_latin_key(ctx, asked->unicode, asked->text, asked->size, latin);
        if (status == GAZ_OK && *latin)
            add_latin(&typing, latin);
        if (status == GAZ_OK && list->count == 0 && !is_sifted)
            add_latin_slips(&typing, latin);
        return status;
    }
    const char *key = NULL;
    int size = 0;
    gaz_status status = gaz_query_key(ctx, asked->unicode, asked->text,
                                      asked->size, &key, &size);
    if (status != GAZ_OK || size == 0)
        return status;
    if (script == GAZ_SCRIPT_MIXED)
        add_mixed(&typing, key, (size_t)size);
    if (list->count == 0)
        add_prefix(&typing, GAZ_KEY_NAME, key, (size_t)size);
    if (list->count == 0 && script == GAZ_SCRIPT_HAN)
        add_slips(&typing, key, (size_t)size);
    return GAZ_OK;
}

gaz_status gaz_suggest(struct gaz_ctx *ctx, struct gaz_searcher *searcher,
                       const struct gaz_snapshot *snap,
                       const struct gaz_query *query, struct gaz_answers *out)
{
    struct gaz_asked asked;
    gaz_status status =
        gaz_query_open(ctx, searcher, snap, query, false, &asked);
    if (status != GAZ_OK)
        return status;
    struct gaz_found_list list;
    list.count = 0;
    status = gaz_suggest_find(ctx, snap, &asked, &list);
    if (status != GAZ_OK)
        return status;
    gaz_answer_write(ctx, snap, &asked, &list, out);
    return GAZ_OK;
}

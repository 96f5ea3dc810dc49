/* SPDX-License-Identifier: Apache-2.0 */
/* What is typed so far, by its script: characters go to the names, letters to
 * spellings and initials, a mixture to the names that its beginning allows. */
#include <string.h>

#include "gazetteer/base/text.h"
#include "gazetteer/search/answer.h"
#include "gazetteer/search/latin.h"
#include "gazetteer/search/suggest.h"

enum {
    HITS_PLAIN = 24,  /* a list of suggestions is short */
    HITS_SIFTED = 64, /* a filter or a mixture drops most of them */
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

/* The hits of the key's beginning that the whole key spells. */
static void sift(struct typing *typing, gaz_key_kind kind, const char *key,
                 size_t size, size_t head)
{
    struct gaz_snap_hit hits[HITS_SIFTED];
    int count =
        gaz_snapshot_prefix(typing->snap, kind, key, head, hits, HITS_SIFTED);
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

static void add_mixed(struct typing *typing, const char *key, size_t size)
{
    bool starts_latin = (unsigned char)key[0] < 0x80;
    size_t head = 0;
    while (head < size && ((unsigned char)key[head] < 0x80) == starts_latin)
        head++;
    if (!starts_latin) {
        sift(typing, GAZ_KEY_NAME, key, size, head);
        return;
    }
    sift(typing, GAZ_KEY_PLAIN, key, size, head);
    sift(typing, GAZ_KEY_INITIALS, key, size, head);
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

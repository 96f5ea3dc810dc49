/* SPDX-License-Identifier: Apache-2.0 */
#include "api/freshen.h"

#include <pthread.h>
#include <string.h>
#include <time.h>

#include "gazetteer/store/feed.h"
#include "gazetteer/store/secrecy.h"
#include "tiles/feature.h"

enum { REOPEN_MS = 1000 }; /* while there is no database */

struct api_freshen {
    pthread_mutex_t lock; /* is_closing, is_woken */
    pthread_cond_t wake;
    bool is_closing;
    bool is_woken;
    bool is_running;
    pthread_t thread;
    /* of the thread alone */
    struct api_swap *swap;
    char *db;
    struct gaz_store *store; /* NULL: not open */
    int64_t version;         /* of the data, when looked at last */
    uint64_t seq;            /* the journal's end then */
};

/* Waits, less when it is woken; false: it is closing. */
static bool wait_ms(struct api_freshen *freshen, int ms)
{
    struct timespec until;
    (void)clock_gettime(CLOCK_MONOTONIC, &until);
    until.tv_nsec += ms * 1000000L;
    until.tv_sec += until.tv_nsec / 1000000000;
    until.tv_nsec %= 1000000000;
    (void)pthread_mutex_lock(&freshen->lock);
    int waited = 0;
    while (!freshen->is_closing && !freshen->is_woken && waited == 0)
        waited = pthread_cond_timedwait(&freshen->wake, &freshen->lock, &until);
    freshen->is_woken = false;
    bool goes_on = !freshen->is_closing;
    (void)pthread_mutex_unlock(&freshen->lock);
    return goes_on;
}

/* ---- which places ---- */

struct places {
    gaz_id ids[API_FRESHEN_MAX];
    int count;
    bool is_full;
    uint64_t seq; /* all entries to here were read */
};

static void add_place(struct places *places, gaz_id id)
{
    for (int i = 0; i < places->count; i++)
        if (places->ids[i] == id)
            return;
    places->is_full = places->count == API_FRESHEN_MAX;
    if (!places->is_full)
        places->ids[places->count++] = id;
}

/* Tables whose rows say what a named point is. */
static bool is_of_map(const char *table)
{
    static const char *const TABLES[] = {"place",      "name",     "division",
                                         "place_code", "redirect", "place_area",
                                         "secrecy"};
    for (size_t i = 0; i < sizeof TABLES / sizeof TABLES[0]; i++)
        if (strcmp(TABLES[i], table) == 0)
            return true;
    return false;
}

static gaz_status read_journal(struct gaz_ctx *ctx, struct gaz_store *store,
                               struct places *places)
{
    struct gaz_feed feed = {.has_more = true};
    gaz_status status = GAZ_OK;
    while (status == GAZ_OK && feed.has_more && !places->is_full) {
        status = gaz_store_feed(ctx, store, (int64_t)places->seq, GAZ_FEED_MAX,
                                &feed);
        for (int i = 0; status == GAZ_OK && i < feed.count; i++) {
            const struct gaz_journal_entry *entry = &feed.items[i];
            places->seq = (uint64_t)entry->seq;
            if (entry->about != 0 && is_of_map(entry->table))
                add_place(places, entry->about);
            if (strcmp(entry->table, "redirect") == 0)
                add_place(places, (gaz_id)entry->row);
        }
    }
    return status;
}

/* ---- what they are now ---- */

static uint32_t flags_of(const struct gaz_place *place)
{
    enum { CLASS_MEMORIAL_AND_SCENIC = 25, CLASS_SIZE = 1000 };
    uint32_t flags = place->is_statistical ? GAZ_SNAP_STATISTICAL : 0;
    if (place->is_synthetic)
        flags |= GAZ_SNAP_SYNTHETIC;
    if (place->category / CLASS_SIZE == CLASS_MEMORIAL_AND_SCENIC)
        flags |= GAZ_SNAP_HERITAGE;
    return flags;
}

static struct tile_edit edit_of(const struct gaz_place *place)
{
    const struct gaz_position *position = &place->position;
    struct tile_edit edit = {
        .row = {.id = place->id,
                .lon_e7 = INT32_MIN,
                .lat_e7 = INT32_MIN,
                .category = (uint32_t)place->category,
                .level = (uint8_t)place->level,
                .status = (uint8_t)place->status,
                .flags = flags_of(place)},
        .name = place->name_count > 0 ? place->names[0].text : NULL,
        .name_roman = place->name_count > 0 ? place->names[0].roman : NULL,
        .code = place->code,
        .has_area = place->area_size > 0,
    };
    if (position->method != GAZ_METHOD_NONE) {
        edit.row.lon_e7 = gaz_coord_to_e7(position->coord.lon);
        edit.row.lat_e7 = gaz_coord_to_e7(position->coord.lat);
        edit.row.method = (uint8_t)position->method;
        edit.row.accuracy_m =
            position->accuracy_m > 0 ? (float)position->accuracy_m : 0.0F;
    }
    return edit;
}

static uint32_t index_of(const struct gaz_snapshot *snap, gaz_id id)
{
    uint32_t low = 0;
    uint32_t high = snap->place_count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (snap->places[middle].id < id)
            low = middle + 1;
        else
            high = middle;
    }
    return low < snap->place_count && snap->places[low].id == id ? low
                                                                 : GAZ_NONE;
}

/* Sites that borrow the position of a division have its name in their label. */
static bool lends(const struct gaz_snapshot *snap, uint32_t place)
{
    if (snap->places[place].child_count == 0)
        return false;
    for (uint32_t i = 0; i < snap->place_count; i++) {
        const struct gaz_snap_place *row = &snap->places[i];
        if (!(row->flags & GAZ_SNAP_HERITAGE) ||
            row->method != GAZ_METHOD_INHERITED)
            continue;
        uint32_t up = row->parent;
        for (int depth = 0; up != GAZ_NONE && depth < 16; depth++) {
            if (up == place)
                return true;
            up = snap->places[up].parent;
        }
    }
    return false;
}

/* The place as it is now; false: only a new snapshot can tell. */
static bool read_place(struct gaz_ctx *ctx, struct gaz_store *store,
                       const struct gaz_snapshot *snap, gaz_id id,
                       struct tile_edit *out)
{
    struct gaz_place place;
    uint32_t index = index_of(snap, id);
    gaz_status status = gaz_store_place(ctx, store, id, &place);
    bool is_gone = status == GAZ_NOT_FOUND ||
                   (status == GAZ_OK && place.id != id); /* merged into it */
    if (status != GAZ_OK && !is_gone)
        return false;
    bool is_closed = false;
    if (gaz_secrecy_is_closed(ctx, store, id, &is_closed) != GAZ_OK)
        return false;
    is_gone = is_gone || is_closed; /* for the map, that is the same */
    if (index != GAZ_NONE && lends(snap, index))
        return false;
    if (is_gone) {
        *out = (struct tile_edit){.row = {.id = id}, .is_gone = true};
        return true;
    }
    *out = edit_of(&place);
    /* the middle of its addresses is worked out by the build */
    return out->row.method != GAZ_METHOD_NONE || index == GAZ_NONE ||
           snap->places[index].method != GAZ_METHOD_DERIVED;
}

/* ---- the thread ---- */

/* One by one: those that can be made. */
static void make_some(struct gaz_ctx *ctx, struct api_freshen *freshen,
                      const struct tile_edit *edits, uint32_t count,
                      uint64_t seq)
{
    for (uint32_t i = 0; i < count; i++) {
        struct api_shot *now = api_snapshot_swap_take(freshen->swap);
        (void)api_snapshot_swap_edit(ctx, freshen->swap, now, &edits[i], 1,
                                     seq);
        api_snapshot_swap_give(freshen->swap, now);
    }
}

/* Notes that the rest waits for a snapshot; not when one came meanwhile. */
static void pass(struct api_freshen *freshen,
                 const struct gaz_snapshot *snapshot, uint64_t seq)
{
    struct api_shot *now = api_snapshot_swap_take(freshen->swap);
    if (now && now->snap == snapshot)
        api_snapshot_swap_passed(freshen->swap, now, seq);
    api_snapshot_swap_give(freshen->swap, now);
}

static void freshen_shot(struct gaz_ctx *ctx, struct api_freshen *freshen,
                         struct api_shot *shot)
{
    struct places places = {.seq = shot->tiles_seq};
    struct tile_edit edits[API_FRESHEN_MAX];
    uint32_t count = 0;
    if (read_journal(ctx, freshen->store, &places) != GAZ_OK)
        return;
    for (int i = 0; i < places.count && !places.is_full; i++)
        if (read_place(ctx, freshen->store, shot->snap, places.ids[i],
                       &edits[count]))
            count++;
    if (count > 0 && api_snapshot_swap_edit(ctx, freshen->swap, shot, edits,
                                            count, places.seq))
        return;
    make_some(ctx, freshen, edits, count, places.seq);
    pass(freshen, shot->snap, places.is_full ? freshen->seq : places.seq);
}

/* The journal's end; read again only when somebody wrote. */
static gaz_status look(struct gaz_ctx *ctx, struct api_freshen *freshen)
{
    int64_t version = 0;
    gaz_status status = GAZ_OK;
    if (!freshen->store)
        status =
            gaz_store_open(ctx, freshen->db, GAZ_STORE_READ, &freshen->store);
    if (status == GAZ_OK)
        status = gaz_store_data_version(ctx, freshen->store, &version);
    if (status == GAZ_OK && version != freshen->version)
        status = gaz_store_journal_seq(ctx, freshen->store, &freshen->seq);
    if (status == GAZ_OK) {
        freshen->version = version;
        return GAZ_OK;
    }
    gaz_store_close(freshen->store);
    freshen->store = NULL;
    freshen->version = 0;
    return status;
}

static void *run(void *argument)
{
    struct api_freshen *freshen = argument;
    struct gaz_ctx ctx = {.failure = ""};
    do {
        gaz_ctx_next(&ctx);
        if (look(&ctx, freshen) != GAZ_OK)
            continue;
        struct api_shot *shot = api_snapshot_swap_take(freshen->swap);
        if (shot && shot->tiles_seq < freshen->seq)
            freshen_shot(&ctx, freshen, shot);
        api_snapshot_swap_give(freshen->swap, shot);
    } while (
        wait_ms(freshen, freshen->store ? API_FRESHEN_POLL_MS : REOPEN_MS));
    gaz_store_close(freshen->store);
    gaz_ctx_close(&ctx);
    return NULL;
}

gaz_status api_freshen_open(struct gaz_ctx *ctx, const char *db,
                            struct api_swap *swap, struct api_freshen **out)
{
    struct api_freshen *freshen = gaz_malloc(sizeof *freshen);
    size_t size = strlen(db) + 1;
    freshen->db = gaz_malloc(size);
    memcpy(freshen->db, db, size);
    freshen->swap = swap;
    (void)pthread_mutex_init(&freshen->lock, NULL);
    pthread_condattr_t attributes;
    (void)pthread_condattr_init(&attributes);
    (void)pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
    (void)pthread_cond_init(&freshen->wake, &attributes);
    (void)pthread_condattr_destroy(&attributes);
    int failed = pthread_create(&freshen->thread, NULL, run, freshen);
    freshen->is_running = failed == 0;
    if (failed) {
        api_freshen_close(freshen);
        return gaz_fail(ctx, GAZ_IO, "cannot start a thread: %s",
                        strerror(failed));
    }
    *out = freshen;
    return GAZ_OK;
}

void api_freshen_close(struct api_freshen *freshen)
{
    if (!freshen)
        return;
    (void)pthread_mutex_lock(&freshen->lock);
    freshen->is_closing = true;
    (void)pthread_cond_signal(&freshen->wake);
    (void)pthread_mutex_unlock(&freshen->lock);
    if (freshen->is_running)
        (void)pthread_join(freshen->thread, NULL);
    (void)pthread_cond_destroy(&freshen->wake);
    (void)pthread_mutex_destroy(&freshen->lock);
    gaz_free(freshen->db);
    gaz_free(freshen);
}

void api_freshen_wake(struct api_freshen *freshen)
{
    if (!freshen)
        return;
    (void)pthread_mutex_lock(&freshen->lock);
    freshen->is_woken = true;
    (void)pthread_cond_signal(&freshen->wake);
    (void)pthread_mutex_unlock(&freshen->lock);
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "api/access/keyring.h"

#include <pthread.h>
#include <stdio.h>
#include <string.h>

#include "api/access/digest.h"
#include "gazetteer/base/clock.h"
#include "gazetteer/store/trail.h"

enum { FRESH_MS = 1000, KEYS_MAX = 4096, SECRET_CHARS = 32 };

/* Crockford's base 32: no I, L, O, U. */
static const char DIGITS[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

struct entry {
    struct gaz_key key; /* its texts are not kept */
    char id[GAZ_KEY_ID_CHARS + 1];
    char first[GAZ_KEY_ID_CHARS + 1];
    char name[API_CALLER_NAME_BYTES];
    int64_t used;    /* requests of `day`, of all servers as far as known */
    int64_t pending; /* of them, not yet in the database */
    gaz_date day;
};

struct api_keyring {
    pthread_mutex_t lock;
    char *db;
    int64_t read_ms; /* when the ring was read last; 0: never */
    bool was_read;
    bool is_unread; /* there is a database, and it could never be read */
    struct entry *entries;
    int count;
};

struct api_keyring *api_keyring_open(const char *db)
{
    struct api_keyring *ring = gaz_malloc(sizeof(*ring));
    (void)pthread_mutex_init(&ring->lock, NULL);
    ring->db = gaz_malloc(strlen(db) + 1);
    memcpy(ring->db, db, strlen(db) + 1);
    return ring;
}

void api_keyring_close(struct api_keyring *ring)
{
    if (!ring)
        return;
    (void)pthread_mutex_destroy(&ring->lock);
    gaz_free(ring->entries);
    gaz_free(ring->db);
    gaz_free(ring);
}

static struct entry *find(struct api_keyring *ring, const char *id)
{
    for (int i = 0; i < ring->count; i++)
        if (memcmp(ring->entries[i].id, id, GAZ_KEY_ID_CHARS) == 0)
            return &ring->entries[i];
    return NULL;
}

/* Cut between two characters. */
static void copy_name(char out[API_CALLER_NAME_BYTES], const char *name)
{
    size_t len = strlen(name);
    if (len >= API_CALLER_NAME_BYTES) {
        len = API_CALLER_NAME_BYTES - 1;
        while (len > 0 && ((unsigned char)name[len] & 0xC0) == 0x80)
            len--;
    }
    memcpy(out, name, len);
    out[len] = '\0';
}

/* The key at the beginning of a row of rotations, NULL: the key never was. */
static const char *find_first(const struct gaz_keys *keys,
                              const struct gaz_key *key)
{
    const char *first = key->replaces;
    for (int i = keys->count; first && i > 0; i--) /* older ones stand before */
        if (strcmp(keys->items[i - 1].id, first) == 0 &&
            keys->items[i - 1].replaces)
            first = keys->items[i - 1].replaces;
    return first;
}

/* Takes over what the database holds; counts of the day are kept. */
static void replace(struct api_keyring *ring, const struct gaz_keys *keys)
{
    const int count = keys->count < KEYS_MAX ? keys->count : KEYS_MAX;
    struct entry *entries =
        gaz_malloc(((size_t)count + 1) * sizeof(struct entry));
    int kept = 0;
    for (int i = 0; i < count; i++) {
        const struct gaz_key *key = &keys->items[i];
        if (key->revoked || strlen(key->id) != GAZ_KEY_ID_CHARS)
            continue;
        struct entry *entry = &entries[kept++];
        const struct entry *old = find(ring, key->id);
        *entry = (struct entry){.key = *key};
        (void)snprintf(entry->id, sizeof(entry->id), "%s", key->id);
        const char *first = find_first(keys, key);
        (void)snprintf(entry->first, sizeof(entry->first), "%s",
                       first ? first : "");
        copy_name(entry->name, key->name);
        entry->key.id = entry->key.name = entry->key.created = NULL;
        entry->key.replaces = NULL;
        if (old) {
            entry->used = old->used;
            entry->pending = old->pending;
            entry->day = old->day;
        }
    }
    gaz_free(ring->entries);
    ring->entries = entries;
    ring->count = kept;
}

/* What the database has counted today, of this server before it was started
 * again and of others. */
static void take_over(struct api_keyring *ring,
                      const struct gaz_trail_use *uses, int count)
{
    for (int i = 0; i < count; i++) {
        struct entry *entry = find(ring, uses[i].key);
        if (!entry)
            continue;
        if (entry->day != uses[i].day) {
            entry->day = uses[i].day;
            entry->used = 0;
            entry->pending = 0;
        }
        if (entry->used < uses[i].used + entry->pending)
            entry->used = uses[i].used + entry->pending;
    }
}

/* A database that cannot be read leaves the ring as it was. */
static void refresh(struct api_keyring *ring)
{
    const int64_t now = gaz_clock_ms();
    if (ring->read_ms > 0 && now - ring->read_ms < FRESH_MS)
        return;
    ring->read_ms = now;
    struct gaz_ctx ctx = {.failure = ""};
    struct gaz_store *store = NULL;
    struct gaz_keys keys;
    gaz_status status = gaz_store_open(&ctx, ring->db, GAZ_STORE_READ, &store);
    if (status == GAZ_OK)
        status = gaz_store_list_keys(&ctx, store, &keys);
    struct gaz_trail_use *uses = NULL;
    int use_count = 0;
    if (status == GAZ_OK)
        status =
            gaz_trail_uses(&ctx, store, gaz_date_today(), &uses, &use_count);
    if (status == GAZ_OK) {
        replace(ring, &keys);
        take_over(ring, uses, use_count);
    }
    ring->was_read = ring->was_read || status == GAZ_OK;
    ring->is_unread = !ring->was_read && (status == GAZ_IO || status == GAZ_DB);
    gaz_store_close(store);
    gaz_ctx_close(&ctx);
}

int api_keyring_take_uses(struct api_keyring *ring, struct gaz_trail_use *out,
                          int max)
{
    int count = 0;
    (void)pthread_mutex_lock(&ring->lock);
    for (int i = 0; i < ring->count && count < max; i++) {
        struct entry *entry = &ring->entries[i];
        if (entry->pending == 0)
            continue;
        out[count] =
            (struct gaz_trail_use){.day = entry->day, .used = entry->pending};
        memcpy(out[count++].key, entry->id, sizeof(entry->id));
        entry->pending = 0;
    }
    (void)pthread_mutex_unlock(&ring->lock);
    return count;
}

void api_keyring_settle(struct api_keyring *ring,
                        const struct gaz_trail_use *use, int64_t total)
{
    (void)pthread_mutex_lock(&ring->lock);
    struct entry *entry = find(ring, use->key);
    if (entry && entry->day == use->day) {
        if (total < 0)
            entry->pending += use->used;
        else
            entry->used = total + entry->pending;
    }
    (void)pthread_mutex_unlock(&ring->lock);
}

static bool has_form(const char *text)
{
    return strlen(text) == API_KEY_CHARS && memcmp(text, "dm-", 3) == 0 &&
           text[3 + GAZ_KEY_ID_CHARS] == '-';
}

static api_key_answer count_request(struct entry *entry, gaz_date today)
{
    if (entry->day != today) {
        entry->day = today;
        entry->used = 0;
        entry->pending = 0;
    }
    if (entry->key.per_day > 0 && entry->used >= entry->key.per_day)
        return API_KEY_SPENT;
    entry->used++;
    entry->pending++;
    return API_KEY_GOOD;
}

api_key_answer api_keyring_check(struct api_keyring *ring, const char *text,
                                 struct api_caller *out)
{
    if (!has_form(text))
        return API_KEY_UNKNOWN;
    unsigned char digest[API_DIGEST_BYTES];
    api_digest_sha256(text, API_KEY_CHARS, digest);
    const gaz_date today = gaz_date_today();
    api_key_answer answer = API_KEY_UNKNOWN;
    (void)pthread_mutex_lock(&ring->lock);
    refresh(ring);
    struct entry *entry = find(ring, text + 3);
    if (ring->is_unread)
        answer = API_KEY_UNREAD;
    if (entry && api_digest_same(entry->key.digest, digest) &&
        (entry->key.expires == 0 || today < entry->key.expires)) {
        answer = count_request(entry, today);
        memcpy(out->id, entry->id, sizeof(out->id));
        memcpy(out->first, entry->first, sizeof(out->first));
        memcpy(out->name, entry->name, sizeof(out->name));
        out->roles = entry->key.roles;
    }
    (void)pthread_mutex_unlock(&ring->lock);
    return answer;
}

static void write_digits(const unsigned char *bytes, int count, char *out)
{
    for (int i = 0; i < count; i++)
        out[i] = DIGITS[bytes[i] & 31];
    out[count] = '\0';
}

gaz_status api_keyring_make(struct gaz_ctx *ctx, char text[API_KEY_CHARS + 1],
                            struct gaz_key *key)
{
    unsigned char bytes[GAZ_KEY_ID_CHARS + SECRET_CHARS];
    gaz_status status = api_digest_random(ctx, bytes, sizeof(bytes));
    if (status != GAZ_OK)
        return status;
    char id[GAZ_KEY_ID_CHARS + 1];
    char secret[SECRET_CHARS + 1];
    write_digits(bytes, GAZ_KEY_ID_CHARS, id);
    write_digits(bytes + GAZ_KEY_ID_CHARS, SECRET_CHARS, secret);
    (void)snprintf(text, API_KEY_CHARS + 1, "dm-%s-%s", id, secret);
    key->id = gaz_arena_strdup(&ctx->arena, id);
    api_digest_sha256(text, API_KEY_CHARS, key->digest);
    return GAZ_OK;
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "api/access/ledger.h"

#include <pthread.h>
#include <string.h>

struct api_ledger {
    pthread_mutex_t lock;
    struct gaz_store *store; /* NULL: not open */
    char *db;
};

struct api_ledger *api_ledger_open(const char *db)
{
    struct api_ledger *ledger = gaz_malloc(sizeof(*ledger));
    (void)pthread_mutex_init(&ledger->lock, NULL);
    ledger->db = gaz_malloc(strlen(db) + 1);
    memcpy(ledger->db, db, strlen(db) + 1);
    return ledger;
}

void api_ledger_close(struct api_ledger *ledger)
{
    if (!ledger)
        return;
    gaz_store_close(ledger->store);
    (void)pthread_mutex_destroy(&ledger->lock);
    gaz_free(ledger->db);
    gaz_free(ledger);
}

/* Under the lock. */
static gaz_status open_store(struct gaz_ctx *ctx, struct api_ledger *ledger)
{
    return ledger->store ? GAZ_OK
                         : gaz_store_open(ctx, ledger->db, GAZ_STORE_READ,
                                          &ledger->store);
}

/* A connection that failed is opened again when next asked. */
static void give_back(struct api_ledger *ledger, gaz_status status)
{
    if (status != GAZ_OK && status != GAZ_NOT_FOUND) {
        gaz_store_close(ledger->store);
        ledger->store = NULL;
    }
    (void)pthread_mutex_unlock(&ledger->lock);
}

gaz_status api_ledger_feed(struct gaz_ctx *ctx, struct api_ledger *ledger,
                           int64_t since, int limit, struct gaz_feed *out)
{
    (void)pthread_mutex_lock(&ledger->lock);
    gaz_status status = open_store(ctx, ledger);
    if (status == GAZ_OK)
        status = gaz_store_feed(ctx, ledger->store, since, limit, out);
    give_back(ledger, status);
    return status;
}

static bool lies_between(const struct gaz_boundary_line *line,
                         const char *const sides[2])
{
    return (strcmp(line->sides[0], sides[0]) == 0 &&
            strcmp(line->sides[1], sides[1]) == 0) ||
           (strcmp(line->sides[0], sides[1]) == 0 &&
            strcmp(line->sides[1], sides[0]) == 0);
}

/* Editions come in their order: the last is the newest. */
static gaz_status find_line(struct gaz_ctx *ctx, struct gaz_store *store,
                            const char *const sides[2],
                            struct gaz_boundary_line *out)
{
    struct gaz_boundary_lines lines = {.count = 0};
    gaz_status status = gaz_boundary_lines(ctx, store, &lines);
    if (status != GAZ_OK)
        return status;
    for (size_t i = lines.count; i > 0; i--)
        if (lies_between(&lines.items[i - 1], sides)) {
            *out = lines.items[i - 1];
            return GAZ_OK;
        }
    return GAZ_NOT_FOUND;
}

gaz_status api_ledger_boundary(struct gaz_ctx *ctx, struct api_ledger *ledger,
                               const char *const sides[2],
                               struct gaz_boundary_line *line,
                               struct gaz_boundary_markers *markers)
{
    (void)pthread_mutex_lock(&ledger->lock);
    gaz_status status = open_store(ctx, ledger);
    if (status == GAZ_OK)
        status = find_line(ctx, ledger->store, sides, line);
    if (status == GAZ_OK)
        status = gaz_boundary_markers(ctx, ledger->store, line->id, markers);
    give_back(ledger, status);
    return status;
}

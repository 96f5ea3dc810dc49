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

static bool is_broken(gaz_status status)
{
    return status == GAZ_IO || status == GAZ_DB;
}

gaz_status api_ledger_read(struct gaz_ctx *ctx, struct api_ledger *ledger,
                           api_ledger_work *work, void *user)
{
    gaz_status status = GAZ_OK;
    (void)pthread_mutex_lock(&ledger->lock);
    if (!ledger->store)
        status =
            gaz_store_open(ctx, ledger->db, GAZ_STORE_READ, &ledger->store);
    if (status == GAZ_OK)
        status = work(ctx, ledger->store, user);
    if (is_broken(status)) {
        gaz_store_close(ledger->store);
        ledger->store = NULL;
    }
    (void)pthread_mutex_unlock(&ledger->lock);
    return status;
}

/* ---- the feed ---- */

struct feed_question {
    int64_t since;
    int limit;
    struct gaz_feed *out;
};

static gaz_status read_feed(struct gaz_ctx *ctx, struct gaz_store *store,
                            void *user)
{
    const struct feed_question *question = user;
    return gaz_store_feed(ctx, store, question->since, question->limit,
                          question->out);
}

gaz_status api_ledger_feed(struct gaz_ctx *ctx, struct api_ledger *ledger,
                           int64_t since, int limit, struct gaz_feed *out)
{
    struct feed_question question = {since, limit, out};
    return api_ledger_read(ctx, ledger, read_feed, &question);
}

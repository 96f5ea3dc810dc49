/* SPDX-License-Identifier: Apache-2.0 */
#include "api/access/ledger.h"

#include <pthread.h>
#include <string.h>

struct api_ledger {
    pthread_mutex_t lock;
    struct gaz_store *store; /* NULL: not open */
    pthread_mutex_t write_lock;
    struct gaz_store *writer; /* NULL: not open */
    char *db;
};

struct api_ledger *api_ledger_open(const char *db)
{
    struct api_ledger *ledger = gaz_malloc(sizeof(*ledger));
    (void)pthread_mutex_init(&ledger->lock, NULL);
    (void)pthread_mutex_init(&ledger->write_lock, NULL);
    ledger->db = gaz_malloc(strlen(db) + 1);
    memcpy(ledger->db, db, strlen(db) + 1);
    return ledger;
}

void api_ledger_close(struct api_ledger *ledger)
{
    if (!ledger)
        return;
    gaz_store_close(ledger->store);
    gaz_store_close(ledger->writer);
    (void)pthread_mutex_destroy(&ledger->lock);
    (void)pthread_mutex_destroy(&ledger->write_lock);
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

/* ---- writing ---- */

static gaz_status do_nothing(struct gaz_ctx *ctx, struct gaz_store *store,
                             void *user)
{
    (void)ctx;
    (void)store;
    (void)user;
    return GAZ_OK;
}

/* A store that is opened to write is created and migrated; one that reads has
 * been opened before, so that neither happens. */
static gaz_status open_writer(struct gaz_ctx *ctx, struct api_ledger *ledger)
{
    if (ledger->writer)
        return GAZ_OK;
    gaz_status status = api_ledger_read(ctx, ledger, do_nothing, NULL);
    return status == GAZ_OK ? gaz_store_open(ctx, ledger->db, GAZ_STORE_WRITE,
                                             &ledger->writer)
                            : status;
}

static gaz_status write_inside(struct gaz_ctx *ctx, struct gaz_store *store,
                               api_ledger_work *work, void *user)
{
    gaz_status status = gaz_store_begin(ctx, store);
    if (status == GAZ_DB)
        return GAZ_LIMIT;
    if (status == GAZ_OK)
        status = work(ctx, store, user);
    if (status == GAZ_OK)
        status = gaz_store_commit(ctx, store);
    if (status != GAZ_OK) {
        gaz_status ignored = gaz_store_rollback(ctx, store);
        (void)ignored; /* the first failure stands */
    }
    return status;
}

static gaz_status use_writer(struct gaz_ctx *ctx, struct api_ledger *ledger,
                             api_ledger_work *work, void *user, bool begins)
{
    (void)pthread_mutex_lock(&ledger->write_lock);
    gaz_status status = open_writer(ctx, ledger);
    if (status == GAZ_OK)
        status = begins ? write_inside(ctx, ledger->writer, work, user)
                        : work(ctx, ledger->writer, user);
    if (is_broken(status)) {
        gaz_store_close(ledger->writer);
        ledger->writer = NULL;
    }
    (void)pthread_mutex_unlock(&ledger->write_lock);
    return status;
}

gaz_status api_ledger_write(struct gaz_ctx *ctx, struct api_ledger *ledger,
                            api_ledger_work *work, void *user)
{
    return use_writer(ctx, ledger, work, user, true);
}

gaz_status api_ledger_lend(struct gaz_ctx *ctx, struct api_ledger *ledger,
                           api_ledger_work *work, void *user)
{
    return use_writer(ctx, ledger, work, user, false);
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

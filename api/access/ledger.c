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

/* Locks and opens; after a failure the next caller opens anew. */
static gaz_status begin(struct gaz_ctx *ctx, struct api_ledger *ledger)
{
    (void)pthread_mutex_lock(&ledger->lock);
    return ledger->store ? GAZ_OK
                         : gaz_store_open(ctx, ledger->db, GAZ_STORE_READ,
                                          &ledger->store);
}

static void end(struct api_ledger *ledger, gaz_status status)
{
    if (status != GAZ_OK) {
        gaz_store_close(ledger->store);
        ledger->store = NULL;
    }
    (void)pthread_mutex_unlock(&ledger->lock);
}

gaz_status api_ledger_feed(struct gaz_ctx *ctx, struct api_ledger *ledger,
                           int64_t since, int limit, struct gaz_feed *out)
{
    gaz_status status = begin(ctx, ledger);
    if (status == GAZ_OK)
        status = gaz_store_feed(ctx, ledger->store, since, limit, out);
    end(ledger, status);
    return status;
}

uint64_t api_ledger_seq(struct gaz_ctx *ctx, struct api_ledger *ledger)
{
    uint64_t seq = 0;
    gaz_status status = begin(ctx, ledger);
    if (status == GAZ_OK)
        status = gaz_store_journal_seq(ctx, ledger->store, &seq);
    end(ledger, status);
    ctx->failure[0] = '\0';
    return status == GAZ_OK ? seq : 0;
}

/* ---- boundary lines ---- */

static gaz_status read_line(struct gaz_ctx *ctx, struct gaz_store *store,
                            bool with_marks, struct api_ledger_line *line)
{
    gaz_status status =
        gaz_boundary_schematic(ctx, store, line->line.section, &line->schematic,
                               &line->schematic_count);
    if (status == GAZ_OK && with_marks)
        status =
            gaz_boundary_markers(ctx, store, line->line.id, &line->markers);
    if (status == GAZ_OK && with_marks)
        status = gaz_boundary_points(ctx, store, line->line.id, &line->points);
    return status;
}

static gaz_status read_border(struct gaz_ctx *ctx, struct gaz_store *store,
                              bool with_marks, struct api_ledger_lines *out)
{
    struct gaz_boundary_lines lines;
    gaz_status status = gaz_boundary_lines(ctx, store, &lines);
    if (status != GAZ_OK)
        return status;
    struct api_ledger_line *items =
        gaz_arena_array(&ctx->arena, lines.count, sizeof(*items));
    for (size_t i = 0; i < lines.count && status == GAZ_OK; i++) {
        items[i].line = lines.items[i];
        status = read_line(ctx, store, with_marks, &items[i]);
    }
    *out = (struct api_ledger_lines){items, lines.count};
    return status;
}

gaz_status api_ledger_border(struct gaz_ctx *ctx, struct api_ledger *ledger,
                             bool with_marks, struct api_ledger_lines *out)
{
    gaz_status status = begin(ctx, ledger);
    const bool is_open = status == GAZ_OK;
    if (is_open)
        status = read_border(ctx, ledger->store, with_marks, out);
    end(ledger, status);
    if (is_open || (status != GAZ_NOT_FOUND && status != GAZ_INVALID))
        return status;
    ctx->failure[0] = '\0';
    *out = (struct api_ledger_lines){.count = 0};
    return GAZ_OK;
}

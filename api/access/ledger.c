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

static gaz_status read_seq(struct gaz_ctx *ctx, struct gaz_store *store,
                           void *user)
{
    return gaz_store_journal_seq(ctx, store, user);
}

uint64_t api_ledger_seq(struct gaz_ctx *ctx, struct api_ledger *ledger)
{
    uint64_t seq = 0;
    gaz_status status = api_ledger_read(ctx, ledger, read_seq, &seq);
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

struct border_question {
    bool with_marks;
    bool is_open; /* the database was there: what fails is its content */
    struct api_ledger_lines *out;
};

static gaz_status ask_border(struct gaz_ctx *ctx, struct gaz_store *store,
                             void *user)
{
    struct border_question *question = user;
    question->is_open = true;
    return read_border(ctx, store, question->with_marks, question->out);
}

gaz_status api_ledger_border(struct gaz_ctx *ctx, struct api_ledger *ledger,
                             bool with_marks, struct api_ledger_lines *out)
{
    struct border_question question = {.with_marks = with_marks, .out = out};
    gaz_status status = api_ledger_read(ctx, ledger, ask_border, &question);
    if (question.is_open || (status != GAZ_NOT_FOUND && status != GAZ_INVALID))
        return status;
    ctx->failure[0] = '\0';
    *out = (struct api_ledger_lines){.count = 0};
    return GAZ_OK;
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

struct boundary_question {
    const char *const *sides;
    struct gaz_boundary_line *line;
    struct gaz_boundary_markers *markers;
};

static gaz_status ask_boundary(struct gaz_ctx *ctx, struct gaz_store *store,
                               void *user)
{
    const struct boundary_question *question = user;
    gaz_status status = find_line(ctx, store, question->sides, question->line);
    if (status == GAZ_OK)
        status = gaz_boundary_markers(ctx, store, question->line->id,
                                      question->markers);
    return status;
}

gaz_status api_ledger_boundary(struct gaz_ctx *ctx, struct api_ledger *ledger,
                               const char *const sides[2],
                               struct gaz_boundary_line *line,
                               struct gaz_boundary_markers *markers)
{
    struct boundary_question question = {sides, line, markers};
    return api_ledger_read(ctx, ledger, ask_boundary, &question);
}

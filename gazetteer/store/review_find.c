/* SPDX-License-Identifier: Apache-2.0 */
/* review_find.c - reading the queue and its trail. */
#include "gazetteer/store/handle.h"
#include "gazetteer/store/review.h"
#include "gazetteer/store/secrecy.h"

#define COLUMNS                                                                \
    "SELECT r.id, r.kind, r.a, r.b, r.rule, r.score, r.severity, r.band,"      \
    " r.message, r.message_en, r.about, r.other, r.subject, r.code,"           \
    " r.fix_field, r.fix, r.is_automatic, r.evidence, r.state, r.version,"     \
    " COALESCE(r.decision, 0), e.who, e.why, e.at, COALESCE(e.id, 0)"          \
    " FROM review r LEFT JOIN review_event e"                                  \
    " ON e.review = r.id AND e.version = r.version "

#define FITS                                                                   \
    "(:state IS NULL OR r.state = :state)"                                     \
    " AND (:kind IS NULL OR r.kind = :kind)"                                   \
    " AND (:rule IS NULL OR r.rule = :rule)"                                   \
    " AND (:band IS NULL OR r.band = :band)"                                   \
    " AND (:in IS NULL OR substr(r.code, 1, length(:in)) = :in)"               \
    " AND (:severity < 0 OR r.severity = :severity)"                           \
    " AND (:automatic = 0 OR r.is_automatic = 1)"                              \
    " AND (:about IS NULL OR r.about = :about OR r.other = :about)"            \
    " AND (:batch = 0 OR EXISTS (SELECT 1 FROM review_event b"                 \
    "  WHERE b.review = r.id AND b.version = r.version"                        \
    "  AND b.batch = :batch))"                                                 \
    " AND (:hides = 0 OR NOT (COALESCE(r.about IN closed, 0)"                  \
    "  OR COALESCE(r.other IN closed, 0))) "

static gaz_status prepare(struct gaz_ctx *ctx, struct gaz_store *store,
                          const char *sql, struct gaz_stmt **out)
{
    return gaz_sqlite_prepare(ctx, store->db, sql, out);
}

static struct gaz_review read_row(struct gaz_ctx *ctx,
                                  const struct gaz_stmt *stmt)
{
    return (struct gaz_review){
        .id = gaz_sqlite_int(stmt, 0),
        .kind = gaz_sqlite_text(ctx, stmt, 1),
        .a = (gaz_id)gaz_sqlite_int(stmt, 2),
        .b = (gaz_id)gaz_sqlite_int(stmt, 3),
        .rule = gaz_sqlite_text(ctx, stmt, 4),
        .score = gaz_sqlite_real(stmt, 5),
        .severity = (gaz_severity)gaz_sqlite_int(stmt, 6),
        .band = gaz_sqlite_text(ctx, stmt, 7),
        .zh = gaz_sqlite_text(ctx, stmt, 8),
        .en = gaz_sqlite_text(ctx, stmt, 9),
        .about = gaz_sqlite_id(stmt, 10),
        .other = gaz_sqlite_id(stmt, 11),
        .subject = gaz_sqlite_text(ctx, stmt, 12),
        .code = gaz_sqlite_text(ctx, stmt, 13),
        .fix_field = gaz_sqlite_text(ctx, stmt, 14),
        .fix = gaz_sqlite_text(ctx, stmt, 15),
        .fix_is_automatic = gaz_sqlite_int(stmt, 16) != 0,
        .evidence = gaz_sqlite_text(ctx, stmt, 17),
        .state = gaz_sqlite_text(ctx, stmt, 18),
        .version = (int)gaz_sqlite_int(stmt, 19),
        .decision = gaz_sqlite_int(stmt, 20),
        .who = gaz_sqlite_text(ctx, stmt, 21),
        .why = gaz_sqlite_text(ctx, stmt, 22),
        .at = gaz_sqlite_text(ctx, stmt, 23),
        .event = gaz_sqlite_int(stmt, 24)};
}

gaz_status gaz_review_get(struct gaz_ctx *ctx, struct gaz_store *store,
                          int64_t id, struct gaz_review *out)
{
    struct gaz_stmt *stmt;
    gaz_status status = prepare(ctx, store, COLUMNS "WHERE r.id = :id", &stmt);
    if (status != GAZ_OK)
        return status;
    gaz_sqlite_bind_int(stmt, ":id", id);
    status = gaz_sqlite_step(ctx, stmt);
    if (status == GAZ_OK)
        *out = read_row(ctx, stmt);
    gaz_sqlite_drop(stmt);
    return status == GAZ_END
               ? gaz_fail(ctx, GAZ_NOT_FOUND, "no review %lld", (long long)id)
               : status;
}

gaz_status gaz_review_see(struct gaz_ctx *ctx, struct gaz_store *store,
                          int64_t id, bool hides_closed, struct gaz_review *out)
{
    bool is_closed = false;
    gaz_status status = gaz_review_get(ctx, store, id, out);
    if (status == GAZ_OK && hides_closed)
        status = gaz_secrecy_is_closed(ctx, store, out->about, &is_closed);
    if (status == GAZ_OK && hides_closed && !is_closed)
        status = gaz_secrecy_is_closed(ctx, store, out->other, &is_closed);
    return status == GAZ_OK && is_closed
               ? gaz_fail(ctx, GAZ_NOT_FOUND, "no review %lld", (long long)id)
               : status;
}

static void bind_filter(struct gaz_stmt *stmt,
                        const struct gaz_review_filter *filter)
{
    gaz_sqlite_bind_text(stmt, ":state", filter->state);
    gaz_sqlite_bind_text(stmt, ":kind", filter->kind);
    gaz_sqlite_bind_text(stmt, ":rule", filter->rule);
    gaz_sqlite_bind_text(stmt, ":band", filter->band);
    gaz_sqlite_bind_text(stmt, ":in", filter->in);
    gaz_sqlite_bind_int(stmt, ":severity", filter->severity);
    gaz_sqlite_bind_id(stmt, ":about", filter->about);
    gaz_sqlite_bind_int(stmt, ":batch", filter->batch);
    gaz_sqlite_bind_int(stmt, ":automatic", filter->automatic);
    gaz_sqlite_bind_int(stmt, ":hides", filter->hides_closed);
}

static gaz_status count_fits(struct gaz_ctx *ctx, struct gaz_store *store,
                             const struct gaz_review_filter *filter,
                             int64_t *out)
{
    struct gaz_stmt *stmt;
    gaz_status status =
        prepare(ctx, store, "SELECT COUNT(*) FROM review r WHERE " FITS, &stmt);
    if (status != GAZ_OK)
        return status;
    bind_filter(stmt, filter);
    status = gaz_sqlite_step(ctx, stmt);
    if (status == GAZ_OK)
        *out = gaz_sqlite_int(stmt, 0);
    gaz_sqlite_drop(stmt);
    return status;
}

gaz_status gaz_review_list(struct gaz_ctx *ctx, struct gaz_store *store,
                           const struct gaz_review_filter *filter,
                           struct gaz_reviews *out)
{
    static const char SQL[] =
        COLUMNS "WHERE " FITS " AND (:after = 0 OR (r.rank, -r.id) <"
                "  (SELECT c.rank, -c.id FROM review c WHERE c.id = :after))"
                " ORDER BY r.rank DESC, r.id LIMIT :limit";
    struct gaz_stmt *stmt;
    struct gaz_reviews made = {.count = 0};
    int64_t most = filter->limit ? filter->limit : GAZ_REVIEW_LIST_MAX;
    gaz_status status = count_fits(ctx, store, filter, &made.total);
    if (status == GAZ_OK)
        status = prepare(ctx, store, SQL, &stmt);
    if (status != GAZ_OK)
        return status;
    if (most > made.total)
        most = made.total;
    made.items =
        gaz_arena_array(&ctx->arena, (size_t)most + 1, sizeof(*made.items));
    bind_filter(stmt, filter);
    gaz_sqlite_bind_int(stmt, ":after", filter->after);
    gaz_sqlite_bind_int(stmt, ":limit", most + 1);
    while (made.count < most && (status = gaz_sqlite_step(ctx, stmt)) == GAZ_OK)
        made.items[made.count++] = read_row(ctx, stmt);
    if (status == GAZ_OK) {
        status = gaz_sqlite_step(ctx, stmt); /* one more: is there any */
        made.has_more = status == GAZ_OK;
    }
    gaz_sqlite_drop(stmt);
    if (status != GAZ_OK && status != GAZ_END)
        return status;
    *out = made;
    return GAZ_OK;
}

/* Room for the rows of `sql`, which counts them. */
static gaz_status make_room(struct gaz_ctx *ctx, struct gaz_store *store,
                            const char *sql, size_t size, int64_t *count,
                            void **out)
{
    gaz_status status = gaz_sqlite_number(ctx, store->db, sql, count);
    if (status == GAZ_OK)
        *out = gaz_arena_array(&ctx->arena, (size_t)*count + 1, size);
    return status;
}

gaz_status gaz_review_shares(struct gaz_ctx *ctx, struct gaz_store *store,
                             const struct gaz_review_share **out, int *count)
{
    struct gaz_stmt *stmt;
    struct gaz_review_share *items = NULL;
    int64_t most = 0;
    int n = 0;
    gaz_status status = make_room(
        ctx, store,
        "SELECT COUNT(*) FROM (SELECT 1 FROM review GROUP BY rule, state)",
        sizeof(*items), &most, (void **)&items);
    if (status == GAZ_OK)
        status = prepare(ctx, store,
                         "SELECT rule, state, MAX(severity), COUNT(*)"
                         " FROM review GROUP BY rule, state",
                         &stmt);
    if (status != GAZ_OK)
        return status;
    while (n < most && (status = gaz_sqlite_step(ctx, stmt)) == GAZ_OK)
        items[n++] = (struct gaz_review_share){
            .rule = gaz_sqlite_text(ctx, stmt, 0),
            .state = gaz_sqlite_text(ctx, stmt, 1),
            .severity = (gaz_severity)gaz_sqlite_int(stmt, 2),
            .count = gaz_sqlite_int(stmt, 3)};
    gaz_sqlite_drop(stmt);
    if (status != GAZ_OK && status != GAZ_END)
        return status;
    *out = items;
    *count = n;
    return GAZ_OK;
}

gaz_status gaz_review_waivers(struct gaz_ctx *ctx, struct gaz_store *store,
                              const struct gaz_review_waiver **out, int *count)
{
    struct gaz_stmt *stmt;
    struct gaz_review_waiver *items = NULL;
    int64_t most = 0;
    int n = 0;
    gaz_status status =
        make_room(ctx, store,
                  "SELECT COUNT(*) FROM review WHERE kind = 'finding'"
                  " AND state IN ('waived', 'rejected')",
                  sizeof(*items), &most, (void **)&items);
    if (status == GAZ_OK)
        status = prepare(ctx, store,
                         "SELECT r.a, r.state, e.who, e.why FROM review r"
                         " LEFT JOIN review_event e"
                         "  ON e.review = r.id AND e.version = r.version"
                         " WHERE r.kind = 'finding'"
                         "  AND r.state IN ('waived', 'rejected')",
                         &stmt);
    if (status != GAZ_OK)
        return status;
    while (n < most && (status = gaz_sqlite_step(ctx, stmt)) == GAZ_OK)
        items[n++] =
            (struct gaz_review_waiver){.hash = (gaz_id)gaz_sqlite_int(stmt, 0),
                                       .state = gaz_sqlite_text(ctx, stmt, 1),
                                       .who = gaz_sqlite_text(ctx, stmt, 2),
                                       .why = gaz_sqlite_text(ctx, stmt, 3)};
    gaz_sqlite_drop(stmt);
    if (status != GAZ_OK && status != GAZ_END)
        return status;
    *out = items;
    *count = n;
    return GAZ_OK;
}

/* ---- the trail ---- */

enum { EVENTS_MAX = 1000 }; /* of one review; later ones are not read */

gaz_status gaz_review_events(struct gaz_ctx *ctx, struct gaz_store *store,
                             int64_t review,
                             const struct gaz_review_event **out, int *count)
{
    struct gaz_stmt *stmt;
    int n = 0;
    gaz_status status = prepare(
        ctx, store,
        "SELECT id, version, action, who, key, why, field, value,"
        " COALESCE(batch, 0), at FROM review_event WHERE review = :review"
        " ORDER BY id",
        &stmt);
    if (status != GAZ_OK)
        return status;
    struct gaz_review_event *items =
        gaz_arena_array(&ctx->arena, EVENTS_MAX, sizeof(*items));
    gaz_sqlite_bind_int(stmt, ":review", review);
    while (n < EVENTS_MAX && (status = gaz_sqlite_step(ctx, stmt)) == GAZ_OK)
        items[n++] =
            (struct gaz_review_event){.id = gaz_sqlite_int(stmt, 0),
                                      .version = (int)gaz_sqlite_int(stmt, 1),
                                      .action = gaz_sqlite_text(ctx, stmt, 2),
                                      .who = gaz_sqlite_text(ctx, stmt, 3),
                                      .key = gaz_sqlite_text(ctx, stmt, 4),
                                      .why = gaz_sqlite_text(ctx, stmt, 5),
                                      .field = gaz_sqlite_text(ctx, stmt, 6),
                                      .value = gaz_sqlite_text(ctx, stmt, 7),
                                      .batch = gaz_sqlite_int(stmt, 8),
                                      .at = gaz_sqlite_text(ctx, stmt, 9)};
    gaz_sqlite_drop(stmt);
    if (status != GAZ_OK && status != GAZ_END)
        return status;
    *out = items;
    *count = n;
    return GAZ_OK;
}

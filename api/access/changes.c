/* SPDX-License-Identifier: Apache-2.0 */
/* changes.c - /v1/changes: what changed since, for those who keep a copy.
 *
 * An entry is one row of one table, as the journal's triggers wrote it. Tables
 * that hold what is not public (survey lines, decisions) are left out without
 * their role; `last` goes on all the same, so that a reader never asks for them
 * again. */
#include "api/access/changes.h"

#include <string.h>

#include "api/access/ledger.h"
#include "api/handlers.h"
#include "api/params.h"
#include "api/part.h"
#include "api/problem.h"

enum { CHANGES_DEFAULT = 100 };

bool api_access_changes_shows(unsigned roles,
                              const struct gaz_journal_entry *entry)
{
    static const struct {
        const char *begin; /* of the table's name */
        unsigned roles;    /* one of these may see it */
    } CLOSED[] = {
        {"boundary_", GAZ_ROLE_SURVEYOR | GAZ_ROLE_ADMIN},
        /* who decided and why; what came of it is in `redirect` */
        {"merge_decision", GAZ_ROLE_CLERK | GAZ_ROLE_EDITOR | GAZ_ROLE_ADMIN},
    };
    if (entry->secrecy == GAZ_FEED_WITHHELD && !(roles & GAZ_ROLE_ADMIN))
        return false;
    for (size_t i = 0; i < sizeof(CLOSED) / sizeof(CLOSED[0]); i++)
        if (strncmp(entry->table, CLOSED[i].begin, strlen(CLOSED[i].begin)) ==
            0)
            return (roles & CLOSED[i].roles) != 0;
    return true;
}

static const char *op_name(char op)
{
    return op == 'I' ? "insert" : op == 'U' ? "update" : "delete";
}

static gaz_status read_feed(struct api_worker *worker,
                            const struct api_request *request, int64_t *since,
                            struct gaz_feed *feed)
{
    int limit = CHANGES_DEFAULT;
    double from = 0;
    const double seq_max = 9007199254740992.0; /* 2^53 */
    gaz_status status =
        api_params_number(worker, request, "since", 0, seq_max, 0, &from);
    if (status == GAZ_OK)
        status = api_params_int(worker, request, "limit", 1, GAZ_FEED_MAX,
                                CHANGES_DEFAULT, &limit);
    if (status != GAZ_OK)
        return status;
    *since = (int64_t)from;
    if (!worker->ledger)
        return api_problem_fail(worker, GAZ_IO, 503, "没有数据库",
                                "this server has no database");
    status = api_ledger_feed(&worker->ctx, worker->ledger, *since, limit, feed);
    if (status == GAZ_NOT_FOUND || status == GAZ_INVALID)
        return api_problem_fail(worker, GAZ_IO, 503, "没有可用的数据库",
                                "no database that this program reads; 'diming "
                                "init' brings an older one up to date");
    return status;
}

static int64_t last_seq(const struct gaz_feed *feed, int64_t since)
{
    return feed->count > 0 ? feed->items[feed->count - 1].seq : since;
}

static const char *next_url(struct gaz_arena *arena,
                            const struct api_request *request, int64_t last)
{
    return gaz_arena_printf(arena, "%s%s?since=%lld",
                            request->base_url ? request->base_url : "",
                            request->path, (long long)last);
}

void api_access_changes_write(struct gaz_json *json, unsigned roles,
                              const struct gaz_journal_entry *entry)
{
    gaz_json_object(json, NULL);
    gaz_json_int(json, "seq", entry->seq);
    gaz_json_string(json, "at", entry->at);
    gaz_json_string(json, "table", entry->table);
    gaz_json_string(json, "op", op_name(entry->op));
    api_part_id(json, "about", entry->about);
    const bool is_admin = (roles & GAZ_ROLE_ADMIN) != 0;
    const bool shows_after = is_admin || entry->secrecy != GAZ_FEED_GRADE;
    const bool shows_before =
        is_admin || (shows_after && entry->secrecy != GAZ_FEED_EMERGED);
    gaz_json_raw(json, "before",
                 shows_before && entry->before ? entry->before : "null");
    gaz_json_raw(json, "after",
                 shows_after && entry->after ? entry->after : "null");
    gaz_json_end(json);
}

gaz_status api_access_changes(struct api_worker *worker,
                              const struct api_request *request,
                              struct api_response *out)
{
    int64_t since = 0;
    struct gaz_feed feed = {.count = 0};
    gaz_status status = read_feed(worker, request, &since, &feed);
    if (status != GAZ_OK)
        return status;
    const int64_t last = last_seq(&feed, since);
    struct gaz_json json;
    gaz_json_open(&json, out->body);
    gaz_json_object(&json, NULL);
    gaz_json_int(&json, "since", since);
    gaz_json_int(&json, "last", last);
    gaz_json_bool(&json, "has_more", feed.has_more);
    gaz_json_string(&json, "next", next_url(&worker->ctx.arena, request, last));
    gaz_json_array(&json, "changes");
    for (int i = 0; i < feed.count; i++)
        if (api_access_changes_shows(worker->caller.roles, &feed.items[i]))
            api_access_changes_write(&json, worker->caller.roles,
                                     &feed.items[i]);
    gaz_json_end(&json);
    gaz_json_end(&json);
    out->cache_control = "no-cache";
    return GAZ_OK;
}

/* ---- Atom (RFC 4287) ---- */

static void write_atom_entry(struct gaz_buffer *out,
                             const struct gaz_journal_entry *entry,
                             const char *base)
{
    char id[GAZ_ID_TEXT_BYTES] = "";
    if (entry->about)
        (void)gaz_id_write(entry->about, id);
    gaz_buffer_printf(out,
                      "<entry><id>urn:diming:change:%lld</id>"
                      "<updated>%s</updated><title>%s %s %s</title>",
                      (long long)entry->seq, entry->at, op_name(entry->op),
                      entry->table, id);
    if (strcmp(entry->table, "place") == 0 && id[0])
        gaz_buffer_printf(out, "<link href=\"%s/v1/places/%s\"/>", base, id);
    gaz_buffer_text(out, "<author><name>Diming</name></author></entry>\n");
}

gaz_status api_access_changes_atom(struct api_worker *worker,
                                   const struct api_request *request,
                                   struct api_response *out)
{
    int64_t since = 0;
    struct gaz_feed feed = {.count = 0};
    gaz_status status = read_feed(worker, request, &since, &feed);
    if (status != GAZ_OK)
        return status;
    const char *base = request->base_url ? request->base_url : "";
    const char *updated =
        feed.count > 0 ? feed.items[feed.count - 1].at : "1970-01-01T00:00:00Z";
    gaz_buffer_printf(
        out->body,
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"
        "<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"zh\">\n"
        "<id>urn:diming:changes</id><title>地名变更 Diming changes</title>"
        "<updated>%s</updated>\n<link rel=\"self\" href=\"%s%s?since=%lld\"/>"
        "<link rel=\"next\" href=\"%s\"/>\n",
        updated, base, request->path, (long long)since,
        next_url(&worker->ctx.arena, request, last_seq(&feed, since)));
    for (int i = 0; i < feed.count; i++)
        if (api_access_changes_shows(worker->caller.roles, &feed.items[i]))
            write_atom_entry(out->body, &feed.items[i], base);
    gaz_buffer_text(out->body, "</feed>\n");
    out->cache_control = "no-cache";
    return GAZ_OK;
}

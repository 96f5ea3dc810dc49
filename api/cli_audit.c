/* SPDX-License-Identifier: Apache-2.0 */
/* cli_audit.c - the audit log, listed and exported. */
#include <string.h>

#include "api/cli.h"
#include "gazetteer/base/json.h"
#include "gazetteer/store/trail.h"

enum { LIMIT_DEFAULT = 1000, OUT_MAX_BYTES = 64 * 1024 * 1024 };

/* Quoted where CSV asks for it; a text that a spreadsheet would take for a
 * formula gets a ' in front. */
static void write_cell(struct gaz_buffer *out, const char *text)
{
    const char *guard = strchr("=+-@", text[0]) && text[0] ? "'" : "";
    if (!strpbrk(text, ",\"\r\n")) {
        gaz_buffer_text(out, guard);
        gaz_buffer_text(out, text);
        return;
    }
    gaz_buffer_text(out, "\"");
    gaz_buffer_text(out, guard);
    for (; *text; text++)
        gaz_buffer_printf(out, *text == '"' ? "\"\"" : "%c", *text);
    gaz_buffer_text(out, "\"");
}

static void write_csv(const struct gaz_trail *trail, struct gaz_buffer *out)
{
    gaz_buffer_text(out, "id,at,what,who,key,address,request,method,path,"
                         "status,times,detail\n");
    for (int i = 0; i < trail->count; i++) {
        const struct gaz_trail_entry *e = &trail->items[i];
        const char *const CELLS[] = {e->at,     e->what,    e->who,
                                     e->key,    e->address, e->request,
                                     e->method, e->path};
        gaz_buffer_printf(out, "%lld", (long long)e->id);
        for (size_t k = 0; k < sizeof(CELLS) / sizeof(CELLS[0]); k++) {
            gaz_buffer_text(out, ",");
            write_cell(out, CELLS[k]);
        }
        gaz_buffer_printf(out, ",%d,%lld,", e->status, (long long)e->times);
        write_cell(out, e->detail ? e->detail : "");
        gaz_buffer_text(out, "\n");
    }
}

static void write_json(const struct gaz_trail *trail, struct gaz_buffer *out)
{
    struct gaz_json json;
    gaz_json_open(&json, out);
    gaz_json_array(&json, NULL);
    for (int i = 0; i < trail->count; i++) {
        const struct gaz_trail_entry *e = &trail->items[i];
        gaz_json_object(&json, NULL);
        gaz_json_int(&json, "id", e->id);
        gaz_json_string(&json, "at", e->at);
        gaz_json_string(&json, "what", e->what);
        gaz_json_string(&json, "who", e->who);
        gaz_json_string(&json, "key", e->key);
        gaz_json_string(&json, "address", e->address);
        gaz_json_string(&json, "request", e->request);
        gaz_json_string(&json, "method", e->method);
        gaz_json_string(&json, "path", e->path);
        gaz_json_int(&json, "status", e->status);
        gaz_json_int(&json, "times", e->times);
        gaz_json_optional(&json, "detail", e->detail);
        gaz_json_end(&json);
    }
    gaz_json_end(&json);
    gaz_buffer_text(out, "\n");
}

static void write_table(const struct gaz_trail *trail, struct gaz_buffer *out)
{
    for (int i = 0; i < trail->count; i++) {
        const struct gaz_trail_entry *e = &trail->items[i];
        gaz_buffer_printf(out, "%s  %-6s %d %s %s  %s%s%s  %s", e->at, e->what,
                          e->status, e->method, e->path,
                          e->who[0] ? e->who : "-", e->key[0] ? " " : "",
                          e->key, e->address);
        if (e->times > 1)
            gaz_buffer_printf(out, "  x%lld", (long long)e->times);
        if (e->detail)
            gaz_buffer_printf(out, "  %s", e->detail);
        gaz_buffer_text(out, "\n");
    }
}

static const struct {
    const char *name;
    void (*write)(const struct gaz_trail *trail, struct gaz_buffer *out);
} FORMATS[] = {
    {"table", write_table}, {"json", write_json}, {"csv", write_csv}};

static gaz_status print(struct api_cli *cli, const char *format,
                        const struct gaz_trail_query *query)
{
    struct gaz_ctx *ctx = &cli->worker.ctx;
    struct gaz_store *store = NULL;
    struct gaz_trail trail;
    struct gaz_buffer out;
    gaz_status status = api_cli_open_store(cli, GAZ_STORE_READ, &store);
    if (status == GAZ_OK)
        status = gaz_trail_list(ctx, store, query, &trail);
    gaz_store_close(store);
    if (status != GAZ_OK)
        return status;
    gaz_buffer_open(&out, OUT_MAX_BYTES);
    for (size_t i = 0; i < sizeof(FORMATS) / sizeof(FORMATS[0]); i++)
        if (strcmp(FORMATS[i].name, format) == 0)
            FORMATS[i].write(&trail, &out);
    if (out.size > 0)
        (void)fwrite(out.data, 1, out.size, stdout);
    gaz_buffer_close(&out);
    return GAZ_OK;
}

static bool is_format(const char *name)
{
    for (size_t i = 0; i < sizeof(FORMATS) / sizeof(FORMATS[0]); i++)
        if (strcmp(FORMATS[i].name, name) == 0)
            return true;
    return false;
}

api_exit api_cli_audit(struct api_cli *cli)
{
    static const char WORDS[] = " write use denied admin ";
    const char *format = api_cli_option(cli, "--format");
    struct gaz_trail_query query = {.since = api_cli_option(cli, "--since"),
                                    .until = api_cli_option(cli, "--until"),
                                    .who = api_cli_option(cli, "--who"),
                                    .what = api_cli_option(cli, "--what")};
    if (cli->argument_count > 0)
        return api_cli_misuse(cli, "'%s' is one word too many",
                              cli->arguments[0]);
    if (format && !is_format(format))
        return api_cli_misuse(cli,
                              "--format is '%s'; it must be table, json "
                              "or csv",
                              format);
    if (query.what && !strstr(WORDS, gaz_arena_printf(&cli->worker.ctx.arena,
                                                      " %s ", query.what)))
        return api_cli_misuse(cli,
                              "--what is '%s'; it must be write, use, "
                              "denied or admin",
                              query.what);
    if (!api_cli_number(cli, "--limit", 1, GAZ_TRAIL_LIST_MAX, LIMIT_DEFAULT,
                        &query.limit))
        return API_EXIT_USAGE;
    gaz_status status = print(cli, format ? format : "table", &query);
    return status == GAZ_OK ? API_EXIT_OK : api_cli_fail(cli, status);
}

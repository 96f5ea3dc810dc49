/* SPDX-License-Identifier: Apache-2.0 */
/* cli_check.c - check: the database, one import or one proposed name by the
 * rules. */
#include <string.h>

#include "api/check.h"
#include "api/cli.h"
#include "gazetteer/audit/load.h"
#include "gazetteer/audit/report.h"
#include "gazetteer/audit/write.h"
#include "gazetteer/base/file.h"

typedef enum { TABLE, JSON, CSV, GEOJSON, XLSX } format;

static const char *const FORMATS[] = {"table", "json", "csv", "geojson",
                                      "xlsx"};

/* What the command line asks for. */
struct request {
    format format;
    gaz_severity least;
    struct gaz_audit_options options;
    const char *source;
    const char *name;     /* a proposed name; NULL: the database */
    const char *category; /* of it */
};

static bool take_word(const struct api_cli *cli, const char *name,
                      const char *const *words, int count, int *out)
{
    const char *text = api_cli_option(cli, name);
    for (int i = 0; text && i < count; i++)
        if (strcmp(words[i], text) == 0) {
            *out = i;
            return true;
        }
    if (text)
        (void)api_cli_misuse(cli, "%s is '%s'", name, text);
    return text == NULL;
}

static bool take_request(const struct api_cli *cli, struct request *out)
{
    static const char *const SEVERITIES[] = {"info", "warning", "error"};
    int chosen = TABLE;
    int least = GAZ_SEVERITY_INFO;
    const char *at = api_cli_option(cli, "--at");
    if (!take_word(cli, "--format", FORMATS, 5, &chosen) ||
        !take_word(cli, "--least", SEVERITIES, 3, &least))
        return false;
    *out = (struct request){.format = (format)chosen,
                            .least = (gaz_severity)least,
                            .source = api_cli_option(cli, "--source"),
                            .category = api_cli_option(cli, "--category")};
    out->options.in = api_cli_option(cli, "--in");
    if (at && !gaz_date_parse(at, &out->options.at)) {
        (void)api_cli_misuse(cli, "--at is '%s', no date YYYY-MM-DD", at);
        return false;
    }
    if (cli->argument_count == 0)
        return true;
    if (cli->argument_count != 2 || strcmp(cli->arguments[0], "name") != 0) {
        (void)api_cli_misuse(cli, "nothing, or 'name NAME', is asked about");
        return false;
    }
    out->name = cli->arguments[1];
    if (!out->category || !out->options.in) {
        (void)api_cli_misuse(cli, "a name needs --category and --in");
        return false;
    }
    return true;
}

static void write_report(const struct request *request,
                         const struct gaz_audit *audit, struct gaz_buffer *out)
{
    if (request->format == JSON)
        gaz_write_json(audit, request->least, out);
    else if (request->format == CSV)
        gaz_write_csv(audit, request->least, out);
    else if (request->format == GEOJSON)
        gaz_write_geojson(audit, request->least, out);
    else
        gaz_write_table(audit, request->least, out);
}

/* To --output, in one step, or to standard output. */
static gaz_status print(struct api_cli *cli, const struct request *request,
                        const struct gaz_audit *audit)
{
    struct gaz_ctx *ctx = &cli->worker.ctx;
    const char *path = api_cli_option(cli, "--output");
    struct gaz_buffer out;
    gaz_status status = GAZ_OK;
    gaz_buffer_open(&out, GAZ_WRITE_MAX_BYTES);
    write_report(request, audit, &out);
    if (out.full)
        status = gaz_fail(ctx, GAZ_LIMIT, "more than %d bytes to write",
                          GAZ_WRITE_MAX_BYTES);
    else if (path)
        status = gaz_file_replace(ctx, path, out.data, out.size);
    else
        (void)fwrite(out.data, 1, out.size, stdout);
    gaz_buffer_close(&out);
    return status;
}

/* The HTML report, when it is wanted. */
static gaz_status report(struct api_cli *cli, const struct gaz_audit *audit)
{
    struct gaz_ctx *ctx = &cli->worker.ctx;
    const char *path = api_cli_option(cli, "--report");
    const struct gaz_report_options options = {.title = NULL};
    struct gaz_buffer out;
    if (!path)
        return GAZ_OK;
    gaz_buffer_open(&out, GAZ_WRITE_MAX_BYTES);
    gaz_report_write(ctx, audit, &options, &out);
    gaz_status status =
        out.full ? gaz_fail(ctx, GAZ_LIMIT, "more than %d bytes to write",
                            GAZ_WRITE_MAX_BYTES)
                 : gaz_file_replace(ctx, path, out.data, out.size);
    gaz_buffer_close(&out);
    return status;
}

static gaz_status take_rules(struct api_cli *cli, struct gaz_rules *out)
{
    const char *folder = api_cli_option(cli, "--rules");
    if (folder)
        return gaz_rules_load(&cli->worker.ctx, folder, out);
    *out = *gaz_rules_default();
    return GAZ_OK;
}

static gaz_status run(struct api_cli *cli, const struct request *request,
                      struct gaz_store *store, struct gaz_corpus *corpus,
                      struct gaz_audit *audit)
{
    struct gaz_ctx *ctx = &cli->worker.ctx;
    gaz_status status = GAZ_OK;
    if (request->source)
        status = gaz_load_source(ctx, store, request->source,
                                 &audit->options.source);
    if (status == GAZ_OK)
        status = gaz_load_corpus(ctx, store, corpus);
    if (status != GAZ_OK)
        return status;
    if (request->name) {
        const struct api_check_question question = {
            request->name, request->category, request->options.in};
        status = api_check_name(ctx, corpus, audit, &question);
    } else {
        gaz_audit_run(audit);
    }
    if (status == GAZ_OK)
        status = report(cli, audit);
    return status == GAZ_OK ? print(cli, request, audit) : status;
}

api_exit api_cli_check(struct api_cli *cli)
{
    struct gaz_ctx *ctx = &cli->worker.ctx;
    struct request request;
    struct gaz_store *store = NULL;
    struct gaz_corpus *corpus = NULL;
    struct gaz_audit *audit = NULL;
    struct gaz_rules rules;
    if (!take_request(cli, &request))
        return API_EXIT_USAGE;
    gaz_status status = take_rules(cli, &rules);
    if (status == GAZ_OK)
        status = api_cli_open_store(cli, GAZ_STORE_READ, &store);
    if (status == GAZ_OK)
        status = gaz_corpus_open(ctx, &rules, &corpus);
    if (status == GAZ_OK)
        status = gaz_audit_open(ctx, &rules, corpus, &request.options, &audit);
    if (status == GAZ_OK)
        status = run(cli, &request, store, corpus, audit);
    bool has_errors = audit && audit->by_severity[GAZ_SEVERITY_ERROR] > 0;
    gaz_audit_close(audit);
    gaz_corpus_close(corpus);
    gaz_store_close(store);
    if (status != GAZ_OK)
        return api_cli_fail(cli, status);
    return has_errors ? API_EXIT_NONE : API_EXIT_OK;
}

/* SPDX-License-Identifier: Apache-2.0 */
/* cli_check.c - check: the database, one import or one proposed name by the
 * rules. */
#include <limits.h>
#include <string.h>

#include "api/check.h"
#include "api/cli.h"
#include "api/cli_check.h"
#include "gazetteer/audit/load.h"
#include "gazetteer/audit/waive.h"

static const char *const FORMATS[] = {"table", "json", "csv", "geojson",
                                      "xlsx"};

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

static bool take_request(const struct api_cli *cli,
                         struct api_check_request *out)
{
    static const char *const SEVERITIES[] = {"info", "warning", "error"};
    int chosen = API_CHECK_TABLE;
    int least = GAZ_SEVERITY_INFO;
    const char *at = api_cli_option(cli, "--at");
    if (!take_word(cli, "--format", FORMATS, 5, &chosen) ||
        !take_word(cli, "--least", SEVERITIES, 3, &least))
        return false;
    *out = (struct api_check_request){.format = (api_check_format)chosen,
                                      .least = (gaz_severity)least,
                                      .source = api_cli_option(cli, "--source"),
                                      .category =
                                          api_cli_option(cli, "--category")};
    out->options.in = api_cli_option(cli, "--in");
    out->keeps = api_cli_option(cli, "--keep") != NULL;
    out->queues = api_cli_option(cli, "--queue") != NULL;
    if (out->format == API_CHECK_XLSX && !api_cli_option(cli, "--output")) {
        (void)api_cli_misuse(cli, "xlsx needs --output FILE");
        return false;
    }
    if (at && !gaz_date_parse(at, &out->options.at)) {
        (void)api_cli_misuse(cli, "--at is '%s', no date YYYY-MM-DD", at);
        return false;
    }
    if (!api_cli_number(cli, "--import", 1, INT_MAX, 0, &out->import))
        return false;
    out->with = api_cli_option(cli, "--with");
    if (cli->argument_count == 0)
        return true;
    if (cli->argument_count == 1) {
        out->wants_progress = strcmp(cli->arguments[0], "progress") == 0;
        out->wants_imports = strcmp(cli->arguments[0], "imports") == 0;
        if (out->wants_progress || out->wants_imports)
            return true;
    }
    if (cli->argument_count != 2 || strcmp(cli->arguments[0], "name") != 0) {
        (void)api_cli_misuse(cli,
                             "nothing, 'name NAME', 'progress' or 'imports' is "
                             "asked about");
        return false;
    }
    out->name = cli->arguments[1];
    if (out->keeps || out->queues) {
        (void)api_cli_misuse(cli, "--keep and --queue go with the database");
        return false;
    }
    if (!out->category || !out->options.in) {
        (void)api_cli_misuse(cli, "a name needs --category and --in");
        return false;
    }
    return true;
}

static gaz_status run(struct api_cli *cli,
                      const struct api_check_request *request,
                      struct gaz_store *store, struct gaz_corpus *corpus,
                      struct gaz_audit *audit)
{
    struct gaz_ctx *ctx = &cli->worker.ctx;
    gaz_status status = GAZ_OK;
    if (request->source)
        status = gaz_load_source(ctx, store, request->source,
                                 &audit->options.source);
    if (status == GAZ_OK && request->import)
        status =
            api_check_take_import(ctx, store, request->import, &audit->options);
    if (status == GAZ_OK)
        status = gaz_load_corpus(ctx, store, corpus);
    if (status != GAZ_OK)
        return status;
    if (request->name) {
        const struct api_check_question question = {
            request->name, request->category, request->options.in,
            request->with};
        status = api_check_name(ctx, corpus, audit, &question);
    } else {
        gaz_audit_run(audit);
        status = gaz_audit_waive(ctx, store, audit);
    }
    return status == GAZ_OK ? api_check_answer(cli, request, store, audit)
                            : status;
}

api_exit api_cli_check(struct api_cli *cli)
{
    struct gaz_ctx *ctx = &cli->worker.ctx;
    struct api_check_request request;
    struct gaz_store *store = NULL;
    struct gaz_corpus *corpus = NULL;
    struct gaz_audit *audit = NULL;
    struct gaz_rules rules;
    if (!take_request(cli, &request))
        return API_EXIT_USAGE;
    gaz_status status = api_cli_choose_rules(cli);
    if (status == GAZ_OK)
        rules = *gaz_rules_default();
    if (status == GAZ_OK)
        status = api_cli_open_store(
            cli,
            request.keeps || request.queues ? GAZ_STORE_WRITE : GAZ_STORE_READ,
            &store);
    if (status == GAZ_OK && (request.wants_progress || request.wants_imports)) {
        status = request.wants_progress
                     ? api_check_progress(cli, &request, store)
                     : api_check_imports(cli, &request, store);
        gaz_store_close(store);
        return status == GAZ_OK ? API_EXIT_OK : api_cli_fail(cli, status);
    }
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

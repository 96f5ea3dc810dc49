/* SPDX-License-Identifier: Apache-2.0 */
/* cli_ask.c - geocode, reverse, suggest, search, parse on the command line. */
#include <string.h>

#include "api/cli.h"
#include "api/find.h"
#include "api/represent.h"

typedef enum { FORMAT_TABLE, FORMAT_JSON, FORMAT_CSV } ask_format;

static bool parse_format(const struct api_cli *cli, ask_format *out)
{
    const char *name = api_cli_option(cli, "--format");
    bool is_known = true;
    if (!name || strcmp(name, "table") == 0)
        *out = FORMAT_TABLE;
    else if (strcmp(name, "json") == 0 || strcmp(name, "geojson") == 0)
        *out = FORMAT_JSON;
    else if (strcmp(name, "csv") == 0)
        *out = FORMAT_CSV;
    else
        is_known = false;
    if (!is_known)
        (void)api_cli_misuse(cli, "--format is '%s'", name);
    return is_known;
}

static void print_table(const struct api_cli *cli,
                        const struct gaz_answers *answers)
{
    for (int i = 0; i < answers->count; i++) {
        const struct gaz_answer *answer = &answers->items[i];
        (void)printf("%d. %s  %s\n   %s %.3f", i + 1, answer->label,
                     api_part_roman(cli->snap, answer->place),
                     gaz_match_name(answer->match), answer->confidence);
        if (answer->position.method != GAZ_METHOD_NONE)
            (void)printf("  %.7f,%.7f  %s +-%.0f m", answer->position.coord.lon,
                         answer->position.coord.lat,
                         api_part_method(answer->position.method),
                         answer->position.accuracy_m);
        if (answer->distance_m >= 0)
            (void)printf("  %.0f m away", answer->distance_m);
        (void)printf("\n");
        for (int j = 0; j < answer->reason_count; j++)
            (void)printf("   - %s\n", answer->reasons[j].zh);
    }
}

static void print_answers(struct api_cli *cli,
                          const struct gaz_answers *answers, const char *query,
                          ask_format format, api_lang lang)
{
    if (format == FORMAT_TABLE) {
        print_table(cli, answers);
        return;
    }
    struct gaz_buffer out;
    gaz_buffer_open(&out, API_RESPONSE_MAX_BYTES);
    if (format == FORMAT_CSV) {
        api_represent_csv(&cli->worker, answers, &out);
    } else {
        api_represent_answers(&cli->worker, answers, query, lang, API_WHOLE_ALL,
                              &out);
        gaz_buffer_char(&out, '\n');
    }
    (void)fwrite(out.data, 1, out.size, stdout);
    gaz_buffer_close(&out);
}

/* The options are the parameters of the HTTP request of the same name. */
static void add_params(const struct api_cli *cli, struct api_request *request)
{
    static const char *const NAMES[] = {"limit", "at",     "focus",   "in",
                                        "lang",  "radius", "category"};
    for (size_t i = 0; i < sizeof(NAMES) / sizeof(NAMES[0]); i++) {
        char option[16];
        (void)snprintf(option, sizeof(option), "--%s", NAMES[i]);
        const char *value = api_cli_option(cli, option);
        if (value)
            request->params[request->param_count++] =
                (struct api_param){NAMES[i], value};
    }
}

static api_exit ask(struct api_cli *cli, const struct api_request *request,
                    api_find_kind kind, ask_format format)
{
    struct gaz_answers answers = {.count = 0};
    api_lang lang;
    gaz_status status = api_params_lang(&cli->worker, request, &lang);
    if (status == GAZ_OK)
        status = api_find_answers(&cli->worker, request, kind, &answers);
    if (status != GAZ_OK)
        return api_cli_fail(cli, status);
    const char *query = api_param(request, "q");
    print_answers(cli, &answers, query || kind == API_FIND_REVERSE ? query : "",
                  format, lang);
    return answers.count > 0 ? API_EXIT_OK : API_EXIT_NONE;
}

/* Each line of standard input; the arena is reset between them, so the snapshot
 * path and the arguments must not be needed any more. */
static api_exit ask_lines(struct api_cli *cli, struct api_request request,
                          api_find_kind kind, ask_format format)
{
    api_exit code = API_EXIT_OK;
    int slot = request.param_count++;
    struct gaz_buffer line;
    gaz_buffer_open(&line, API_CLI_LINE_MAX_BYTES);
    while (code <= API_EXIT_NONE && api_cli_read_line(stdin, &line)) {
        gaz_ctx_next(&cli->worker.ctx);
        request.params[slot] =
            (struct api_param){"q", line.data ? line.data : ""};
        if (line.size == 0)
            continue;
        api_exit one = ask(cli, &request, kind, format);
        code = one > code ? one : code;
    }
    gaz_buffer_close(&line);
    return code;
}

static const char *join_arguments(struct api_cli *cli)
{
    const char *text = cli->argument_count > 0 ? cli->arguments[0] : "";
    for (int i = 1; i < cli->argument_count; i++)
        text = gaz_arena_printf(&cli->worker.ctx.arena, "%s %s", text,
                                cli->arguments[i]);
    return text;
}

static api_exit run_find(struct api_cli *cli, api_find_kind kind)
{
    ask_format format;
    if (!parse_format(cli, &format))
        return API_EXIT_USAGE;
    if (cli->argument_count == 0 && kind != API_FIND_SEARCH)
        return api_cli_misuse(cli, "what is asked?");
    struct api_request request = {.param_count = 0};
    add_params(cli, &request);
    gaz_status status = api_cli_open_snapshot(cli);
    if (status != GAZ_OK)
        return api_cli_fail(cli, status);
    if (cli->argument_count == 1 && strcmp(cli->arguments[0], "-") == 0)
        return ask_lines(cli, request, kind, format);
    if (cli->argument_count > 0)
        request.params[request.param_count++] =
            (struct api_param){"q", join_arguments(cli)};
    return ask(cli, &request, kind, format);
}

api_exit api_cli_geocode(struct api_cli *cli)
{
    return run_find(cli, API_FIND_GEOCODE);
}

api_exit api_cli_suggest(struct api_cli *cli)
{
    return run_find(cli, API_FIND_SUGGEST);
}

api_exit api_cli_search(struct api_cli *cli)
{
    return run_find(cli, API_FIND_SEARCH);
}

api_exit api_cli_reverse(struct api_cli *cli)
{
    ask_format format;
    if (!parse_format(cli, &format))
        return API_EXIT_USAGE;
    if (cli->argument_count != 2)
        return api_cli_misuse(cli, "two numbers are needed: LON LAT");
    struct api_request request = {
        .params = {{"lon", cli->arguments[0]}, {"lat", cli->arguments[1]}},
        .param_count = 2};
    add_params(cli, &request);
    gaz_status status = api_cli_open_snapshot(cli);
    if (status != GAZ_OK)
        return api_cli_fail(cli, status);
    return ask(cli, &request, API_FIND_REVERSE, format);
}

/* ---- parse ---- */

typedef enum { PARSE_JSON, PARSE_ELEMENTS, PARSE_TABLE } parse_format_kind;

static void print_elements(const char *text,
                           const struct gaz_elements *elements,
                           const struct gaz_rewrites *rewrites, bool is_table,
                           struct gaz_buffer *out)
{
    gaz_buffer_clear(out);
    if (!is_table)
        api_find_write_elements(text, elements, rewrites, out);
    for (int i = 0; is_table && i < elements->count; i++) {
        const struct gaz_element *e = &elements->items[i];
        gaz_buffer_printf(out, "%-10s %.*s\n", gaz_element_name(e->label),
                          e->byte_end - e->byte_start, text + e->byte_start);
    }
    gaz_buffer_char(out, '\n');
    (void)fwrite(out->data, 1, out->size, stdout);
}

static api_exit parse_text(struct api_cli *cli, const char *text,
                           parse_format_kind format, struct gaz_buffer *out)
{
    struct gaz_elements elements;
    struct gaz_rewrites rewrites = {.count = 0};
    struct gaz_rewrites *wanted = format == PARSE_JSON ? &rewrites : NULL;
    gaz_status status = gaz_parse(&cli->worker.ctx, text, &elements);
    if (status == GAZ_OK && wanted)
        status = gaz_search_rewrite(&cli->worker.ctx, cli->worker.searcher,
                                    cli->worker.snap, text, wanted);
    if (status != GAZ_OK)
        return api_cli_fail(cli, status);
    print_elements(text, &elements, wanted, format == PARSE_TABLE, out);
    return API_EXIT_OK;
}

/* A line that cannot be parsed is reported and the others go on. */
static api_exit parse_lines(struct api_cli *cli, parse_format_kind format,
                            struct gaz_buffer *out)
{
    api_exit code = API_EXIT_OK;
    struct gaz_buffer line;
    gaz_buffer_open(&line, API_CLI_LINE_MAX_BYTES);
    while (api_cli_read_line(stdin, &line)) {
        gaz_ctx_next(&cli->worker.ctx);
        if (line.size == 0) { /* a line out for each line in */
            print_elements("", &(struct gaz_elements){.count = 0}, NULL,
                           format == PARSE_TABLE, out);
            continue;
        }
        api_exit one = parse_text(cli, line.data, format, out);
        code = one > code ? one : code;
    }
    gaz_buffer_close(&line);
    return code;
}

static bool read_parse_format(const struct api_cli *cli, parse_format_kind *out)
{
    static const struct {
        const char *name;
        parse_format_kind kind;
    } NAMES[] = {{"json", PARSE_JSON},
                 {"elements", PARSE_ELEMENTS},
                 {"table", PARSE_TABLE}};
    const char *name = api_cli_option(cli, "--format");
    *out = PARSE_JSON;
    for (size_t i = 0; name && i < sizeof(NAMES) / sizeof(NAMES[0]); i++)
        if (strcmp(name, NAMES[i].name) == 0) {
            *out = NAMES[i].kind;
            return true;
        }
    if (name)
        (void)api_cli_misuse(cli, "--format is '%s'", name);
    return !name;
}

/* Names of the gazetteer are known when there is a snapshot; without one the
 * words of the binary do. */
static gaz_status open_for_rewrites(struct api_cli *cli)
{
    if (api_cli_open_snapshot(cli) == GAZ_OK || cli->worker.searcher)
        return GAZ_OK;
    return gaz_searcher_open(&cli->worker.ctx, &cli->worker.searcher);
}

api_exit api_cli_parse(struct api_cli *cli)
{
    parse_format_kind format;
    if (!read_parse_format(cli, &format))
        return API_EXIT_USAGE;
    gaz_status status = format == PARSE_JSON ? open_for_rewrites(cli) : GAZ_OK;
    if (status != GAZ_OK)
        return api_cli_fail(cli, status);
    struct gaz_buffer out;
    gaz_buffer_open(&out, API_RESPONSE_MAX_BYTES);
    bool is_stdin =
        cli->argument_count == 0 ||
        (cli->argument_count == 1 && strcmp(cli->arguments[0], "-") == 0);
    api_exit code = API_EXIT_OK;
    if (is_stdin)
        code = parse_lines(cli, format, &out);
    for (int i = 0; !is_stdin && i < cli->argument_count; i++) {
        api_exit one = parse_text(cli, cli->arguments[i], format, &out);
        code = one > code ? one : code;
    }
    gaz_buffer_close(&out);
    return code;
}

/* SPDX-License-Identifier: Apache-2.0 */
/* cli_dedupe.c - dedupe: which records are one place, or one address. */
#include <string.h>

#include "api/cli.h"
#include "gazetteer/audit/load.h"
#include "gazetteer/store/review.h"
#include "gazetteer/twins/write.h"

typedef void writer(const struct gaz_corpus *, const struct gaz_twins *,
                    gaz_band, struct gaz_buffer *);

static const struct {
    const char *name;
    writer *write;
} FORMATS[] = {{"table", gaz_twins_table},
               {"json", gaz_twins_json},
               {"csv", gaz_twins_csv}};

static const struct {
    const char *name;
    const char *subject; /* of a review */
    const char *rule;
} KINDS[GAZ_TWINS_KINDS] = {
    [GAZ_TWINS_PLACES] = {"places", "place", GAZ_REVIEW_PLACES},
    [GAZ_TWINS_ADDRESSES] = {"addresses", "address", GAZ_REVIEW_ADDRESSES},
};

static bool take_format(const struct api_cli *cli, writer **out)
{
    const char *name = api_cli_option(cli, "--format");
    for (size_t i = 0; i < sizeof(FORMATS) / sizeof(FORMATS[0]); i++)
        if (strcmp(name ? name : "table", FORMATS[i].name) == 0) {
            *out = FORMATS[i].write;
            return true;
        }
    (void)api_cli_misuse(cli, "--format is '%s'; table, json or csv", name);
    return false;
}

static bool take_band(const struct api_cli *cli, gaz_band *out)
{
    const char *name = api_cli_option(cli, "--least");
    for (int i = GAZ_BAND_DIFFERENT; i <= GAZ_BAND_DUPLICATE; i++)
        if (strcmp(name ? name : "review", gaz_band_name((gaz_band)i)) == 0) {
            *out = (gaz_band)i;
            return true;
        }
    (void)api_cli_misuse(cli, "--least is '%s'; duplicate, review or different",
                         name);
    return false;
}

/* GAZ_TWINS_KINDS: none is named. */
static bool take_kind(const struct api_cli *cli, gaz_twins_kind *out)
{
    const char *name = api_cli_option(cli, "--of");
    *out = GAZ_TWINS_KINDS;
    if (!name)
        return true;
    for (int i = 0; i < GAZ_TWINS_KINDS; i++)
        if (strcmp(name, KINDS[i].name) == 0) {
            *out = (gaz_twins_kind)i;
            return true;
        }
    (void)api_cli_misuse(cli, "--of is '%s'; places or addresses", name);
    return false;
}

/* What one run looks for, and what it found. */
struct search {
    struct gaz_corpus *corpus;
    bool wants[GAZ_TWINS_KINDS];
    gaz_band least;
    struct gaz_twins twins[GAZ_TWINS_KINDS];
};

static gaz_status find_kind(struct gaz_ctx *ctx, const struct gaz_scale *scale,
                            gaz_twins_kind kind, struct search *search)
{
    struct gaz_twin_finder *finder = NULL;
    const gaz_band least =
        search->least < GAZ_BAND_REVIEW ? search->least : GAZ_BAND_REVIEW;
    gaz_status status =
        gaz_twins_open(ctx, search->corpus, scale, kind, &finder);
    if (status == GAZ_OK)
        status = gaz_twins_find(ctx, finder, least, &search->twins[kind]);
    gaz_twins_close(finder);
    return status;
}

static gaz_status find(struct gaz_ctx *ctx, struct gaz_store *store,
                       struct search *search)
{
    struct gaz_scale scale;
    gaz_status status = gaz_scale_default(ctx, &scale);
    if (status == GAZ_OK)
        status = gaz_load_corpus(ctx, store, search->corpus);
    for (int kind = 0; status == GAZ_OK && kind < GAZ_TWINS_KINDS; kind++)
        if (search->wants[kind])
            status = find_kind(ctx, &scale, (gaz_twins_kind)kind, search);
    return status;
}

/* ---- the queue ---- */

static gaz_id id_of(const struct gaz_corpus *corpus, gaz_twins_kind kind,
                    int index)
{
    return kind == GAZ_TWINS_PLACES ? corpus->places[index].place.id
                                    : corpus->addresses[index].address.id;
}

static gaz_status queue_kind(struct gaz_ctx *ctx, struct gaz_store *store,
                             const struct search *search, gaz_twins_kind kind,
                             int *fresh)
{
    const struct gaz_twins *twins = &search->twins[kind];
    gaz_status status = GAZ_OK;
    for (int i = 0; status == GAZ_OK && i < twins->count; i++) {
        const struct gaz_twin *twin = &twins->items[i];
        bool is_new = false;
        const struct gaz_review review = {
            .kind = "merge",
            .severity = GAZ_SEVERITY_WARNING,
            .band = gaz_band_name(twin->band),
            .a = id_of(search->corpus, kind, twin->a),
            .b = id_of(search->corpus, kind, twin->b),
            .subject = KINDS[kind].subject,
            .rule = KINDS[kind].rule,
            .score = twin->score,
            .zh = twin->zh,
            .en = twin->en};
        if (twin->band != GAZ_BAND_DIFFERENT)
            status = gaz_review_put(ctx, store, &review, 0, &is_new);
        *fresh += is_new;
    }
    return status;
}

/* All into the queue, or nothing. */
static gaz_status queue(struct gaz_ctx *ctx, struct gaz_store *store,
                        const struct search *search)
{
    int fresh = 0;
    int64_t issues = 0;
    gaz_status status = gaz_store_begin(ctx, store);
    for (int kind = 0; status == GAZ_OK && kind < GAZ_TWINS_KINDS; kind++)
        status = queue_kind(ctx, store, search, (gaz_twins_kind)kind, &fresh);
    if (status == GAZ_OK)
        status = gaz_review_issues(ctx, store, &issues);
    if (status == GAZ_OK)
        status = gaz_store_commit(ctx, store);
    if (status == GAZ_OK)
        (void)fprintf(stderr, "queued: %d merges, %lld issues\n", fresh,
                      (long long)issues);
    return status;
}

static gaz_status print(struct gaz_ctx *ctx, writer *write,
                        const struct search *search, gaz_twins_kind kind)
{
    struct gaz_buffer out;
    gaz_status status = GAZ_OK;
    gaz_buffer_open(&out, GAZ_TWINS_WRITE_MAX_BYTES);
    write(search->corpus, &search->twins[kind], search->least, &out);
    if (out.full)
        status = gaz_fail(ctx, GAZ_LIMIT, "more than %d bytes to write",
                          GAZ_TWINS_WRITE_MAX_BYTES);
    else
        (void)fwrite(out.data, 1, out.size, stdout);
    gaz_buffer_close(&out);
    return status;
}

api_exit api_cli_dedupe(struct api_cli *cli)
{
    struct gaz_ctx *ctx = &cli->worker.ctx;
    struct gaz_store *store = NULL;
    struct search search = {.corpus = NULL};
    writer *write;
    gaz_twins_kind kind;
    const bool queues = api_cli_option(cli, "--queue") != NULL;
    if (!take_format(cli, &write) || !take_band(cli, &search.least) ||
        !take_kind(cli, &kind))
        return API_EXIT_USAGE;
    if (cli->argument_count > 0)
        return api_cli_misuse(cli, "'%s' is not understood", cli->arguments[0]);
    const gaz_twins_kind listed =
        kind == GAZ_TWINS_KINDS ? GAZ_TWINS_PLACES : kind;
    for (int i = 0; i < GAZ_TWINS_KINDS; i++)
        search.wants[i] =
            i == (int)listed || (queues && kind == GAZ_TWINS_KINDS);
    gaz_status status = api_cli_open_store(
        cli, queues ? GAZ_STORE_WRITE : GAZ_STORE_READ, &store);
    if (status == GAZ_OK)
        status = gaz_corpus_open(ctx, gaz_rules_default(), &search.corpus);
    if (status == GAZ_OK)
        status = find(ctx, store, &search);
    if (status == GAZ_OK && queues)
        status = queue(ctx, store, &search);
    if (status == GAZ_OK)
        status = print(ctx, write, &search, listed);
    gaz_corpus_close(search.corpus);
    gaz_store_close(store);
    return status == GAZ_OK ? API_EXIT_OK : api_cli_fail(cli, status);
}

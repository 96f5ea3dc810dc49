/* SPDX-License-Identifier: Apache-2.0 */
/* bench_quality.c - a full check of a made-up city with planted errors: time,
 * memory, precision and recall of each rule; one changed record. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "gazetteer/audit/audit.h"
#include "gazetteer/base/text.h"
#include "tests/bench/city.h"
#include "tests/bench/measure.h"
#include "tests/bench/planted.h"

enum { SLOTS = 1 << 20 };

/* How a rule did against the labels. */
struct score {
    int64_t planted;
    int64_t found;   /* of the planted */
    int64_t right;   /* findings that are of a planted record */
    int64_t claimed; /* findings */
};

struct bench {
    struct gaz_corpus *corpus;
    struct gaz_audit *audit;
    struct planted planted;
    bool *hit;  /* label was found */
    int *slots; /* open addressing: index of a label, from 1 */
};

static uint64_t slot_of(const char *rule, gaz_id id)
{
    return (gaz_text_hash(rule, strlen(rule)) ^ id * 0x9E3779B97F4A7C15U) %
           SLOTS;
}

static void enter(struct bench *b, const char *rule, gaz_id id, int label)
{
    uint64_t at = slot_of(rule, id);
    while (b->slots[at])
        at = (at + 1) % SLOTS;
    b->slots[at] = label + 1;
}

/* Marks the labels of a finding; false: nothing was planted there. */
static bool match(struct bench *b, const char *rule, gaz_id id)
{
    bool found = false;
    for (uint64_t at = slot_of(rule, id); id && b->slots[at];
         at = (at + 1) % SLOTS) {
        const struct planted_label *l = &b->planted.labels[b->slots[at] - 1];
        if ((l->id == id || l->partner == id) && strcmp(l->rule, rule) == 0) {
            b->hit[b->slots[at] - 1] = true;
            found = true;
        }
    }
    return found;
}

static struct score score_of(struct bench *b, const struct gaz_rule *rule)
{
    struct score s = {0};
    for (int i = 0; i < b->audit->finding_count; i++) {
        const struct gaz_finding *f = &b->audit->findings[i];
        if (f->rule != rule)
            continue;
        bool right = match(b, rule->id, f->id);
        right = match(b, rule->id, f->other) || right;
        s.claimed++;
        s.right += right;
    }
    for (size_t i = 0; i < b->planted.count; i++)
        if (strcmp(b->planted.labels[i].rule, rule->id) == 0) {
            s.planted++;
            s.found += b->hit[i];
        }
    return s;
}

/* Hints are told of what is no error; the others must be what was planted. */
static bool print_scores(struct bench *b)
{
    bool good = true;
    (void)printf("%-6s %9s %9s %10s %10s\n", "rule", "planted", "found",
                 "precision", "recall");
    for (int i = 0; i < b->audit->result_count; i++) {
        const struct gaz_rule *rule = b->audit->results[i].rule;
        struct score s = score_of(b, rule);
        bool is_hint = s.planted == 0 && rule->severity == GAZ_SEVERITY_INFO;
        if (rule->scope == GAZ_SCOPE_CITY || is_hint ||
            (s.planted == 0 && s.claimed == 0))
            continue;
        double precision = s.claimed ? (double)s.right / (double)s.claimed : 1;
        double recall = s.planted ? (double)s.found / (double)s.planted : 1;
        good = good && precision >= 0.98 && recall >= 0.98;
        (void)printf("%-6s %9lld %9lld %10.4f %10.4f%s\n", rule->id,
                     (long long)s.planted, (long long)s.claimed, precision,
                     recall,
                     precision < 0.98 || recall < 0.98 ? "  below 0.98" : "");
    }
    return good;
}

/* One changed record: all its rules, and those of its road. */
static void run_single(struct bench *b, struct gaz_ctx *ctx, int64_t queries)
{
    struct measure_series series;
    struct city_random random = {7};
    const struct gaz_audit_options options = {.at = 20260101};
    struct gaz_audit *audit = NULL;
    if (gaz_audit_open(ctx, gaz_rules_default(), b->corpus, &options, &audit) !=
        GAZ_OK)
        return;
    measure_open(&series, (size_t)queries);
    for (int64_t i = 0; i < queries; i++) {
        int address =
            (int)city_below(&random, (uint32_t)b->corpus->address_count);
        const uint64_t begun = measure_cpu_ns();
        gaz_audit_address(audit, address);
        measure_add(&series, measure_cpu_ns() - begun);
    }
    (void)printf(
        "one changed address: p50 %.3f ms, p99 %.3f ms of one core (limit 5)\n",
        measure_percentile(&series, 50) / 1000,
        measure_percentile(&series, 99) / 1000);
    measure_close(&series);
    gaz_audit_close(audit);
}

static int64_t argument(int argc, char **argv, int index, int64_t fallback)
{
    int64_t value = fallback;
    if (argc > index && !gaz_text_parse_int(argv[index], &value))
        return -1;
    return value;
}

static bool run(struct bench *b, struct gaz_ctx *ctx, int64_t queries)
{
    const struct gaz_audit_options options = {.at = 20260101};
    uint64_t begun = measure_now_ns();
    double cpu = measure_cpu_seconds();
    if (gaz_corpus_finish(ctx, b->corpus) != GAZ_OK ||
        gaz_audit_open(ctx, gaz_rules_default(), b->corpus, &options,
                       &b->audit) != GAZ_OK)
        return false;
    double ready = measure_seconds(begun);
    gaz_audit_run(b->audit);
    (void)printf("%d addresses, %d places, %zu planted errors\n",
                 b->corpus->address_count, b->corpus->place_count,
                 b->planted.count);
    (void)printf(
        "full check: %.2f s (%.2f s to index; limit 60), %.2f s of one "
        "core, peak memory %ld MB (limit 2048)\n",
        measure_seconds(begun), ready, measure_cpu_seconds() - cpu,
        measure_peak_mb());
    b->hit = gaz_malloc(b->planted.count + 1);
    b->slots = gaz_malloc(SLOTS * sizeof(*b->slots));
    for (size_t i = 0; i < b->planted.count; i++) {
        const struct planted_label *l = &b->planted.labels[i];
        enter(b, l->rule, l->id, (int)i);
        if (l->partner)
            enter(b, l->rule, l->partner, (int)i);
    }
    bool good = print_scores(b);
    run_single(b, ctx, queries);
    return good;
}

/* One city: made, checked, and forgotten. */
static bool run_city(struct gaz_ctx *ctx, planted_way way, int64_t addresses,
                     int64_t queries)
{
    struct bench bench = {.corpus = NULL};
    bool good = false;
    (void)printf("%s\n", way == PLANTED_CROWDED ? "several errors on every road"
                                                : "one error on a road");
    if (gaz_corpus_open(ctx, gaz_rules_default(), &bench.corpus) == GAZ_OK) {
        planted_fill(ctx, bench.corpus, (uint32_t)addresses, way,
                     &bench.planted);
        good = run(&bench, ctx, queries);
    }
    gaz_free(bench.hit);
    gaz_free(bench.slots);
    planted_close(&bench.planted);
    gaz_audit_close(bench.audit);
    gaz_corpus_close(bench.corpus);
    return good;
}

int main(int argc, char **argv)
{
    int64_t addresses = argument(argc, argv, 1, CITY_ADDRESSES);
    int64_t queries = argument(argc, argv, 3, 2000);
    if (addresses < 2000 || addresses > 5000000 || queries < 1 || argc > 4) {
        (void)fprintf(stderr, "usage: bench_quality [ADDRESSES [SEED "
                              "[QUERIES]]], 2,000 addresses or more\n");
        return 2;
    }
    struct gaz_ctx ctx = {.failure = ""};
    measure_machine();
    bool good = run_city(&ctx, PLANTED_ALONE, addresses, queries);
    good = run_city(&ctx, PLANTED_CROWDED, addresses, queries) && good;
    if (!good)
        (void)fprintf(stderr, "bench_quality: %s\n",
                      ctx.failure[0] ? ctx.failure : "a rule below 0.98");
    gaz_ctx_close(&ctx);
    return good ? 0 : 1;
}

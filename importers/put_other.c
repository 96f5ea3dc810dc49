/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "gazetteer/base/text.h"
#include "gazetteer/store/attribute.h"
#include "importers/put.h"
#include "importers/report.h"

gaz_status imp_put_attributes(struct imp_run *run, const struct imp_kept *kept,
                              gaz_id about)
{
    const struct gaz_attribute_owner owner = {
        .about = about, .source = run->source, .record = kept->record_id};
    return gaz_attribute_put(&run->row, run->store, &owner,
                             kept->entry->attributes,
                             kept->entry->attribute_count);
}

gaz_status imp_put_claim(struct imp_run *run, const struct imp_kept *kept,
                         struct imp_outcome *out)
{
    struct gaz_claim claim = kept->entry->claim;
    claim.place = kept->links->subject.id;
    claim.source = run->source;
    out->about = claim.place;
    return gaz_store_put_claim(&run->row, run->store, &claim, kept->record_id);
}

gaz_status imp_put_change(struct imp_run *run, const struct imp_kept *kept,
                          struct imp_outcome *out)
{
    struct gaz_change change = kept->entry->change;
    change.from = kept->links->from;
    change.to = kept->links->to;
    change.source = run->source;
    out->about = change.to ? change.to : change.from;
    return gaz_store_put_change(&run->row, run->store, &change,
                                kept->record_id);
}

struct word {
    const char *text;
    int value;
};

/* The value of a word of a fixed list; -1: none of them. */
static int find_word(const char *text, const struct word *words, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (text && strcmp(text, words[i].text) == 0)
            return words[i].value;
    return -1;
}

static const struct word KINDS[] = {
    {"coast", GAZ_LINE_COAST},
    {"boundary", GAZ_LINE_BOUNDARY},
    {"road", GAZ_LINE_ROAD},
};

static const struct word LEVEL_WORDS[] = {
    {"province", GAZ_LEVEL_PROVINCE}, {"1", GAZ_LEVEL_PROVINCE},
    {"city", GAZ_LEVEL_CITY},         {"2", GAZ_LEVEL_CITY},
    {"county", GAZ_LEVEL_COUNTY},     {"3", GAZ_LEVEL_COUNTY},
    {"town", GAZ_LEVEL_TOWN},         {"4", GAZ_LEVEL_TOWN},
    {"village", GAZ_LEVEL_VILLAGE},   {"5", GAZ_LEVEL_VILLAGE},
};

static void note_error(struct gaz_issues *issues, const char *rule,
                       const char *column, const char *zh, const char *en)
{
    imp_report_note(issues, &(struct gaz_issue){.rule = rule,
                                                .severity = GAZ_SEVERITY_ERROR,
                                                .message = zh,
                                                .message_en = en,
                                                .column = column});
}

static const char *folded_field(struct imp_run *run,
                                const struct gaz_record *record,
                                const char *name, const char *absent)
{
    const char *text = gaz_record_field(record, name);
    const char *out = NULL;
    size_t len = 0;
    if (!text)
        return absent;
    gaz_status status =
        gaz_unicode_fold(&run->row, gaz_standardiser_unicode(run->standardiser),
                         text, strlen(text), &out, &len, NULL);
    /* readers let nothing but UTF-8 through, so that it cannot fail */
    return status == GAZ_OK ? out : text;
}

static bool is_yes(const char *text)
{
    return text && (strcmp(text, "1") == 0 || strcmp(text, "true") == 0);
}

/* What the line is, apart from its points. */
static struct gaz_line read_line(struct imp_run *run,
                                 const struct imp_kept *kept,
                                 struct gaz_issues *issues)
{
    const struct gaz_record *record = kept->record;
    const char *level_text = gaz_record_field(record, "level");
    const int kind = find_word(gaz_record_field(record, "kind"), KINDS,
                               sizeof(KINDS) / sizeof(KINDS[0]));
    const int level =
        level_text ? find_word(level_text, LEVEL_WORDS,
                               sizeof(LEVEL_WORDS) / sizeof(LEVEL_WORDS[0]))
                   : GAZ_LEVEL_NONE;
    if (kind < 0)
        note_error(issues, "I06", "kind", "线的类型应为coast, boundary或road",
                   "the kind of a line is coast, boundary or road");
    if (level < 0)
        note_error(issues, "I06", "level", "级别应为province至village",
                   "the level is one of province to village");
    return (struct gaz_line){
        .name = folded_field(run, record, "name", ""),
        .code = folded_field(run, record, "code", ""),
        .kind = (enum gaz_line_kind)kind,
        .level = (gaz_level)level,
        .is_schematic = is_yes(gaz_record_field(record, "schematic")),
        .is_synthetic = is_yes(gaz_record_field(record, "synthetic")),
        .left = kept->links->from,
        .right = kept->links->to,
        .source = run->source,
    };
}

/* A line of several parts is stored as so many lines. */
gaz_status imp_put_line(struct imp_run *run, const struct imp_kept *kept,
                        struct imp_outcome *out, struct gaz_issues *issues)
{
    struct imp_line_part *parts = NULL;
    size_t count = 0;
    out->about = 0;
    struct gaz_line line = read_line(run, kept, issues);
    if (!kept->shape->wkb ||
        imp_wkb_lines(&run->row, kept->shape, &parts, &count) != GAZ_OK) {
        imp_run_forgive(run);
        note_error(issues, "I08", NULL, "没有线状几何图形", "no line geometry");
    }
    if (issues->errors > 0)
        return GAZ_OK;
    for (size_t i = 0; i < count; i++) {
        const char *key = i == 0 ? kept->record->key
                                 : gaz_arena_printf(&run->row.arena, "%s#%zu",
                                                    kept->record->key, i + 1);
        line.points = parts[i].points;
        line.point_count = parts[i].count;
        gaz_status status = gaz_store_put_line(&run->row, run->store, &line,
                                               key, kept->record_id);
        if (status != GAZ_OK)
            return status;
    }
    return GAZ_OK;
}

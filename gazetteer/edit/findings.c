/* SPDX-License-Identifier: Apache-2.0 */
/* findings.c - is what would be there right by the rules?
 *
 * The rules that look at other records need all of them in memory. They are
 * loaded when first needed, and again when others have written since and either
 * that was not just done (of a million addresses it takes seconds) or there is
 * a namesake that may be new. */
#include <string.h>

#include "gazetteer/audit/audit.h"
#include "gazetteer/audit/load.h"
#include "gazetteer/base/clock.h"
#include "gazetteer/edit/desk.h"

enum {
    NO_ADDRESS = 1,  /* an id that nothing has: places are judged beside places,
                      * and a million addresses would be 500 MB */
    COST_SHARE = 20, /* a corpus may be so many loadings old */
    LEFTOVERS_MAX_BYTES = 32 * 1024 * 1024,
};

/* ---- the others ---- */

static gaz_status has_namesake(struct gaz_desk *desk,
                               const struct gaz_place *place, bool *out)
{
    struct gaz_places found;
    gaz_status status =
        gaz_store_candidates(desk->ctx, desk->editor->store, place, &found);
    *out = false;
    for (int i = 0; status == GAZ_OK && i < found.count; i++)
        *out = *out || found.items[i].id != place->id;
    return status;
}

static gaz_status must_load(struct gaz_desk *desk,
                            const struct gaz_place *place, bool *out)
{
    struct gaz_editor *editor = desk->editor;
    uint64_t seq = 0;
    *out = true;
    if (!editor->corpus || gaz_arena_used(&editor->corpus->ctx.arena) >
                               editor->corpus_bytes + LEFTOVERS_MAX_BYTES)
        return GAZ_OK;
    gaz_status status = gaz_store_journal_seq(desk->ctx, editor->store, &seq);
    if (status != GAZ_OK)
        return status;
    *out = false;
    if (seq == editor->corpus_seq)
        return GAZ_OK;
    *out = gaz_clock_ms() >
           editor->corpus_ms + editor->corpus_cost_ms * COST_SHARE;
    return *out ? GAZ_OK : has_namesake(desk, place, out);
}

/* Before the desk's own writes: they must not meet themselves. */
static gaz_status need_corpus(struct gaz_desk *desk,
                              const struct gaz_place *place)
{
    struct gaz_editor *editor = desk->editor;
    bool loads;
    gaz_status status = must_load(desk, place, &loads);
    if (status != GAZ_OK || !loads)
        return status;
    const int64_t began_ms = gaz_clock_ms();
    gaz_corpus_close(editor->corpus);
    editor->corpus = NULL;
    status =
        gaz_store_journal_seq(desk->ctx, editor->store, &editor->corpus_seq);
    if (status == GAZ_OK)
        status =
            gaz_corpus_open(desk->ctx, gaz_rules_default(), &editor->corpus);
    if (status == GAZ_OK)
        status = gaz_load_beside(desk->ctx, editor->store, NO_ADDRESS,
                                 editor->corpus);
    if (status != GAZ_OK) {
        gaz_corpus_close(editor->corpus);
        editor->corpus = NULL;
        return status;
    }
    editor->corpus_ms = gaz_clock_ms();
    editor->corpus_cost_ms = editor->corpus_ms - began_ms;
    editor->corpus_bytes = gaz_arena_used(&editor->corpus->ctx.arena);
    return GAZ_OK;
}

/* ---- judging ---- */

/* A list that grows in the arena. */
struct list {
    struct gaz_editor_finding *items;
    int count;
    int room;
};

static void add(struct gaz_arena *arena, struct list *list,
                struct gaz_editor_finding finding)
{
    if (list->count == list->room) {
        const int room = list->room ? list->room * 2 : 16;
        list->items = gaz_arena_grow(arena, list->items,
                                     (size_t)list->room * sizeof(*list->items),
                                     (size_t)room * sizeof(*list->items));
        list->room = room;
    }
    list->items[list->count++] = finding;
}

/* The audit's own strings end with it. */
static void copy(struct gaz_arena *arena, const struct gaz_finding *from,
                 struct list *list)
{
    add(arena, list,
        (struct gaz_editor_finding){.rule =
                                        gaz_arena_strdup(arena, from->rule->id),
                                    .severity = from->severity,
                                    .zh = gaz_arena_strdup(arena, from->zh),
                                    .en = gaz_arena_strdup(arena, from->en),
                                    .fix = gaz_arena_strdup(arena, from->fix),
                                    .other = from->other});
}

static gaz_status judge(struct gaz_desk *desk, const struct gaz_place *place,
                        struct list *out)
{
    static const struct gaz_audit_options options = {.in = NULL};
    struct gaz_corpus *corpus = desk->editor->corpus;
    const int places = corpus->place_count;
    struct gaz_audit *audit = NULL;
    int index = 0;
    gaz_status status = gaz_corpus_propose(desk->ctx, corpus, place, &index);
    if (status == GAZ_OK)
        status = gaz_audit_open(desk->ctx, gaz_rules_default(), corpus,
                                &options, &audit);
    if (status == GAZ_OK)
        gaz_audit_place(audit, index);
    for (int i = 0; status == GAZ_OK && i < audit->finding_count; i++)
        if (audit->findings[i].severity > GAZ_SEVERITY_INFO &&
            (place->id == 0 || audit->findings[i].other != place->id))
            copy(&desk->ctx->arena, &audit->findings[i], out);
    gaz_audit_close(audit);
    corpus->place_count = places; /* the proposed one goes */
    return status;
}

static bool was_there(const struct list *before,
                      const struct gaz_editor_finding *finding)
{
    for (int i = 0; i < before->count; i++)
        if (strcmp(before->items[i].rule, finding->rule) == 0 &&
            before->items[i].other == finding->other &&
            strcmp(before->items[i].zh, finding->zh) == 0)
            return true;
    return false;
}

static void settle(struct gaz_desk *desk, const struct list *before,
                   struct list *after)
{
    struct gaz_editor_answer *out = desk->out;
    for (int i = 0; i < after->count; i++) {
        struct gaz_editor_finding *finding = &after->items[i];
        finding->is_old = was_there(before, finding);
        if (finding->severity == GAZ_SEVERITY_ERROR && !finding->is_old)
            out->error_count++;
    }
    out->findings = after->items;
    out->finding_count = after->count;
    if (out->error_count > 0)
        gaz_desk_refuse(desk, GAZ_EDITOR_REFUSED, "不合规则",
                        "the rules forbid it; see the findings");
}

/* What clashes with a record that is not for who asks says so, and no more. */
static gaz_status hide(struct gaz_desk *desk, struct list *list)
{
    gaz_status status = GAZ_OK;
    for (int i = 0; status == GAZ_OK && i < list->count; i++) {
        struct gaz_editor_finding *finding = &list->items[i];
        bool hides = false;
        if (finding->other)
            status = gaz_desk_hides(desk, finding->other, &hides);
        if (!hides)
            continue;
        finding->zh = "与一处不公开的记录抵触";
        finding->en = "clashes with a record that is not public";
        finding->fix = NULL;
        finding->other = 0;
    }
    return status;
}

/* A name that is new has to keep the rules that history may break: the rules
 * know it by the status of what is planned. */
static struct gaz_place as_new(const struct gaz_place *before,
                               const struct gaz_place *after)
{
    struct gaz_place place = *after;
    const bool is_new =
        !before || before->name_count == 0 ||
        strcmp(before->names[0].text, after->names[0].text) != 0 ||
        (before->status == GAZ_STATUS_HISTORICAL);
    if (is_new && place.status == GAZ_STATUS_CURRENT)
        place.status = GAZ_STATUS_PLANNED;
    return place;
}

gaz_status gaz_findings_place(struct gaz_desk *desk,
                              const struct gaz_place *before,
                              const struct gaz_place *after)
{
    struct list was = {.count = 0};
    struct list is = {.count = 0};
    const struct gaz_place proposed = as_new(before, after);
    gaz_status status = need_corpus(desk, after);
    if (status == GAZ_OK && before)
        status = judge(desk, before, &was);
    if (status == GAZ_OK)
        status = judge(desk, &proposed, &is);
    if (status == GAZ_OK)
        status = hide(desk, &was);
    if (status == GAZ_OK)
        status = hide(desk, &is);
    if (status == GAZ_OK)
        settle(desk, &was, &is);
    return status;
}

gaz_status gaz_findings_address(struct gaz_desk *desk,
                                const struct gaz_record *record,
                                const struct gaz_entry *entry)
{
    struct gaz_issues issues = {.count = 0};
    struct list before = {.count = 0};
    struct list after = {.count = 0};
    gaz_check(desk->ctx, record, entry, &issues);
    for (int i = 0; i < issues.count; i++)
        add(&desk->ctx->arena, &after,
            (struct gaz_editor_finding){.rule = issues.items[i].rule,
                                        .severity = issues.items[i].severity,
                                        .zh = issues.items[i].message,
                                        .en = issues.items[i].message_en});
    settle(desk, &before, &after);
    return GAZ_OK;
}

gaz_status gaz_findings_keep(struct gaz_desk *desk, gaz_id about)
{
    gaz_status status = GAZ_OK;
    for (int i = 0; status == GAZ_OK && i < desk->out->finding_count; i++) {
        const struct gaz_editor_finding *finding = &desk->out->findings[i];
        if (finding->is_old)
            continue;
        status = gaz_store_put_issue(
            desk->ctx, desk->editor->store, desk->record, about,
            &(struct gaz_issue){.rule = finding->rule,
                                .severity = finding->severity,
                                .message = finding->zh,
                                .message_en = finding->en});
    }
    return status;
}

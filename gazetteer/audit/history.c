/* SPDX-License-Identifier: Apache-2.0 */
/* history.c - codes and lives of divisions against each other. */
#include <string.h>

#include "gazetteer/audit/audit.h"

static const struct gaz_corpus_place *at(const struct gaz_audit *audit,
                                         int index)
{
    return &audit->corpus->places[index];
}

/* A child that is still there below a parent that is gone, or that was there
 * before its parent. Codes of history (村 of an abolished 镇) end with it. */
int gaz_audit_parent_lives(struct gaz_audit *audit, int index)
{
    const struct gaz_corpus_place *place = at(audit, index);
    if (place->parent < 0)
        return 0;
    const struct gaz_corpus_place *parent = at(audit, place->parent);
    if (gaz_corpus_is_live(&place->place) &&
        !gaz_corpus_is_live(&parent->place)) {
        struct gaz_finding *f = gaz_audit_add(
            audit, index, true,
            gaz_audit_printf(audit, "上级 %s 已废止", gaz_corpus_name(parent)),
            gaz_audit_printf(audit, "its parent %s is gone",
                             gaz_corpus_name(parent)));
        gaz_audit_against(audit, f, GAZ_SUBJECT_PLACE, place->parent);
    }
    return 1;
}

int gaz_audit_code_reused(struct gaz_audit *audit, int index)
{
    const struct gaz_corpus_place *place = at(audit, index);
    const char *code = place->place.code;
    const struct gaz_corpus_entry *first;
    int count = gaz_corpus_find_text(audit->corpus, GAZ_BY_CODE, code, &first);
    if (!code || !*code)
        return 0;
    for (int i = 0; i < count; i++) {
        int other = first[i].index;
        const struct gaz_place *with = &at(audit, other)->place;
        bool mine =
            other != index && (audit->is_single || with->id > place->place.id);
        if (!mine || strcmp(with->code, code) != 0)
            continue;
        struct gaz_finding *f = gaz_audit_add(
            audit, index, true,
            gaz_audit_printf(audit, "代码 %s 先后用于 %s 和 %s", code,
                             gaz_corpus_name(place),
                             gaz_corpus_name(at(audit, other))),
            gaz_audit_printf(audit, "code %s is that of %s and of %s", code,
                             gaz_corpus_name(place),
                             gaz_corpus_name(at(audit, other))));
        gaz_audit_against(audit, f, GAZ_SUBJECT_PLACE, other);
    }
    return 1;
}

static bool same_year(gaz_date a, gaz_date b)
{
    return a / 10000 == b / 10000;
}

/* Who was abolished or merged ended in that year; who was split off or set up
 * began in it. Editions date by the year. */
int gaz_audit_change_dates(struct gaz_audit *audit, int index)
{
    const struct gaz_change *change = &audit->corpus->changes[index];
    int from = gaz_corpus_find_id(audit->corpus, change->from);
    int to = gaz_corpus_find_id(audit->corpus, change->to);
    if (change->date == GAZ_DATE_OPEN)
        return 0;
    bool ends =
        change->kind == GAZ_CHANGE_ABOLISH || change->kind == GAZ_CHANGE_MERGE;
    bool begins = change->kind == GAZ_CHANGE_ESTABLISH;
    if (from >= 0 && ends) {
        gaz_date end = at(audit, from)->place.valid_to;
        if (end != GAZ_DATE_OPEN && !same_year(end, change->date))
            gaz_audit_add(
                audit, index, true,
                gaz_audit_printf(audit, "%d年变更，而 %s 止于%d年",
                                 change->date / 10000,
                                 gaz_corpus_name(at(audit, from)), end / 10000),
                gaz_audit_printf(
                    audit, "%d, but %s ended in %d", change->date / 10000,
                    gaz_corpus_name(at(audit, from)), end / 10000));
    }
    if (to >= 0 && begins) {
        gaz_date start = at(audit, to)->place.valid_from;
        if (start != GAZ_DATE_OPEN && !same_year(start, change->date))
            gaz_audit_add(
                audit, index, true,
                gaz_audit_printf(audit, "%d年设立，而 %s 始于%d年",
                                 change->date / 10000,
                                 gaz_corpus_name(at(audit, to)), start / 10000),
                gaz_audit_printf(
                    audit, "%d, but %s began in %d", change->date / 10000,
                    gaz_corpus_name(at(audit, to)), start / 10000));
    }
    return from >= 0 || to >= 0;
}

/* SPDX-License-Identifier: Apache-2.0 */
/* addresses.c - an address among the others; and the indicators. */
#include <stdio.h>
#include <string.h>

#include "gazetteer/audit/audit.h"
#include "gazetteer/base/text.h"

static const struct gaz_address *at(const struct gaz_audit *audit, int index)
{
    return &audit->corpus->addresses[index].address;
}

static bool is_live(const struct gaz_address *address)
{
    return address->status != GAZ_STATUS_HISTORICAL;
}

static bool is_mine(const struct gaz_audit *audit, int index, int other)
{
    return index != other &&
           (audit->is_single || at(audit, index)->id < at(audit, other)->id);
}

/* Metres between two addresses; -1: one has no position. */
static double apart_m(const struct gaz_address *a, const struct gaz_address *b)
{
    if (a->position.method == GAZ_METHOD_NONE ||
        b->position.method == GAZ_METHOD_NONE)
        return -1;
    return gaz_coord_distance_m(a->position.coord, b->position.coord);
}

/* The same text, and not two objects far apart (that is number_twice). */
int gaz_audit_address_twice(struct gaz_audit *audit, int index)
{
    const struct gaz_address *address = at(audit, index);
    const struct gaz_corpus_entry *first;
    double most = gaz_rule_number(audit->now->rule, "apart_m");
    if (!is_live(address))
        return 0;
    int count =
        gaz_corpus_find_text(audit->corpus, GAZ_BY_TEXT, address->text, &first);
    for (int i = 0; i < count; i++) {
        int other = first[i].index;
        if (!is_mine(audit, index, other) ||
            strcmp(at(audit, other)->text, address->text) != 0 ||
            apart_m(address, at(audit, other)) > most)
            continue;
        struct gaz_finding *f = gaz_audit_add(audit, index, true, "地址重复",
                                              "the same address twice");
        gaz_audit_against(audit, f, GAZ_SUBJECT_ADDRESS, other);
    }
    return 1;
}

int gaz_audit_address_alike(struct gaz_audit *audit, int index)
{
    const struct gaz_address *address = at(audit, index);
    const struct gaz_corpus_entry *first;
    double most = gaz_rule_number(audit->now->rule, "distance_m");
    if (!is_live(address))
        return 0;
    const char *alike = gaz_corpus_alike(&audit->scratch.arena, address->text);
    int count =
        gaz_corpus_find_text(audit->corpus, GAZ_BY_ALIKE, alike, &first);
    for (int i = 0; i < count; i++) {
        int other = first[i].index;
        const struct gaz_address *with = at(audit, other);
        if (!is_mine(audit, index, other) ||
            strcmp(with->text, address->text) == 0 ||
            apart_m(address, with) > most)
            continue;
        struct gaz_finding *f =
            gaz_audit_add(audit, index, true,
                          gaz_audit_printf(audit, "疑似重复：%s", with->text),
                          gaz_audit_printf(audit, "looks like %s", with->text));
        gaz_audit_against(audit, f, GAZ_SUBJECT_ADDRESS, other);
    }
    return 1;
}

int gaz_audit_one_address(struct gaz_audit *audit, int index)
{
    const struct gaz_place *place = &audit->corpus->places[index].place;
    const struct gaz_corpus_entry *first;
    int count = gaz_corpus_find(audit->corpus, GAZ_BY_SITE, place->id, &first);
    if (count == 0)
        return 0;
    if (count > 1) {
        struct gaz_finding *f = gaz_audit_add(
            audit, index, true,
            gaz_audit_printf(audit, "有%d个现行地址：%s、%s", count,
                             at(audit, first[0].index)->text,
                             at(audit, first[1].index)->text),
            gaz_audit_printf(audit, "%d live addresses: %s, %s", count,
                             at(audit, first[0].index)->text,
                             at(audit, first[1].index)->text));
        gaz_audit_against(audit, f, GAZ_SUBJECT_ADDRESS, first[1].index);
    }
    return 1;
}

/* The place that a place which is gone became, by the changes; -1: not told. */
static int became(const struct gaz_audit *audit, const struct gaz_place *gone)
{
    for (int i = 0; i < audit->corpus->change_count; i++) {
        const struct gaz_change *change = &audit->corpus->changes[i];
        if (change->from == gone->id && change->to)
            return gaz_corpus_find_id(audit->corpus, change->to);
    }
    return -1;
}

int gaz_audit_obsolete_parent(struct gaz_audit *audit, int index)
{
    const struct gaz_corpus *corpus = audit->corpus;
    int parent = corpus->addresses[index].parent;
    if (parent < 0 || !is_live(at(audit, index)))
        return 0;
    for (int depth = 0; parent >= 0 && depth < 4; depth++) {
        const struct gaz_corpus_place *place = &corpus->places[parent];
        if (!gaz_corpus_is_live(&place->place)) {
            struct gaz_finding *f =
                gaz_audit_add(audit, index, true,
                              gaz_audit_printf(audit, "使用已废止的地名：%s",
                                               gaz_corpus_name(place)),
                              gaz_audit_printf(audit, "a name that is gone: %s",
                                               gaz_corpus_name(place)));
            gaz_audit_against(audit, f, GAZ_SUBJECT_PLACE, parent);
            int next = became(audit, &place->place);
            if (next >= 0)
                f->fix = gaz_corpus_name(&corpus->places[next]);
            break;
        }
        parent = place->parent;
    }
    return 1;
}

/* ---- indicators: the clean share of what other rules judged ---- */

static bool names_rule(const char *list, const char *id)
{
    size_t len = strlen(id);
    for (const char *found = strstr(list, id); found;
         found = strstr(found + 1, id))
        if ((found == list || found[-1] == ' ') &&
            (found[len] == ' ' || found[len] == '\0'))
            return true;
    return false;
}

/* An indicator is not evaluated for the reason of the first of its rules. */
static void lacks_rules(struct gaz_audit *audit, const char *of)
{
    for (int i = 0; i < audit->result_count; i++) {
        const struct gaz_rule_result *result = &audit->results[i];
        if (!names_rule(of, result->rule->id) || !result->why)
            continue;
        gaz_audit_lacks(
            audit,
            gaz_audit_printf(audit, "%s %s", result->rule->id, result->why),
            gaz_audit_printf(audit, "%s: %s", result->rule->id,
                             result->why_en));
        return;
    }
    gaz_audit_lacks(audit, "所依据的规则没有可查的记录",
                    "the rules it rests on had no record");
}

int gaz_audit_indicator(struct gaz_audit *audit, int index)
{
    const struct gaz_rule *rule = audit->now->rule;
    const char *of = gaz_rule_word(rule, "of");
    int64_t tested = 0;
    int64_t found = 0;
    for (int i = 0; i < audit->result_count; i++) {
        const struct gaz_rule_result *result = &audit->results[i];
        if (!names_rule(of, result->rule->id))
            continue;
        tested += result->tested;
        found +=
            result->found < result->tested ? result->found : result->tested;
    }
    audit->now->target = gaz_rule_number(rule, "target");
    if (tested == 0) {
        lacks_rules(audit, of);
        return 0;
    }
    audit->now->value = 100.0 * (double)(tested - found) / (double)tested;
    if (audit->now->value < audit->now->target)
        gaz_audit_add(audit, index, true,
                      gaz_audit_printf(audit, "%s %.2f%%，低于目标 %.1f%%",
                                       rule->title, audit->now->value,
                                       audit->now->target),
                      gaz_audit_printf(audit, "%s: %.2f %%, below %.1f %%",
                                       rule->title_en, audit->now->value,
                                       audit->now->target));
    return (int)(tested < 1000000000 ? tested : 1000000000);
}

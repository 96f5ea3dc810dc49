/* SPDX-License-Identifier: Apache-2.0 */
/* names.c - a name among the others: unique, alike, gone, renamed. */
#include <stdlib.h>
#include <string.h>

#include "gazetteer/audit/audit.h"
#include "gazetteer/base/text.h"

static const struct gaz_corpus_place *at(const struct gaz_audit *audit,
                                         int index)
{
    return &audit->corpus->places[index];
}

static bool is_judged(const struct gaz_audit *audit, int index)
{
    return gaz_corpus_is_live(&at(audit, index)->place) &&
           at(audit, index)->place.name_count > 0;
}

/* The division within which a name must be alone; -2: all the world. */
static int scope_of(const struct gaz_corpus_place *place, const char *within)
{
    if (strcmp(within, "town") == 0)
        return place->town;
    if (strcmp(within, "county") == 0 || strcmp(within, "built_up") == 0)
        return place->county;
    if (strcmp(within, "province") == 0)
        return place->province;
    return -2;
}

struct clash {
    const struct gaz_corpus_place *place;
    int index;
    const char *within;
    bool is_sure;
    const char *zh;
    const char *en;
};

/* Are two places in one scope? Of built-up areas: in the same one; as long as
 * it is not known of both, in the same county. */
static bool shares_scope(const struct gaz_corpus_place *a,
                         const struct gaz_corpus_place *b, const char *within)
{
    int scope = scope_of(a, within);
    if (scope == -1 || scope != scope_of(b, within))
        return false;
    if (strcmp(within, "built_up") != 0 || !a->built_up || !b->built_up)
        return true;
    return a->built_up == b->built_up && a->built_up != GAZ_BUILT_UP_OUTSIDE;
}

/* What a finding must say about its scope. */
static bool is_by_county(const struct gaz_corpus_place *a,
                         const struct gaz_corpus_place *b, const char *within)
{
    return within && strcmp(within, "built_up") == 0 &&
           (!a->built_up || !b->built_up);
}

/* A pair is told once, by the one with the smaller id; a single record tells
 * all of its own. */
static bool is_mine(const struct gaz_audit *audit, int index, int other)
{
    return index != other &&
           (audit->is_single ||
            at(audit, index)->place.id < at(audit, other)->place.id);
}

static void tell(struct gaz_audit *audit, const struct clash *clash, int other)
{
    const struct gaz_corpus_place *with = at(audit, other);
    bool by_county = is_by_county(clash->place, with, clash->within);
    struct gaz_finding *f = gaz_audit_add(
        audit, clash->index, clash->is_sure,
        gaz_audit_printf(audit, "%s：%s 与 %s（%s）%s", clash->zh,
                         gaz_corpus_name(clash->place), gaz_corpus_name(with),
                         with->place.code ? with->place.code : "",
                         by_county ? "，建成区未录入，以县级区域代" : ""),
        gaz_audit_printf(audit, "%s: %s and %s (%s)%s", clash->en,
                         gaz_corpus_name(clash->place), gaz_corpus_name(with),
                         with->place.code ? with->place.code : "",
                         by_county ? "; the county stands for the built-up area"
                                   : ""));
    gaz_audit_against(audit, f, GAZ_SUBJECT_PLACE, other);
}

static bool is_in_scope(const struct gaz_audit *audit,
                        const struct clash *clash, int other)
{
    const struct gaz_corpus_place *with = at(audit, other);
    return shares_scope(clash->place, with, clash->within) &&
           gaz_rule_takes(audit->now->rule, with->place.category) &&
           is_mine(audit, clash->index, other);
}

int gaz_audit_unique_name(struct gaz_audit *audit, int index)
{
    const struct gaz_corpus *corpus = audit->corpus;
    const struct gaz_rule *rule = audit->now->rule;
    bool by_specific = strcmp(gaz_rule_word(rule, "compare"), "specific") == 0;
    struct clash clash = {.place = at(audit, index),
                          .index = index,
                          .within = gaz_rule_word(rule, "within"),
                          .is_sure = true,
                          .zh = "重名",
                          .en = "the same name"};
    if (!is_judged(audit, index) || scope_of(clash.place, clash.within) == -1 ||
        (strcmp(clash.within, "built_up") == 0 &&
         clash.place->built_up == GAZ_BUILT_UP_OUTSIDE))
        return 0;
    const char *name = gaz_corpus_name(clash.place);
    const char *core = by_specific ? clash.place->specific : name;
    const struct gaz_corpus_entry *first;
    int count = gaz_corpus_find_text(corpus, GAZ_BY_NAME, name, &first);
    for (int i = 0; i < count; i++)
        if (is_in_scope(audit, &clash, first[i].index) &&
            strcmp(gaz_corpus_name(at(audit, first[i].index)), name) == 0)
            tell(audit, &clash, first[i].index);
    clash.is_sure = false;
    clash.zh = "专名相同";
    clash.en = "the same specific part";
    count = by_specific
                ? gaz_corpus_find_text(corpus, GAZ_BY_SPECIFIC, core, &first)
                : 0;
    for (int i = 0; i < count; i++)
        if (is_in_scope(audit, &clash, first[i].index) &&
            strcmp(gaz_corpus_name(at(audit, first[i].index)), name) != 0 &&
            strcmp(at(audit, first[i].index)->specific, core) == 0)
            tell(audit, &clash, first[i].index);
    clash.zh = "同音";
    clash.en = "the same sound";
    const char *sound =
        by_specific ? clash.place->specific_sound : clash.place->sound;
    count = gaz_corpus_find_text(
        corpus, by_specific ? GAZ_BY_SPECIFIC_SOUND : GAZ_BY_SOUND, sound,
        &first);
    for (int i = 0; i < count; i++) {
        const struct gaz_corpus_place *with = at(audit, first[i].index);
        const char *other =
            by_specific ? with->specific : gaz_corpus_name(with);
        if (strcmp(other, core) != 0 &&
            is_in_scope(audit, &clash, first[i].index))
            tell(audit, &clash, first[i].index);
    }
    return 1;
}

/* 山塘村 in 广陈镇 and 山塘村 in 廊下镇: told from the home side. */
int gaz_audit_same_across(struct gaz_audit *audit, int index)
{
    const struct gaz_rule *rule = audit->now->rule;
    const struct gaz_corpus_place *place = at(audit, index);
    const char *home = gaz_rule_word(rule, "home");
    const char *beside = gaz_rule_word(rule, "beside");
    bool by_sound = strcmp(gaz_rule_word(rule, "by"), "sound") == 0;
    if (!is_judged(audit, index) || !place->place.code ||
        strncmp(place->place.code, home, strlen(home)) != 0)
        return 0;
    struct clash clash = {.place = place,
                          .index = index,
                          .zh = by_sound ? "界线两侧同音" : "界线两侧同名",
                          .en = by_sound ? "sounds alike across the line"
                                         : "the same name across the line"};
    const struct gaz_corpus_entry *first;
    int count = gaz_corpus_find_text(
        audit->corpus, by_sound ? GAZ_BY_SPECIFIC_SOUND : GAZ_BY_SPECIFIC,
        by_sound ? place->specific_sound : place->specific, &first);
    for (int i = 0; i < count; i++) {
        const struct gaz_corpus_place *with = at(audit, first[i].index);
        bool same = strcmp(with->specific, place->specific) == 0;
        if (with->place.code && same != by_sound &&
            gaz_rule_takes(rule, with->place.category) &&
            strncmp(with->place.code, beside, strlen(beside)) == 0)
            tell(audit, &clash, first[i].index);
    }
    return 1;
}

/* 3304 is 330400 in a list of six digits. */
static bool is_own_line(const char *line, const char *code)
{
    size_t len = strlen(code);
    return strncmp(line, code, len) == 0 && strspn(line + len, "0") > 0
               ? line[len + strspn(line + len, "0")] == ' '
               : strncmp(line, code, len) == 0 && line[len] == ' ';
}

int gaz_audit_listed_elsewhere(struct gaz_audit *audit, int index)
{
    const struct gaz_rule *rule = audit->now->rule;
    const struct gaz_rule_list *list = gaz_rule_list(rule, "list");
    const struct gaz_corpus_place *place = at(audit, index);
    const char *code = place->place.code;
    const char *wanted = gaz_rule_word(rule, "same_province"); /* yes no any */
    bool is_any = strcmp(wanted, "any") == 0;
    bool wants_same = strcmp(wanted, "yes") == 0;
    if (!is_judged(audit, index) || list->count == 0 || !code || !*code)
        return 0;
    for (int i = 0; i < list->count; i++) {
        const char *line = list->words[i];
        const char *name = strchr(line, ' ');
        if (!name || strcmp(name + 1, gaz_corpus_name(place)) != 0 ||
            (!is_any && (strncmp(line, code, 2) == 0) != wants_same) ||
            (is_any && is_own_line(line, code)))
            continue;
        struct gaz_finding *f = gaz_audit_add(
            audit, index, true,
            gaz_audit_printf(audit, "%s：%s（%s）", rule->title, name + 1,
                             line),
            gaz_audit_printf(audit, "%s: %s", rule->title_en, line));
        f->other_name = name + 1;
        f->other_code =
            gaz_audit_printf(audit, "%.*s", (int)(name - line), line);
    }
    return 1;
}

/* ---- the names of one place ---- */

static bool spans_meet(const struct gaz_name *a, const struct gaz_name *b)
{
    return (a->valid_to == GAZ_DATE_OPEN || b->valid_from == GAZ_DATE_OPEN ||
            b->valid_from < a->valid_to) &&
           (b->valid_to == GAZ_DATE_OPEN || a->valid_from == GAZ_DATE_OPEN ||
            a->valid_from < b->valid_to);
}

int gaz_audit_one_standard(struct gaz_audit *audit, int index)
{
    const struct gaz_place *place = &at(audit, index)->place;
    int live = 0;
    if (!is_judged(audit, index))
        return 0;
    for (int i = 0; i < place->name_count; i++)
        if (place->names[i].kind == GAZ_NAME_STANDARD &&
            place->names[i].valid_to == GAZ_DATE_OPEN && ++live == 2)
            gaz_audit_add(
                audit, index, true,
                gaz_audit_printf(audit, "有两个现行标准名称：%s、%s",
                                 place->names[0].text, place->names[i].text),
                gaz_audit_printf(audit, "two standard names: %s, %s",
                                 place->names[0].text, place->names[i].text));
    return 1;
}

int gaz_audit_name_overlap(struct gaz_audit *audit, int index)
{
    const struct gaz_place *place = &at(audit, index)->place;
    for (int i = 0; i < place->name_count; i++)
        for (int k = i + 1; k < place->name_count; k++) {
            const struct gaz_name *a = &place->names[i];
            const struct gaz_name *b = &place->names[k];
            bool one_ends =
                a->valid_to != GAZ_DATE_OPEN || b->valid_to != GAZ_DATE_OPEN;
            if (a->kind == GAZ_NAME_STANDARD && b->kind == GAZ_NAME_STANDARD &&
                one_ends && spans_meet(a, b))
                gaz_audit_add(
                    audit, index, true,
                    gaz_audit_printf(audit, "标准名称有效期重叠：%s、%s",
                                     a->text, b->text),
                    gaz_audit_printf(audit, "valid at one time: %s, %s",
                                     a->text, b->text));
        }
    return place->name_count > 1;
}

/* Months since year 0, an unknown month as January. */
static int months(gaz_date date)
{
    int month = date / 100 % 100;
    return date / 10000 * 12 + (month ? month - 1 : 0);
}

/* The next name that begins after `name` has ended; NULL: none. */
static const struct gaz_name *successor(const struct gaz_place *place,
                                        const struct gaz_name *name)
{
    const struct gaz_name *best = NULL;
    for (int i = 0; i < place->name_count; i++) {
        const struct gaz_name *b = &place->names[i];
        bool leads = b->kind == GAZ_NAME_STANDARD || b->kind == GAZ_NAME_FORMER;
        if (b == name || !leads)
            continue;
        if (b->valid_from == GAZ_DATE_OPEN || b->valid_from <= name->valid_to) {
            if (b->valid_to == GAZ_DATE_OPEN || b->valid_to > name->valid_to)
                return b; /* goes on without a gap */
            continue;
        }
        if (!best || b->valid_from < best->valid_from)
            best = b;
    }
    return best;
}

int gaz_audit_name_gap(struct gaz_audit *audit, int index)
{
    const struct gaz_place *place = &at(audit, index)->place;
    double most = gaz_rule_number(audit->now->rule, "months");
    int tested = 0;
    for (int i = 0; i < place->name_count; i++) {
        const struct gaz_name *name = &place->names[i];
        if ((name->kind != GAZ_NAME_STANDARD &&
             name->kind != GAZ_NAME_FORMER) ||
            name->valid_to == GAZ_DATE_OPEN)
            continue;
        tested = 1;
        const struct gaz_name *next = successor(place, name);
        if (next && next->valid_from > name->valid_to &&
            months(next->valid_from) - months(name->valid_to) > most)
            gaz_audit_add(audit, index, true,
                          gaz_audit_printf(audit, "%s 与 %s 之间名称有空缺",
                                           name->text, next->text),
                          gaz_audit_printf(audit, "no name between %s and %s",
                                           name->text, next->text));
    }
    return tested;
}

static int by_date(const void *a, const void *b)
{
    gaz_date x = *(const gaz_date *)a;
    gaz_date y = *(const gaz_date *)b;
    return (x > y) - (x < y);
}

int gaz_audit_renamed_again(struct gaz_audit *audit, int index)
{
    const struct gaz_place *place = &at(audit, index)->place;
    double years = gaz_rule_number(audit->now->rule, "years");
    gaz_date days[GAZ_NAMES_MAX];
    int count = 0;
    if (!is_judged(audit, index))
        return 0;
    for (int i = 0; i < place->name_count && count < GAZ_NAMES_MAX; i++) {
        const struct gaz_name *name = &place->names[i];
        if (name->valid_from != GAZ_DATE_OPEN &&
            (name->kind == GAZ_NAME_STANDARD || name->kind == GAZ_NAME_FORMER))
            days[count++] = name->valid_from;
    }
    qsort(days, (size_t)count, sizeof(days[0]), by_date);
    for (int i = 0; i + 1 < count; i++)
        if (days[i] != days[i + 1] &&
            months(days[i + 1]) - months(days[i]) < years * 12) {
            gaz_audit_add(
                audit, index, true,
                gaz_audit_printf(audit, "%d年与%d年两次更名", days[i] / 10000,
                                 days[i + 1] / 10000),
                gaz_audit_printf(audit, "renamed in %d and in %d",
                                 days[i] / 10000, days[i + 1] / 10000));
            break;
        }
    return 1;
}

/* The name of a place of the same class in the county that is gone. */
int gaz_audit_revived_name(struct gaz_audit *audit, int index)
{
    const struct gaz_corpus_place *place = at(audit, index);
    const struct gaz_corpus_entry *first;
    if (!is_judged(audit, index) || place->county < 0)
        return 0;
    const struct clash clash = {.place = place,
                                .index = index,
                                .is_sure = true,
                                .zh = "与已废止的同类地名同名",
                                .en = "the name of a place that is gone"};
    int count = gaz_corpus_find_text(audit->corpus, GAZ_BY_GONE,
                                     gaz_corpus_name(place), &first);
    for (int i = 0; i < count; i++) {
        const struct gaz_corpus_place *gone = at(audit, first[i].index);
        if (gone->county == place->county &&
            gone->place.category == place->place.category &&
            strcmp(gaz_corpus_name(gone), gaz_corpus_name(place)) == 0)
            tell(audit, &clash, first[i].index);
    }
    return 1;
}

/* Does the name begin with the full name of a township of its county in which
 * it does not lie? (新仓镇… in 广陈镇) */
int gaz_audit_embedded_name(struct gaz_audit *audit, int index)
{
    const struct gaz_corpus_place *place = at(audit, index);
    const char *name = gaz_corpus_name(place);
    if (!is_judged(audit, index) || place->town < 0)
        return 0;
    size_t len = strlen(name);
    for (size_t end = 1; end <= len; end++) {
        if (((unsigned char)name[end] & 0xC0) == 0x80)
            continue;
        const char *head = gaz_arena_strndup(&audit->scratch.arena, name, end);
        const struct gaz_corpus_entry *first;
        int count =
            gaz_corpus_find_text(audit->corpus, GAZ_BY_NAME, head, &first);
        for (int i = 0; i < count; i++) {
            const struct gaz_corpus_place *town = at(audit, first[i].index);
            if (town->place.level != GAZ_LEVEL_TOWN ||
                town->county != place->county || first[i].index == place->town)
                continue;
            const struct clash clash = {
                .place = place,
                .index = index,
                .is_sure = true,
                .zh = "名称含政区名而不在该政区内",
                .en = "named after a township in which it does not lie"};
            tell(audit, &clash, first[i].index);
        }
    }
    return 1;
}

/* SPDX-License-Identifier: Apache-2.0 */
/* business.c - what business records say, against the other records. */
#include <stdlib.h>
#include <string.h>

#include "gazetteer/audit/audit.h"
#include "gazetteer/base/text.h"
#include "gazetteer/quality/note.h"

enum { TOWN_DIGITS = 9, DEPTH_MAX = 8 };

static const struct gaz_corpus_place *at(const struct gaz_audit *audit,
                                         int index)
{
    return &audit->corpus->places[index];
}

static gaz_id id_of(const struct gaz_audit *audit, int index)
{
    return audit->kind == GAZ_SUBJECT_ADDRESS
               ? audit->corpus->addresses[index].address.id
               : at(audit, index)->place.id;
}

const char *gaz_audit_attribute(const struct gaz_audit *audit, int index,
                                gaz_attribute_kind kind)
{
    gaz_id id = id_of(audit, index);
    return id ? gaz_corpus_attribute_of(audit->corpus, id, kind)
              : gaz_attribute_get(audit->proposed, audit->proposed_count, kind);
}

void gaz_audit_fill_attributes(struct gaz_audit *audit, int index,
                               struct gaz_entry *entry)
{
    const struct gaz_corpus_attribute *first = NULL;
    gaz_id id = id_of(audit, index);
    if (id == 0) {
        entry->attributes = audit->proposed;
        entry->attribute_count = audit->proposed_count;
        return;
    }
    if (audit->corpus->attribute_count == 0)
        return;
    int count = gaz_corpus_attributes(audit->corpus, id, &first);
    struct gaz_attribute *items = gaz_arena_array(
        &audit->scratch.arena, (size_t)count + 1, sizeof(*items));
    for (int i = 0; i < count; i++)
        items[i] = first[i].attribute;
    entry->attributes = items;
    entry->attribute_count = count;
}

/* ---- codes: C20P, C04P ---- */

/* A live or former division of that code; -1: none. */
static int division_of(const struct gaz_audit *audit, const char *code)
{
    const struct gaz_corpus_entry *first;
    int count = gaz_corpus_find_text(audit->corpus, GAZ_BY_CODE, code, &first);
    for (int i = 0; i < count; i++)
        if (strcmp(at(audit, first[i].index)->place.code, code) == 0)
            return first[i].index;
    return -1;
}

/* Is `place` the division or below it? */
static bool lies_in(const struct gaz_audit *audit, int place, int division)
{
    for (int depth = 0; place >= 0 && depth < DEPTH_MAX; depth++) {
        if (place == division)
            return true;
        place = at(audit, place)->parent;
    }
    return false;
}

/* The first nine digits are the township; xxxxxx000 a county's own. */
int gaz_audit_toponym_place(struct gaz_audit *audit, int index)
{
    const char *code =
        gaz_audit_attribute(audit, index, GAZ_ATTRIBUTE_TOPONYM_CODE);
    if (!code || strlen(code) < TOWN_DIGITS)
        return 0;
    size_t digits = strncmp(code + 6, "000", 3) == 0 ? 6 : TOWN_DIGITS;
    const char *upper = gaz_arena_strndup(&audit->scratch.arena, code, digits);
    int division = division_of(audit, upper);
    /* a township of a county that is known may be one of its past */
    bool is_sure = division_of(audit, gaz_arena_strndup(&audit->scratch.arena,
                                                        code, 6)) < 0;
    if (division < 0)
        gaz_audit_add(
            audit, index, is_sure,
            gaz_audit_printf(audit, "地名代码的区划 %s 不在库中", upper),
            gaz_audit_printf(audit, "the code's division %s is not known",
                             upper));
    else if (!lies_in(audit, index, division)) {
        struct gaz_finding *f = gaz_audit_add(
            audit, index, false,
            gaz_audit_printf(audit, "地名代码属%s，所在却不在其内",
                             gaz_corpus_name(at(audit, division))),
            gaz_audit_printf(audit, "coded in %s and not lying in it",
                             gaz_corpus_name(at(audit, division))));
        gaz_audit_against(audit, f, GAZ_SUBJECT_PLACE, division);
    }
    return 1;
}

/* 区2 and 镇3 of the code are the last five digits of the township's. */
int gaz_audit_address_code_place(struct gaz_audit *audit, int index)
{
    const char *code =
        gaz_audit_attribute(audit, index, GAZ_ATTRIBUTE_ADDRESS_CODE);
    int parent = audit->corpus->addresses[index].parent;
    int town = parent < 0 ? -1 : at(audit, parent)->town;
    const char *division = town < 0 ? NULL : at(audit, town)->place.code;
    if (!code || strlen(code) < 5 || !division ||
        strlen(division) != TOWN_DIGITS)
        return 0;
    if (strncmp(code, division + 4, 5) != 0) {
        struct gaz_finding *f = gaz_audit_add(
            audit, index, true,
            gaz_audit_printf(audit, "地址编码 %s 的区、镇段不是%s的（%s）",
                             code, gaz_corpus_name(at(audit, town)),
                             division + 4),
            gaz_audit_printf(audit, "code %s is not of %s (%s)", code,
                             gaz_corpus_name(at(audit, town)), division + 4));
        gaz_audit_against(audit, f, GAZ_SUBJECT_PLACE, town);
    }
    return 1;
}

/* ---- N18: a facility is called after its place ---- */

/* Does a facility's name begin with what this place is called? 乍浦大桥 after
 * 乍浦镇, 山塘河桥 after 山塘河. */
static bool is_after(const char *name, const struct gaz_corpus_place *place)
{
    for (int i = 0; i < place->place.name_count; i++) {
        const struct gaz_name *given = &place->place.names[i];
        if (given->kind != GAZ_NAME_VARIANT &&
            gaz_text_starts_with(name, given->text))
            return true;
    }
    const size_t len = strlen(place->specific);
    return gaz_text_count(place->specific, len) >= 2 &&
           gaz_text_starts_with(name, place->specific);
}

/* Is another place near enough to lend its name: one it lies in, a neighbour
 * in its township, or one within the radius? */
static bool is_near(const struct gaz_audit *audit, int index, int other,
                    double radius_m)
{
    const struct gaz_corpus_place *place = at(audit, index);
    const struct gaz_corpus_place *with = at(audit, other);
    const struct gaz_position *a = gaz_audit_position(audit, index);
    const struct gaz_position *b = gaz_audit_position(audit, other);
    if (lies_in(audit, index, other) ||
        (place->town >= 0 && place->town == with->town))
        return true;
    return a && b &&
           gaz_coord_distance_m(a->coord, b->coord) <=
               radius_m + a->accuracy_m + b->accuracy_m;
}

int gaz_audit_local_name(struct gaz_audit *audit, int index)
{
    const struct gaz_corpus_place *place = at(audit, index);
    const char *name = gaz_corpus_name(place);
    double radius_m = gaz_rule_number(audit->now->rule, "radius_m");
    if (!*name || !gaz_corpus_is_live(&place->place))
        return 0;
    if (place->parent < 0 && !gaz_audit_position(audit, index))
        return 0;
    for (int i = 0; i < audit->corpus->place_count; i++) {
        const struct gaz_corpus_place *with = at(audit, i);
        if (i != index && gaz_corpus_is_live(&with->place) &&
            !gaz_rule_takes(audit->now->rule, with->place.category) &&
            is_after(name, with) && is_near(audit, index, i, radius_m))
            return 1;
    }
    gaz_audit_add(audit, index, true,
                  "名称不取自当地地名（所在政区、邻近村镇、道路、河流）",
                  "not called after a division, village, road or river near");
    return 1;
}

/* ---- N24G: a derived name outlives its base ---- */

int gaz_audit_derived_gone(struct gaz_audit *audit, int index)
{
    const char *base =
        gaz_audit_attribute(audit, index, GAZ_ATTRIBUTE_DERIVED_FROM);
    const struct gaz_corpus_entry *first;
    if (!base || !gaz_corpus_is_live(&at(audit, index)->place))
        return 0;
    if (gaz_corpus_find_text(audit->corpus, GAZ_BY_NAME, base, &first) > 0)
        return 1;
    int count = gaz_corpus_find_text(audit->corpus, GAZ_BY_GONE, base, &first);
    if (count == 0)
        return 0; /* a base that is not in the database says nothing */
    struct gaz_finding *f = gaz_audit_add(
        audit, index, true, gaz_audit_printf(audit, "主地名%s已废止", base),
        gaz_audit_printf(audit, "its base %s is gone", base));
    gaz_audit_against(audit, f, GAZ_SUBJECT_PLACE, first[0].index);
    return 1;
}

/* ---- E15: deeds and licences write another address ---- */

/* What stands behind the name of the road, village or estate. */
static const char *behind_parent(const char *text, const char *parent)
{
    const char *found = NULL;
    const size_t len = strlen(parent);
    for (const char *at = strstr(text, parent); len > 0 && at;
         at = strstr(at + len, parent))
        found = at + len;
    return found;
}

static bool says_the_same(struct gaz_arena *arena, const char *text,
                          const char *deed, const char *parent)
{
    const char *a = gaz_corpus_alike(arena, text);
    const char *b = gaz_corpus_alike(arena, deed);
    if (gaz_text_ends_with(a, b) || gaz_text_ends_with(b, a))
        return true;
    const char *name = gaz_corpus_alike(arena, parent);
    const char *rest_a = behind_parent(a, name);
    const char *rest_b = behind_parent(b, name);
    return rest_a && rest_b && strcmp(rest_a, rest_b) == 0;
}

int gaz_audit_deed_address(struct gaz_audit *audit, int index)
{
    const struct gaz_corpus_address *address = &audit->corpus->addresses[index];
    const char *deeds =
        gaz_audit_attribute(audit, index, GAZ_ATTRIBUTE_DEED_ADDRESS);
    struct gaz_arena *arena = &audit->scratch.arena;
    const char *parent =
        address->parent < 0 ? "" : gaz_corpus_name(at(audit, address->parent));
    if (!deeds)
        return 0;
    for (const char *p = deeds; *p;) {
        const size_t len = strcspn(p, ";");
        const char *deed = gaz_arena_strndup(arena, p, len);
        if (len > 0 &&
            !says_the_same(arena, address->address.text, deed, parent))
            gaz_audit_add(
                audit, index, true,
                gaz_audit_printf(audit, "证照上的地址不同：%s", deed),
                gaz_audit_printf(audit, "a deed or licence says %s", deed));
        p += len + (p[len] ? 1 : 0);
    }
    return 1;
}

/* ---- T01 to T03: within so many days ---- */

/* Days since 1970-01-01 (Howard Hinnant, days_from_civil). */
static int day_number(gaz_date date)
{
    int y = date / 10000;
    const int m = date / 100 % 100;
    const int d = date % 100;
    y -= m <= 2;
    const int era = y / 400;
    const int of_era = y - era * 400;
    const int of_year = (153 * (m + (m > 2 ? -3 : 9)) + 2) / 5 + d - 1;
    return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year -
           719468;
}

static gaz_date next_day(gaz_date date)
{
    static const int DAYS[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    const int y = date / 10000;
    const int m = date / 100 % 100;
    const bool is_leap = (y % 4 == 0 && y % 100 != 0) || y % 400 == 0;
    const int last = DAYS[m - 1] + (m == 2 && is_leap ? 1 : 0);
    if (date % 100 < last)
        return date + 1;
    return m < 12 ? y * 10000 + (m + 1) * 100 + 1 : (y + 1) * 10000 + 101;
}

/* A working day: not Saturday or Sunday, not "2026-10-01" of the list; or
 * "+2026-09-27" of it, a Sunday that is worked. */
static bool is_worked(const struct gaz_rule_list *holidays, gaz_date date)
{
    char text[GAZ_DATE_MAX_BYTES];
    (void)gaz_date_write(date, text);
    for (int i = 0; i < holidays->count; i++) {
        const char *line = holidays->words[i];
        if (line[0] == '+' && strcmp(line + 1, text) == 0)
            return true;
        if (strcmp(line, text) == 0)
            return false;
    }
    const int weekday = (day_number(date) + 4) % 7; /* 0 is Sunday */
    return weekday != 0 && weekday != 6;
}

static int days_between(const struct gaz_rule *rule, gaz_date from, gaz_date to)
{
    if (strcmp(gaz_rule_word(rule, "count"), "calendar") == 0)
        return day_number(to) - day_number(from);
    const struct gaz_rule_list *holidays = gaz_rule_list(rule, "holidays");
    enum { ENOUGH = 400 }; /* later than any term */
    int worked = 0;
    for (gaz_date day = from; day < to && worked < ENOUGH;) {
        day = next_day(day);
        worked += is_worked(holidays, day) ? 1 : 0;
    }
    return worked;
}

/* A whole day of an attribute; 0: not given, or known to the month only. */
static gaz_date day_of(const struct gaz_audit *audit, int index,
                       const char *name)
{
    gaz_attribute_kind kind;
    gaz_date date = GAZ_DATE_OPEN;
    if (!gaz_attribute_find(name, &kind))
        return GAZ_DATE_OPEN;
    const char *text = gaz_audit_attribute(audit, index, kind);
    if (!text || !gaz_date_parse(text, &date) || date % 100 == 0)
        return GAZ_DATE_OPEN;
    return date;
}

/* What is not done yet is late once the term is over. */
int gaz_audit_within_days(struct gaz_audit *audit, int index)
{
    const struct gaz_rule *rule = audit->now->rule;
    const int most = (int)gaz_rule_number(rule, "days");
    const gaz_date from = day_of(audit, index, gaz_rule_word(rule, "from"));
    gaz_date to = day_of(audit, index, gaz_rule_word(rule, "to"));
    if (from == GAZ_DATE_OPEN)
        return 0;
    const bool is_done = to != GAZ_DATE_OPEN;
    if (!is_done)
        to = audit->options.at;
    const int days = days_between(rule, from, to);
    if (!is_done && days <= most)
        return 0;
    if (days > most)
        gaz_audit_add(
            audit, index, true,
            is_done ? gaz_audit_printf(audit, "用了%d日，期限%d日", days, most)
                    : gaz_audit_printf(audit, "期限%d日已过，尚未办理", most),
            is_done
                ? gaz_audit_printf(audit, "took %d days, %d allowed", days,
                                   most)
                : gaz_audit_printf(audit, "%d days are over, not done", most));
    return 1;
}

/* ---- V02: the code in other departments' extracts ---- */

int gaz_audit_shared_code(struct gaz_audit *audit, int index)
{
    const struct gaz_corpus_attribute *items;
    int count =
        gaz_corpus_attributes(audit->corpus, id_of(audit, index), &items);
    const struct gaz_corpus_attribute *first = NULL;
    int sources = 0;
    for (int i = 0; i < count; i++) {
        if (items[i].attribute.kind != GAZ_ATTRIBUTE_ADDRESS_CODE)
            continue;
        sources++;
        if (!first) {
            first = &items[i];
            continue;
        }
        if (strcmp(first->attribute.value, items[i].attribute.value) != 0)
            gaz_audit_add(
                audit, index, true,
                gaz_audit_printf(audit, "各部门的地址编码不同：%s、%s",
                                 first->attribute.value,
                                 items[i].attribute.value),
                gaz_audit_printf(audit, "two sources have two codes: %s, %s",
                                 first->attribute.value,
                                 items[i].attribute.value));
    }
    if (sources < 2) {
        gaz_audit_lacks(audit,
                        "没有两个来源的地址编码：按 doorplate "
                        "方案导入公安、不动产、市监的门牌表",
                        "no address has codes of two sources: import the other "
                        "departments' tables by the profile doorplate");
        return 0;
    }
    return 1;
}

/* SPDX-License-Identifier: Apache-2.0 */
/* survey_register.c - B12, B15, B16: what a register says beside positions. */
#include <stdlib.h>
#include <string.h>

#include "gazetteer/base/text.h"
#include "gazetteer/boundary/marker.h"
#include "gazetteer/boundary/survey_work.h"

static void note(struct gaz_survey_work *w, gaz_survey_kind kind,
                 gaz_severity severity, const struct gaz_survey_marker *marker,
                 const char *zh, const char *en)
{
    struct gaz_survey_finding *finding =
        gaz_survey_note(w, kind, severity, marker);
    finding->zh =
        gaz_arena_printf(&w->ctx->arena, "界桩%s%s", marker->code, zh);
    finding->en =
        gaz_arena_printf(&w->ctx->arena, "marker %s %s", marker->code, en);
}

/* ---- B15 ---- */

struct entry {
    const struct gaz_survey_marker *marker;
    struct gaz_marker_code code;
};

static int by_code(const void *a, const void *b)
{
    const struct entry *one = a;
    const struct entry *other = b;
    return strcmp(one->marker->code, other->marker->code);
}

static bool has_type(const struct entry *entries, size_t count, size_t i,
                     char type)
{
    const int serial = entries[i].code.serial;
    size_t first = i;
    while (first > 0 && entries[first - 1].code.serial == serial)
        first--;
    for (; first < count && entries[first].code.serial == serial; first++)
        if (entries[first].code.type == type)
            return true;
    return false;
}

static void check_set(struct gaz_survey_work *w, const struct entry *entries,
                      size_t count, size_t i)
{
    static const char *const SETS[] = {"Q", "AB", "CDE"};
    for (const char *type = SETS[entries[i].code.kind]; *type; type++)
        if (!has_type(entries, count, i, *type)) {
            note(w, GAZ_SURVEY_CODE, GAZ_SEVERITY_ERROR, entries[i].marker,
                 "所在的双立或三立界桩不成套",
                 "belongs to a pair or triple that is not complete");
            return;
        }
}

static void check_codes(struct gaz_survey_work *w)
{
    const struct gaz_survey *survey = w->survey;
    struct entry *entries =
        gaz_arena_array(&w->ctx->arena, survey->marker_count, sizeof(*entries));
    size_t count = 0;
    for (size_t i = 0; i < survey->marker_count; i++) {
        const struct gaz_survey_marker *marker = &survey->markers[i];
        struct gaz_ctx try = {0};
        if (gaz_marker_parse(&try, marker->code, &entries[count].code) ==
            GAZ_OK)
            entries[count++].marker = marker;
        else
            note(w, GAZ_SURVEY_CODE, GAZ_SEVERITY_ERROR, marker,
                 "编号不合规则（线代码4位+序号3位+类型码）",
                 gaz_arena_strdup(&w->ctx->arena, gaz_ctx_failure(&try)));
        gaz_ctx_close(&try);
    }
    if (count > 1)
        qsort(entries, count, sizeof(*entries), by_code);
    for (size_t i = 0; i < count; i++) {
        if (i > 0 && by_code(&entries[i - 1], &entries[i]) == 0)
            note(w, GAZ_SURVEY_CODE, GAZ_SEVERITY_ERROR, entries[i].marker,
                 "编号重复", "comes twice");
        check_set(w, entries, count, i);
    }
}

/* ---- B12 ---- */

/* "2021-03-05" as 20210305; 0 when it is no such text. */
static int64_t day_number(const char *day)
{
    int64_t value;
    char digits[9];
    if (!day || strlen(day) != 10 || day[4] != '-' || day[7] != '-')
        return 0;
    (void)memcpy(digits, day, 4);
    (void)memcpy(digits + 4, day + 5, 2);
    (void)memcpy(digits + 6, day + 8, 3);
    return gaz_text_parse_int(digits, &value) && value > 0 ? value : 0;
}

static void check_inspection(struct gaz_survey_work *w,
                             const struct gaz_survey_marker *marker)
{
    enum { A_YEAR = 10000 };
    const int64_t today = day_number(w->options->today);
    const int64_t last = day_number(marker->inspected_on);
    if (today == 0 || !marker->inspected_on)
        return;
    if (last == 0)
        note(w, GAZ_SURVEY_INSPECTION, GAZ_SEVERITY_WARNING, marker,
             "没有联合检查日期", "has no day of an inspection");
    else if (today - last > (int64_t)w->options->inspection_years * A_YEAR)
        note(w, GAZ_SURVEY_INSPECTION, GAZ_SEVERITY_WARNING, marker,
             gaz_arena_printf(&w->ctx->arena, "上次检查%s, 已超过%d年",
                              marker->inspected_on,
                              w->options->inspection_years),
             gaz_arena_printf(
                 &w->ctx->arena, "was inspected on %s, over %d years ago",
                 marker->inspected_on, w->options->inspection_years));
}

static void check_condition(struct gaz_survey_work *w,
                            const struct gaz_survey_marker *marker)
{
    const char *condition = marker->condition;
    if (!condition || !*condition || strcmp(condition, "完好") == 0)
        return;
    const bool is_lost =
        strcmp(condition, "丢失") == 0 || strcmp(condition, "移位") == 0;
    note(w, GAZ_SURVEY_CONDITION,
         is_lost ? GAZ_SEVERITY_ERROR : GAZ_SEVERITY_WARNING, marker,
         gaz_arena_printf(&w->ctx->arena, "状况: %s", condition),
         gaz_arena_printf(&w->ctx->arena, "is registered as '%s'", condition));
}

gaz_status gaz_survey_register(struct gaz_survey_work *w)
{
    check_codes(w);
    for (size_t i = 0; i < w->survey->marker_count; i++) {
        const struct gaz_survey_marker *marker = &w->survey->markers[i];
        check_inspection(w, marker);
        check_condition(w, marker);
        if (w->survey->has_managers && !(marker->manager && *marker->manager))
            note(w, GAZ_SURVEY_MANAGER, GAZ_SEVERITY_ERROR, marker,
                 "没有管理方", "has no managing side");
    }
    return GAZ_OK;
}

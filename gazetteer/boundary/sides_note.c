/* SPDX-License-Identifier: Apache-2.0 */
/* sides_note.c - what each kind of finding is called, where its rule stands and
 * what to do about it. */
#include <math.h>
#include <stdlib.h>

#include "gazetteer/boundary/room.h"
#include "gazetteer/boundary/sides_work.h"

#define LAW "《行政区域界线管理条例》（2002年国务院令第353号）"
#define STANDARD "GB/T 17796-2009"

static const struct {
    const char *name;
    const char *rule;
    const char *clause;
    const char *advice;
    const char *advice_en;
} KINDS[] = {
    [GAZ_SIDES_OVERLAP] = {"overlap", "B10",
                           LAW "第十二条、第十四条; " STANDARD,
                           "双方对照协议书附图和界桩成果核对该段，由偏离协议的"
                           "一方改正成果",
                           "check this stretch together against the "
                           "agreement's map; the side that departs corrects"},
    [GAZ_SIDES_GAP] = {"gap", "B10", LAW "第十二条、第十四条; " STANDARD,
                       "双方对照协议书附图和界桩成果核对该段，由偏离协议的一方"
                       "改正成果",
                       "check this stretch together against the agreement's "
                       "map; the side that departs corrects"},
    [GAZ_SIDES_VERTEX] = {"unmatched_vertex", "B10", LAW "第十二条; " STANDARD,
                          "核对双方拐点表，统一采用协议的界址点",
                          "compare both sides' tables of points and use those "
                          "of the agreement"},
    [GAZ_SIDES_INVALID] = {"invalid_area", "B13", STANDARD,
                           "由提交方修正面图形（自相交、重复点）后重新提交",
                           "the side that delivered it mends the polygon and "
                           "delivers again"},
    [GAZ_SIDES_NO_TOUCH] = {"no_common_line", "B10", LAW "第十二条; " STANDARD,
                            "核对双方的坐标系、范围和所交图层",
                            "check both sides' reference systems, extents and "
                            "layers"},
    [GAZ_SIDES_STRETCH] = {"stretch", "B10",
                           LAW "第十二条、第十四条; " STANDARD,
                           "双方对照协议书附图核对该段界线，必要时联合实测",
                           "check this stretch together against the "
                           "agreement's map; survey it jointly if need be"},
    [GAZ_SIDES_TOPOLOGY] = {"topology", "B13", STANDARD,
                            "修正界线自相交、折返或重复处",
                            "mend where the line meets itself"},
    [GAZ_SIDES_AREA] = {"area", "B17", "面积闭合检查; " STANDARD,
                        "核对行政区域范围（海岸线、飞地、水域是否计入）",
                        "check what the area counts: coast, exclaves, water"},
};

const char *gaz_sides_kind_name(gaz_sides_kind kind)
{
    return KINDS[kind].name;
}

double gaz_sides_uncertainty_m(const struct gaz_sides_work *w)
{
    return sqrt(2) * w->options->accuracy_m;
}

gaz_severity gaz_sides_grade(const struct gaz_sides_work *w, double size_m)
{
    if (size_m > w->options->error_m)
        return GAZ_SEVERITY_ERROR;
    return size_m > w->options->warn_m ? GAZ_SEVERITY_WARNING
                                       : GAZ_SEVERITY_INFO;
}

struct gaz_sides_finding *gaz_sides_note(struct gaz_sides_work *w,
                                         gaz_sides_kind kind,
                                         gaz_severity severity)
{
    w->findings = gaz_boundary_room(&w->ctx->arena, w->findings, w->count,
                                    &w->capacity, sizeof(*w->findings));
    struct gaz_sides_finding *finding = &w->findings[w->count++];
    *finding = (struct gaz_sides_finding){.rule = KINDS[kind].rule,
                                          .kind = kind,
                                          .severity = severity,
                                          .clause = KINDS[kind].clause,
                                          .advice = KINDS[kind].advice,
                                          .advice_en = KINDS[kind].advice_en};
    return finding;
}

static int by_weight(const void *a, const void *b)
{
    const struct gaz_sides_finding *one = a;
    const struct gaz_sides_finding *other = b;
    if (one->severity != other->severity)
        return one->severity < other->severity ? 1 : -1;
    if (one->kind != other->kind)
        return one->kind > other->kind ? 1 : -1;
    return (one->how_much_m < other->how_much_m) -
           (one->how_much_m > other->how_much_m);
}

void gaz_sides_finish(struct gaz_sides_work *w, struct gaz_sides_report *out)
{
    const size_t most = w->options->findings_max;
    if (w->count > 1)
        qsort(w->findings, w->count, sizeof(*w->findings), by_weight);
    w->report.findings = w->findings;
    w->report.finding_count = w->count < most ? w->count : most;
    w->report.left_out += w->count - w->report.finding_count;
    *out = w->report;
}

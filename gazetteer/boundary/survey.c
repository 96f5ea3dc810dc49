/* SPDX-License-Identifier: Apache-2.0 */
#include "gazetteer/boundary/survey.h"

#include <stdlib.h>

#include "gazetteer/boundary/survey_work.h"

/* The scale and limits are those of docs/guide/boundary.md; where a text could
 * not be checked they are ours, and an option each. */
struct gaz_survey_options gaz_survey_defaults(void)
{
    return (struct gaz_survey_options){.plane_crs = "EPSG:4549",
                                       .scale = 10000,
                                       .map_error_mm = 0.1,
                                       .height_limit_m = 0.3,
                                       .systematic_m = 0.2,
                                       .significance = 4,
                                       .datum_m = 20,
                                       .same_system_m = 10,
                                       .on_line_m = 2,
                                       .chainage_m = 1,
                                       .length_ratio = 1.0 / 2000,
                                       .length_min_m = 2,
                                       .inspection_years = 5};
}

#define LAW "《行政区域界线管理条例》（2002年国务院令第353号）"
#define STANDARD "GB/T 17796-2009"

static const struct {
    const char *name;
    const char *rule;
    const char *clause;
    const char *advice;
} KINDS[] = {
    [GAZ_SURVEY_SWAPPED] = {"swapped_axes", "B03", STANDARD,
                            "核对坐标列：测量坐标X为北、Y为东，改正后重新提交"},
    [GAZ_SURVEY_ZONE] = {"wrong_zone", "B03", STANDARD,
                         "核对中央子午线和带号，按120°带换算后重新提交"},
    [GAZ_SURVEY_DATUM] = {"datum_offset", "B02", STANDARD,
                          "核对坐标系，应为CGCS2000，用原始观测成果重新提交"},
    [GAZ_SURVEY_RANGE] = {"out_of_range", "B03", STANDARD,
                          "核对坐标系、单位和录入"},
    [GAZ_SURVEY_SHIFT] = {"shift", "B02", STANDARD,
                          "检查起算点和参考站坐标，必要时双方联测"},
    [GAZ_SURVEY_ROTATION] = {"rotation", "B02", STANDARD,
                             "检查定向和起算方位角，必要时双方联测"},
    [GAZ_SURVEY_SCALE] = {"scale", "B02", STANDARD,
                          "检查投影面、高程面和测距改正"},
    [GAZ_SURVEY_OUTLIER] = {"single_outlier", "B01", LAW "第六条; " STANDARD,
                            "复测该界桩；如已移位，双方共同恢复原位"},
    [GAZ_SURVEY_HEIGHT] = {"height", "B01", STANDARD,
                           "复测高程，核对高程基准（1985国家高程基准）"},
    [GAZ_SURVEY_OFF_LINE] = {"off_line", "B04", LAW "第五条; " STANDARD,
                             "对照协议书附图核对界桩与界线"},
    [GAZ_SURVEY_WRONG_SIDE] = {"wrong_side", "B05", STANDARD,
                               "核对双立界桩的A、B编号和埋设位置"},
    [GAZ_SURVEY_ORDER] = {"order", "B06", STANDARD, "核对界桩编号与沿线顺序"},
    [GAZ_SURVEY_DISTANCE] = {"distance", "B07", STANDARD,
                             "核对登记的相邻界桩距离"},
    [GAZ_SURVEY_AZIMUTH] = {"azimuth", "B07", STANDARD,
                            "核对登记的坐标方位角，不得填真方位角"},
    [GAZ_SURVEY_INSPECTION] = {"inspection_due", "B12", LAW "第十二条",
                               "列入联合检查计划"},
    [GAZ_SURVEY_CONDITION] = {"condition", "B12", LAW "第六条、第十六条",
                              "由管理方在另一方在场的情况下修复"},
    [GAZ_SURVEY_CODE] = {"code", "B15", STANDARD, "改正界桩号"},
    [GAZ_SURVEY_MANAGER] = {"no_manager", "B16", LAW "第六条",
                            "按协议书补填管理方"},
};

const char *gaz_survey_kind_name(gaz_survey_kind kind)
{
    return KINDS[kind].name;
}

double gaz_survey_limit_m(const struct gaz_survey_work *w)
{
    return 2 * w->options->map_error_mm / 1000 * w->options->scale;
}

struct gaz_survey_finding *
gaz_survey_note(struct gaz_survey_work *w, gaz_survey_kind kind,
                gaz_severity severity, const struct gaz_survey_marker *marker)
{
    if (w->count == w->capacity) {
        const size_t bigger = w->capacity ? 2 * w->capacity : 64;
        const size_t bytes = sizeof(*w->findings);
        w->findings = gaz_arena_grow(&w->ctx->arena, w->findings,
                                     w->capacity * bytes, bigger * bytes);
        w->capacity = bigger;
    }
    struct gaz_survey_finding *finding = &w->findings[w->count++];
    *finding = (struct gaz_survey_finding){.rule = KINDS[kind].rule,
                                           .kind = kind,
                                           .severity = severity,
                                           .clause = KINDS[kind].clause,
                                           .advice = KINDS[kind].advice};
    if (!marker)
        return finding;
    finding->marker = marker->code;
    const struct gaz_grid at =
        marker->has_agreed ? marker->agreed : marker->measured;
    /* A position that is no place is told by the range checks; its sentence
     * must not stand as this call's failure. */
    struct gaz_ctx try = {0};
    if (marker->has_agreed || marker->has_measured)
        finding->has_where =
            gaz_crs_to_cgcs2000(&try, w->plane, at.east_m, at.north_m,
                                &finding->where) == GAZ_OK;
    gaz_ctx_close(&try);
    return finding;
}

static int by_weight(const void *a, const void *b)
{
    const struct gaz_survey_finding *one = a;
    const struct gaz_survey_finding *other = b;
    if (one->severity != other->severity)
        return one->severity < other->severity ? 1 : -1;
    if (one->kind != other->kind)
        return one->kind > other->kind ? 1 : -1;
    return (one->how_much_m < other->how_much_m) -
           (one->how_much_m > other->how_much_m);
}

gaz_status gaz_survey_check(struct gaz_ctx *ctx,
                            const struct gaz_survey *survey,
                            const struct gaz_survey_options *options,
                            struct gaz_survey_report *out)
{
    struct gaz_survey_work work = {
        .ctx = ctx, .survey = survey, .options = options};
    if (survey->marker_count == 0)
        return gaz_fail(ctx, GAZ_INVALID, "no marker to check");
    gaz_status status = gaz_crs_open(ctx, options->plane_crs, &work.plane);
    if (status == GAZ_OK)
        status = gaz_survey_positions(&work);
    if (status == GAZ_OK)
        status = gaz_survey_line(&work);
    if (status == GAZ_OK)
        status = gaz_survey_register(&work);
    gaz_crs_close(work.plane);
    if (status != GAZ_OK)
        return status;
    if (work.count > 1)
        qsort(work.findings, work.count, sizeof(*work.findings), by_weight);
    work.report.findings = work.findings;
    work.report.finding_count = work.count;
    *out = work.report;
    return GAZ_OK;
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "gazetteer/boundary/survey.h"

#include <math.h>
#include <stdlib.h>

#include "gazetteer/boundary/limits.h"
#include "gazetteer/boundary/room.h"
#include "gazetteer/boundary/survey_work.h"

/* The numbers are those of data/boundary/limits.txt. */
struct gaz_survey_options gaz_survey_defaults(void)
{
    struct gaz_ctx ctx = {0};
    struct gaz_limits limits;
    gaz_limits_shipped(&ctx, &limits);
    const struct gaz_survey_options options = gaz_limits_survey(&limits);
    gaz_ctx_close(&ctx);
    return options;
}

#define LAW "《行政区域界线管理条例》（2002年国务院令第353号）"
#define STANDARD "GB/T 17796-2009"

static const struct {
    const char *name;
    const char *rule;
    const char *clause;
    const char *advice;
    const char *advice_en;
} KINDS[] = {
    [GAZ_SURVEY_SWAPPED] =
        {"swapped_axes", "B03", STANDARD,
         "核对坐标列：测量坐标X为北、Y为东，改正后重新提交",
         "check the columns: X is north, Y is east; correct and deliver again"},
    [GAZ_SURVEY_ZONE] =
        {"wrong_zone", "B03", STANDARD,
         "核对中央子午线和带号，按120°带换算后重新提交",
         "check central meridian and zone; convert to 120E and deliver again"},
    [GAZ_SURVEY_DATUM] = {"datum_offset", "B02", STANDARD,
                          "核对坐标系，应为CGCS2000，用原始观测成果重新提交",
                          "check the system, CGCS2000 is due; deliver again "
                          "from the observations"},
    [GAZ_SURVEY_RANGE] = {"out_of_range", "B03", STANDARD,
                          "核对坐标系、单位和录入",
                          "check system, units and typing"},
    [GAZ_SURVEY_SHIFT] =
        {"shift", "B02", STANDARD, "检查起算点和参考站坐标，必要时双方联测",
         "check control points and base station; survey jointly if need be"},
    [GAZ_SURVEY_ROTATION] =
        {"rotation", "B02", STANDARD, "检查定向和起算方位角，必要时双方联测",
         "check orientation and initial azimuth; survey jointly if need be"},
    [GAZ_SURVEY_SCALE] =
        {"scale", "B02", STANDARD, "检查投影面、高程面和测距改正",
         "check projection, height surface and corrections of distances"},
    [GAZ_SURVEY_OUTLIER] =
        {"single_outlier", "B01", LAW "第六条; " STANDARD,
         "复测该界桩；如已移位，双方共同恢复原位",
         "measure the marker again; if it moved, both sides put it back"},
    [GAZ_SURVEY_HEIGHT] = {"height", "B01", STANDARD,
                           "复测高程，核对高程基准（1985国家高程基准）",
                           "measure the height again; check its datum (1985)"},
    [GAZ_SURVEY_OFF_LINE] =
        {"off_line", "B04", LAW "第五条; " STANDARD,
         "对照协议书附图核对界桩与界线",
         "compare marker and line with the agreement's map"},
    [GAZ_SURVEY_WRONG_SIDE] = {"wrong_side", "B05", STANDARD,
                               "核对双立界桩的A、B编号和埋设位置",
                               "check letters and places of the pair"},
    [GAZ_SURVEY_ORDER] = {"order", "B06", STANDARD, "核对界桩编号与沿线顺序",
                          "check numbers against the order along the line"},
    [GAZ_SURVEY_DISTANCE] = {"distance", "B07", STANDARD,
                             "核对登记的相邻界桩距离",
                             "check the registered distance"},
    [GAZ_SURVEY_AZIMUTH] =
        {"azimuth", "B07", STANDARD, "核对登记的坐标方位角，不得填真方位角",
         "check the registered azimuth; it must be of the grid"},
    [GAZ_SURVEY_INSPECTION] = {"inspection_due", "B12", LAW "第十二条",
                               "列入联合检查计划",
                               "put it on the plan of the joint inspection"},
    [GAZ_SURVEY_CONDITION] =
        {"condition", "B12", LAW "第六条、第十六条",
         "由管理方在另一方在场的情况下修复",
         "the managing side repairs it with the other side present"},
    [GAZ_SURVEY_CODE] = {"code", "B15", STANDARD, "改正界桩号",
                         "correct the code"},
    [GAZ_SURVEY_MANAGER] = {"no_manager", "B16", LAW "第六条",
                            "按协议书补填管理方",
                            "fill in the managing side as agreed"},
    [GAZ_SURVEY_OBJECT] = {"object", "B08", LAW "第八条; " STANDARD,
                           "复测该方位物；如已变化，修测并选定新的方位物，备案",
                           "measure the object again; if it changed, survey "
                           "and choose another, and file it"},
    [GAZ_SURVEY_OBJECTS] = {"objects_few", "B08", STANDARD,
                            "补足方位物，登记名称、坐标方位角和距离",
                            "add objects with name, grid azimuth and distance"},
    [GAZ_SURVEY_COURSE] = {"course", "B09", STANDARD,
                           "对照界线改正走向说明的方位或长度",
                           "correct direction or length of the description"},
    [GAZ_SURVEY_COURSE_END] = {"course_end", "B09", STANDARD,
                               "核对走向说明引用的界桩号",
                               "check the code that the description names"},
    [GAZ_SURVEY_TOPOLOGY] = {"topology", "B13", STANDARD,
                             "修正界线自相交、折返或端点",
                             "mend where the line meets itself, or its end"},
    [GAZ_SURVEY_REGISTERS] =
        {"registers_differ", "B11", LAW "第十二条、第十三条; " STANDARD,
         "双方核对原始登记表，统一后重新提交",
         "compare the original registers, agree and deliver again"},
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
    w->findings = gaz_boundary_room(&w->ctx->arena, w->findings, w->count,
                                    &w->capacity, sizeof(*w->findings));
    struct gaz_survey_finding *finding = &w->findings[w->count++];
    *finding = (struct gaz_survey_finding){.rule = KINDS[kind].rule,
                                           .kind = kind,
                                           .severity = severity,
                                           .clause = KINDS[kind].clause,
                                           .advice = KINDS[kind].advice,
                                           .advice_en = KINDS[kind].advice_en};
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

bool gaz_survey_place(const struct gaz_survey_marker *marker,
                      struct gaz_grid *out)
{
    *out = marker->has_agreed ? marker->agreed : marker->measured;
    return marker->has_agreed || marker->has_measured;
}

double gaz_survey_turned(double degrees)
{
    const double turn = fmod(degrees + 540, 360);
    return (turn < 0 ? turn + 360 : turn) - 180;
}

void gaz_survey_finish(struct gaz_survey_work *w, struct gaz_survey_report *out)
{
    if (w->count > 1)
        qsort(w->findings, w->count, sizeof(*w->findings), by_weight);
    w->report.findings = w->findings;
    w->report.finding_count = w->count;
    *out = w->report;
}

static gaz_status check_all(struct gaz_survey_work *w)
{
    gaz_survey_open_line(w);
    gaz_status status = gaz_survey_positions(w);
    if (status == GAZ_OK)
        status = gaz_survey_line(w);
    if (status == GAZ_OK)
        status = gaz_survey_legs(w);
    if (status == GAZ_OK)
        status = gaz_survey_objects(w);
    if (status == GAZ_OK)
        status = gaz_survey_register(w);
    if (status == GAZ_OK)
        status = gaz_survey_courses(w);
    return status;
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
        status = check_all(&work);
    gaz_crs_close(work.plane);
    if (status == GAZ_OK)
        gaz_survey_finish(&work, out);
    return status;
}

/* SPDX-License-Identifier: Apache-2.0 */
/* positions.c - where a record is against where it says it is; and which
 * wrong coordinate system explains it.
 *
 * A position is tested against the polygon of the nearest division that has
 * one, and against the axis of its road. One that fails is moved back as if it
 * were GCJ-02, BD-09, or computed with a neighbouring central meridian; when
 * the moved one passes every test, the system is named, and no other finding
 * about the place is made: the address is right, its coordinates are not. */
#include <math.h>
#include <string.h>

#include "gazetteer/audit/area.h"
#include "gazetteer/audit/audit.h"
#include "gazetteer/geo/gcj02.h"

enum { DEPTH_MAX = 8 };

typedef enum { GOOD, GCJ02, BD09, ZONE, UNKNOWN, UNTESTED } verdict;

/* What a position can be tested against. */
struct test {
    const struct gaz_corpus_area *area;
    const struct gaz_corpus_axis *axis;
    bool is_schematic;
    int owner; /* the place of the area */
    double area_m;
    double axis_m;
};

static const double AXIS_M = 60; /* a plate is that near to its road */
static const double ZONE_DEG = 3;

static struct test tests_of(const struct gaz_audit *audit, int index,
                            double tolerance_m)
{
    const struct gaz_corpus *corpus = audit->corpus;
    bool is_address = audit->kind == GAZ_SUBJECT_ADDRESS;
    int place = is_address ? corpus->addresses[index].parent
                           : corpus->places[index].parent;
    struct test test = {.owner = -1, .area_m = tolerance_m, .axis_m = AXIS_M};
    if (is_address && place >= 0 && corpus->places[place].axis >= 0)
        test.axis = &corpus->axes[corpus->places[place].axis];
    for (int depth = 0; place >= 0 && depth < DEPTH_MAX; depth++) {
        const struct gaz_corpus_place *at = &corpus->places[place];
        if (at->area >= 0) {
            test.area = &corpus->areas[at->area];
            test.is_schematic = at->place.area_is_schematic;
            test.owner = place;
            break;
        }
        place = at->parent;
    }
    return test;
}

static bool passes(const struct test *test, struct gaz_coord point)
{
    if (test->area && gaz_area_outside_m(test->area, point) > test->area_m)
        return false;
    return !test->axis ||
           gaz_area_along(test->axis, point).distance_m <= test->axis_m;
}

static verdict judge(const struct test *test, struct gaz_coord point,
                     struct gaz_coord *right)
{
    *right = point;
    if (!test->area && !test->axis)
        return UNTESTED;
    if (passes(test, point))
        return GOOD;
    const struct gaz_coord moved[] = {
        gaz_gcj02_to_wgs84(point),
        gaz_gcj02_to_wgs84(gaz_gcj02_from_bd09(point)),
        {point.lon - ZONE_DEG, point.lat},
        {point.lon + ZONE_DEG, point.lat},
    };
    static const verdict NAMES[] = {GCJ02, BD09, ZONE, ZONE};
    for (size_t i = 0; i < sizeof(moved) / sizeof(moved[0]); i++)
        if (passes(test, moved[i])) {
            *right = moved[i];
            return NAMES[i];
        }
    return UNKNOWN;
}

static verdict judge_record(struct gaz_audit *audit, int index,
                            struct test *test, struct gaz_coord *right)
{
    const struct gaz_position *position = gaz_audit_position(audit, index);
    if (!position)
        return UNTESTED;
    *test = tests_of(audit, index,
                     gaz_rule_number(audit->now->rule, "tolerance_m") +
                         position->accuracy_m);
    if (!test->area && !test->axis)
        gaz_audit_lacks(audit, "没有可比对的政区面或道路中线",
                        "no polygon or road axis to compare with");
    return judge(test, position->coord, right);
}

static int tell_datum(struct gaz_audit *audit, int index, verdict wanted,
                      const char *name)
{
    struct test test;
    struct gaz_coord right;
    verdict found = judge_record(audit, index, &test, &right);
    if (found == UNTESTED)
        return 0;
    if (found != wanted)
        return 1;
    struct gaz_coord point = gaz_audit_position(audit, index)->coord;
    struct gaz_offset off = gaz_area_offset(right, point);
    struct gaz_finding *f = gaz_audit_add(
        audit, index, test.axis != NULL,
        gaz_audit_printf(audit, "坐标疑为%s：偏东%.0f米，偏北%.0f米", name,
                         off.east_m, off.north_m),
        gaz_audit_printf(audit, "looks like %s: %.0f m east, %.0f m north",
                         name, off.east_m, off.north_m));
    f->east_m = off.east_m;
    f->north_m = off.north_m;
    f->distance_m = hypot(off.east_m, off.north_m);
    f->fix = gaz_audit_printf(audit, "%.7f,%.7f", right.lon, right.lat);
    f->fix_field = "position";
    return 1;
}

int gaz_audit_datum_gcj02(struct gaz_audit *audit, int index)
{
    return tell_datum(audit, index, GCJ02, "GCJ-02");
}

int gaz_audit_datum_bd09(struct gaz_audit *audit, int index)
{
    return tell_datum(audit, index, BD09, "BD-09");
}

int gaz_audit_wrong_zone(struct gaz_audit *audit, int index)
{
    return tell_datum(audit, index, ZONE, "3°带中央经线错");
}

int gaz_audit_in_parent(struct gaz_audit *audit, int index)
{
    struct test test;
    struct gaz_coord right;
    verdict found = judge_record(audit, index, &test, &right);
    if (found == UNTESTED || !test.area)
        return 0;
    if (found != UNKNOWN)
        return 1;
    struct gaz_coord point = gaz_audit_position(audit, index)->coord;
    double outside = gaz_area_outside_m(test.area, point);
    if (outside <= test.area_m)
        return 1;
    const char *owner = gaz_corpus_name(&audit->corpus->places[test.owner]);
    struct gaz_finding *f = gaz_audit_add(
        audit, index, !test.is_schematic,
        gaz_audit_printf(audit, "坐标在%s之外%.0f米", owner, outside),
        gaz_audit_printf(audit, "%.0f m outside of %s", outside, owner));
    gaz_audit_against(audit, f, GAZ_SUBJECT_PLACE, test.owner);
    f->distance_m = outside;
    return 1;
}

int gaz_audit_on_road(struct gaz_audit *audit, int index)
{
    const struct gaz_corpus_address *address = &audit->corpus->addresses[index];
    const struct gaz_position *position = gaz_audit_position(audit, index);
    if (!position || address->parent < 0 ||
        audit->corpus->places[address->parent].axis < 0) {
        gaz_audit_lacks(audit, "没有道路中线", "no axis of a road");
        return 0;
    }
    double most = gaz_rule_number(audit->now->rule, "distance_m");
    struct test test = tests_of(audit, index, position->accuracy_m);
    test.axis_m = most;
    struct gaz_coord right;
    double distance = gaz_area_along(test.axis, position->coord).distance_m;
    if (distance <= most || judge(&test, position->coord, &right) != UNKNOWN)
        return 1;
    struct gaz_finding *f = gaz_audit_add(
        audit, index, true, gaz_audit_printf(audit, "离路中线%.0f米", distance),
        gaz_audit_printf(audit, "%.0f m from its road", distance));
    gaz_audit_against(audit, f, GAZ_SUBJECT_PLACE, address->parent);
    f->distance_m = distance;
    return 1;
}

int gaz_audit_no_position(struct gaz_audit *audit, int index)
{
    const struct gaz_address *address =
        &audit->corpus->addresses[index].address;
    if (address->status == GAZ_STATUS_HISTORICAL)
        return 0;
    if (address->position.method == GAZ_METHOD_NONE)
        gaz_audit_add(audit, index, true, "地址没有坐标",
                      "an address without a position");
    return 1;
}

/* course.h - what a description of a line's course says (check B09).
 *
 * Pure. 边界线位置和走向说明 in the usual words:
 * "从3133001Q号界桩起，边界线向东
 * 偏东南穿过公路后沿河行2.3公里，转南偏东南至3133002Q号界桩". Read are
 *
 * - the sixteen directions, where 向, 转, 转向, 折, 折向, 往 or 朝 goes before;
 * - lengths in 米, 公里, 千米, m or km where 行, 长, 约, 计 or 距 goes before;
 *   their sum, or what follows 全长 or 共长;
 * - markers by code, or by serial ("至5号界桩").
 *
 * Numbers are in digits. What it does not know it passes over: names are full
 * of 东 and 米.
 */
#ifndef GAZ_BOUNDARY_COURSE_H
#define GAZ_BOUNDARY_COURSE_H

#include <stdbool.h>
#include <stddef.h>

#include "gazetteer/boundary/marker.h"

enum { GAZ_COURSE_WORDS_MAX = 16, GAZ_COURSE_MARKERS_MAX = 16 };

struct gaz_course_marker {
    char code[GAZ_MARKER_CODE_CHARS + 1]; /* "": by its serial */
    int serial;                           /* 0: by its code */
};

struct gaz_course {
    int sectors[GAZ_COURSE_WORDS_MAX]; /* in order, see gaz_marker_sector */
    size_t sector_count;
    double length_m; /* 0: none is told */
    struct gaz_course_marker markers[GAZ_COURSE_MARKERS_MAX];
    size_t marker_count;
};

/* gaz_course_parse reads a text; it cannot fail. */
void gaz_course_parse(const char *text, struct gaz_course *out);

#endif

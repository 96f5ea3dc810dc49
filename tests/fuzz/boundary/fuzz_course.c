/* fuzz_course.c - any bytes as a description of a course. */
#include <assert.h>
#include <math.h>
#include <stdint.h>

#include "gazetteer/base/arena.h"
#include "gazetteer/boundary/course.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct gaz_arena arena = {0};
    struct gaz_course course;
    gaz_course_parse(gaz_arena_strndup(&arena, (const char *)data, size),
                     &course);
    assert(course.sector_count <= GAZ_COURSE_WORDS_MAX);
    assert(course.marker_count <= GAZ_COURSE_MARKERS_MAX);
    assert(course.length_m >= 0 && isfinite(course.length_m));
    for (size_t i = 0; i < course.sector_count; i++)
        assert(course.sectors[i] >= 0 &&
               course.sectors[i] < GAZ_MARKER_SECTORS);
    gaz_arena_close(&arena);
    return 0;
}

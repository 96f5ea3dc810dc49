/* SPDX-License-Identifier: Apache-2.0 */
#include "gazetteer/boundary/course.h"

#include <string.h>

#include "gazetteer/base/text.h"

enum { NUMBER_MAX_BYTES = 16 };

static const char DIGITS[] = "0123456789";

struct reader {
    const char *text;
    size_t at;
    struct gaz_course *out;
    double sum_m;
    double whole_m; /* 全长 */
};

static bool is_after(const struct reader *r, size_t at, const char *word)
{
    const size_t len = strlen(word);
    return at >= len && strncmp(r->text + at - len, word, len) == 0;
}

static bool is_after_any(const struct reader *r, size_t at,
                         const char *const *words)
{
    for (; *words; words++)
        if (is_after(r, at, *words))
            return true;
    return false;
}

/* The longest word: 东偏东南 and not 东. */
static bool take_direction(struct reader *r)
{
    static const char *const BEFORE[] = {"向", "转", "折", "往", "朝", NULL};
    const char *at = r->text + r->at;
    int best = -1;
    size_t best_len = 0;
    if (!is_after_any(r, r->at, BEFORE))
        return false;
    for (int i = 0; i < GAZ_MARKER_SECTORS; i++) {
        const char *name = gaz_marker_sector_name(i);
        const size_t len = strlen(name);
        if (len > best_len && strncmp(at, name, len) == 0) {
            best = i;
            best_len = len;
        }
    }
    if (best < 0)
        return false;
    if (r->out->sector_count < GAZ_COURSE_WORDS_MAX)
        r->out->sectors[r->out->sector_count++] = best;
    r->at += best_len;
    return true;
}

/* ---- numbers ---- */

static double unit_m(const char *text)
{
    static const struct {
        const char *name;
        double metres;
    } UNITS[] = {{"公里", 1000}, {"千米", 1000}, {"km", 1000},
                 {"KM", 1000},   {"米", 1},      {"m", 1}};
    for (size_t i = 0; i < sizeof(UNITS) / sizeof(UNITS[0]); i++)
        if (gaz_text_starts_with(text, UNITS[i].name))
            return UNITS[i].metres;
    return 0;
}

static void take_length(struct reader *r, size_t begin, double value,
                        double unit)
{
    static const char *const WHOLE[] = {"全长", "共长", NULL};
    static const char *const PART[] = {"行", "长", "计", "距", NULL};
    static const char ABOUT[] = "约";
    const size_t before =
        is_after(r, begin, ABOUT) ? begin - strlen(ABOUT) : begin;
    if (is_after_any(r, before, WHOLE))
        r->whole_m = value * unit;
    else if (before < begin || is_after_any(r, before, PART))
        r->sum_m += value * unit;
}

static void add_marker(struct reader *r, const char *code, size_t len,
                       int serial)
{
    struct gaz_course *out = r->out;
    if (out->marker_count == GAZ_COURSE_MARKERS_MAX)
        return;
    struct gaz_course_marker *marker = &out->markers[out->marker_count++];
    *marker = (struct gaz_course_marker){.serial = serial};
    (void)memcpy(marker->code, code, len);
}

/* Digits: a marker's code, a serial, or a length. */
static bool take_number(struct reader *r)
{
    enum { CODE_DIGITS = GAZ_MARKER_CODE_CHARS - 1, SERIAL_DIGITS = 3 };
    const char *at = r->text + r->at;
    const size_t whole = strspn(at, DIGITS);
    size_t len = whole;
    char number[NUMBER_MAX_BYTES] = "";
    double value = 0;
    if (whole == 0)
        return false;
    if (at[len] == '.')
        len += 1 + strspn(at + len + 1, DIGITS);
    if (whole == CODE_DIGITS && at[whole] >= 'A' && at[whole] <= 'Z') {
        add_marker(r, at, GAZ_MARKER_CODE_CHARS, 0);
        len = GAZ_MARKER_CODE_CHARS;
    } else if (len < NUMBER_MAX_BYTES) {
        (void)memcpy(number, at, len);
        const bool is_number = gaz_text_parse_double(number, &value);
        const char *after = at + len;
        if (is_number && len == whole && whole <= SERIAL_DIGITS &&
            gaz_text_starts_with(after, "号界桩"))
            add_marker(r, "", 0, (int)value);
        else if (is_number && unit_m(after) > 0)
            take_length(r, r->at, value, unit_m(after));
    }
    r->at += len;
    return true;
}

void gaz_course_parse(const char *text, struct gaz_course *out)
{
    struct reader r = {.text = text, .out = out};
    *out = (struct gaz_course){.length_m = 0};
    while (r.text[r.at])
        if (!take_direction(&r) && !take_number(&r))
            r.at++;
    out->length_m = r.whole_m > 0 ? r.whole_m : r.sum_m;
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "gazetteer/boundary/marker.h"

#include <assert.h>
#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const double CIRCLE_DEG = 360;
static const double SECTOR_DEG = 22.5;

static const char *const SECTORS[GAZ_MARKER_SECTORS] = {
    "北", "北偏东北", "东北", "东偏东北", "东", "东偏东南", "东南", "南偏东南",
    "南", "南偏西南", "西南", "西偏西南", "西", "西偏西北", "西北", "北偏西北",
};

/* The province codes of GB/T 2260. */
static bool is_province(int code)
{
    static const int PROVINCES[] = {
        11, 12, 13, 14, 15, 21, 22, 23, 31, 32, 33, 34, 35, 36, 37, 41, 42,
        43, 44, 45, 46, 50, 51, 52, 53, 54, 61, 62, 63, 64, 65, 71, 81, 82};
    for (size_t i = 0; i < sizeof(PROVINCES) / sizeof(PROVINCES[0]); i++)
        if (PROVINCES[i] == code)
            return true;
    return false;
}

static int digits(const char *text, int count)
{
    int value = 0;
    for (int i = 0; i < count; i++)
        value = 10 * value + (text[i] - '0');
    return value;
}

gaz_status gaz_marker_parse(struct gaz_ctx *ctx, const char *code,
                            struct gaz_marker_code *out)
{
    enum { LINE_DIGITS = 4, SERIAL_DIGITS = 3, TYPE_AT = 7 };
    if (strlen(code) != GAZ_MARKER_CODE_CHARS ||
        strspn(code, "0123456789") != LINE_DIGITS + SERIAL_DIGITS)
        return gaz_fail(ctx, GAZ_INVALID,
                        "marker '%.32s': must be 4 digits of the line, 3 of "
                        "the serial and a letter",
                        code);
    struct gaz_marker_code got = {.first_province = digits(code, 2),
                                  .second_province = digits(code + 2, 2),
                                  .serial =
                                      digits(code + LINE_DIGITS, SERIAL_DIGITS),
                                  .type = code[TYPE_AT]};
    if (!strchr("QABCDE", got.type))
        return gaz_fail(ctx, GAZ_INVALID,
                        "marker '%s': its type must be Q, A, B, C, D or E",
                        code);
    if (!is_province(got.first_province) || !is_province(got.second_province))
        return gaz_fail(ctx, GAZ_INVALID, "marker '%s': no province %02d", code,
                        is_province(got.first_province) ? got.second_province
                                                        : got.first_province);
    if (got.first_province >= got.second_province)
        return gaz_fail(ctx, GAZ_INVALID,
                        "marker '%s': the smaller province code comes first",
                        code);
    if (got.serial == 0)
        return gaz_fail(ctx, GAZ_INVALID, "marker '%s': serials begin at 001",
                        code);
    got.kind = GAZ_MARKER_TRIPLE;
    if (got.type == 'Q')
        got.kind = GAZ_MARKER_SINGLE;
    else if (got.type <= 'B')
        got.kind = GAZ_MARKER_DOUBLE;
    *out = got;
    return GAZ_OK;
}

void gaz_marker_write(const struct gaz_marker_code *code,
                      char out[GAZ_MARKER_CODE_CHARS + 1])
{
    char text[GAZ_MARKER_CODE_CHARS * 8];
    (void)snprintf(text, sizeof(text), "%02d%02d%03d%c", code->first_province,
                   code->second_province, code->serial, code->type);
    (void)memcpy(out, text, GAZ_MARKER_CODE_CHARS);
    out[GAZ_MARKER_CODE_CHARS] = '\0';
}

int gaz_marker_sector(double azimuth_deg)
{
    double turned = fmod(azimuth_deg, CIRCLE_DEG);
    if (turned < 0)
        turned += CIRCLE_DEG;
    int sector = (int)floor(turned / SECTOR_DEG);
    /* exact, so that the last double below an edge stays below it */
    if (turned - SECTOR_DEG * sector >= SECTOR_DEG / 2)
        sector++;
    return sector % GAZ_MARKER_SECTORS;
}

double gaz_marker_sector_azimuth(int sector)
{
    return SECTOR_DEG * sector;
}

const char *gaz_marker_sector_name(int sector)
{
    assert(sector >= 0 && sector < GAZ_MARKER_SECTORS);
    return SECTORS[sector];
}

int gaz_marker_sector_find(const char *name)
{
    for (int i = 0; i < GAZ_MARKER_SECTORS; i++)
        if (strcmp(SECTORS[i], name) == 0)
            return i;
    return -1;
}

int gaz_marker_sector_apart(int one, int other)
{
    const int apart = abs(one - other) % GAZ_MARKER_SECTORS;
    return apart <= GAZ_MARKER_SECTORS / 2 ? apart : GAZ_MARKER_SECTORS - apart;
}

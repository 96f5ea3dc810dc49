/* SPDX-License-Identifier: Apache-2.0 */
#include "api/params.h"

#include <string.h>

#include "api/problem.h"
#include "gazetteer/base/text.h"

static int hex_value(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return -1;
}

/* Decodes the escape at text[0] = '%'; -1 when it is broken. */
static int decode_escape(const char *text, size_t len)
{
    if (len < 3)
        return -1;
    int high = hex_value(text[1]);
    int low = hex_value(text[2]);
    return high < 0 || low < 0 ? -1 : high * 16 + low;
}

const char *api_params_decode(struct gaz_arena *arena, const char *text,
                              size_t len, bool is_query)
{
    char *out = gaz_arena_alloc(arena, len + 1);
    size_t size = 0;
    for (size_t i = 0; i < len; i++) {
        int c = (unsigned char)text[i];
        if (c == '+' && is_query)
            c = ' ';
        if (c == '%') {
            c = decode_escape(text + i, len - i);
            i += 2;
        }
        if (c <= 0)
            return NULL; /* broken, or a hidden NUL that would end the text */
        out[size++] = (char)c;
    }
    return gaz_text_is_utf8(out, size, NULL) ? out : NULL;
}

static gaz_status parse_pair(struct api_worker *worker, const char *pair,
                             size_t len, struct api_request *request)
{
    struct gaz_arena *arena = &worker->ctx.arena;
    const char *equals = memchr(pair, '=', len);
    size_t name_len = equals ? (size_t)(equals - pair) : len;
    size_t value_len = equals ? len - name_len - 1 : 0;
    const char *name = api_params_decode(arena, pair, name_len, true);
    const char *value =
        api_params_decode(arena, equals ? equals + 1 : "", value_len, true);
    if (!name || !value)
        return api_problem_parameter(
            worker, name, "参数的百分号编码有误，或者不是 UTF-8",
            "the query has a broken %%-escape, a NUL, or is not UTF-8");
    if (strlen(value) > API_PARAM_MAX_BYTES)
        return api_problem_fail(worker, GAZ_LIMIT, 414, "参数过长",
                                "parameter of %zu bytes, at most %d",
                                strlen(value), (int)API_PARAM_MAX_BYTES);
    if (api_param(request, name))
        return api_problem_parameter(worker, name, "参数重复",
                                     "parameter '%s' is given twice", name);
    if (request->param_count == API_PARAMS_MAX)
        return api_problem_fail(worker, GAZ_INVALID, 400, "参数过多",
                                "more than %d parameters", (int)API_PARAMS_MAX);
    request->params[request->param_count++] =
        (struct api_param){.name = name, .value = value};
    return GAZ_OK;
}

gaz_status api_params_parse(struct api_worker *worker, const char *query,
                            struct api_request *request)
{
    request->param_count = 0;
    const char *at = query ? query : "";
    while (*at) {
        size_t len = strcspn(at, "&");
        if (len > 0) {
            gaz_status status = parse_pair(worker, at, len, request);
            if (status != GAZ_OK)
                return status;
        }
        at += len;
        if (*at == '&')
            at++;
    }
    return GAZ_OK;
}

static const char *find(const struct api_param *items, int count,
                        const char *name)
{
    for (int i = 0; i < count; i++)
        if (strcmp(items[i].name, name) == 0)
            return items[i].value;
    return NULL;
}

const char *api_param(const struct api_request *request, const char *name)
{
    return find(request->params, request->param_count, name);
}

const char *api_capture(const struct api_request *request, const char *name)
{
    return find(request->captures, request->capture_count, name);
}

gaz_status api_params_int(struct api_worker *worker,
                          const struct api_request *request, const char *name,
                          int min, int max, int fallback, int *out)
{
    const char *text = api_param(request, name);
    if (!text)
        text = api_capture(request, name);
    if (!text) {
        *out = fallback;
        return GAZ_OK;
    }
    int64_t value;
    if (!gaz_text_parse_int(text, &value) || value < min || value > max)
        return api_problem_parameter(
            worker, name, "应为规定范围内的整数",
            "%s is '%.40s'; it must be a whole number from %d to %d", name,
            text, min, max);
    *out = (int)value;
    return GAZ_OK;
}

gaz_status api_params_number(struct api_worker *worker,
                             const struct api_request *request,
                             const char *name, double min, double max,
                             double fallback, double *out)
{
    const char *text = api_param(request, name);
    if (!text) {
        *out = fallback;
        return GAZ_OK;
    }
    double value;
    /* written so that NaN is refused too */
    if (!gaz_text_parse_double(text, &value) || !(value >= min && value <= max))
        return api_problem_parameter(
            worker, name, "应为规定范围内的数",
            "%s is '%.40s'; it must be a number from %g to %g", name, text, min,
            max);
    *out = value;
    return GAZ_OK;
}

gaz_status api_params_at(struct api_worker *worker,
                         const struct api_request *request, gaz_date *out)
{
    const char *text = api_param(request, "at");
    gaz_date day = GAZ_DATE_OPEN;
    if (text && (strlen(text) != 10 || !gaz_date_parse(text, &day)))
        return api_problem_parameter(
            worker, "at", "日期应写作 YYYY-MM-DD",
            "at is '%.40s'; it must be a day, YYYY-MM-DD", text);
    *out = day;
    return GAZ_OK;
}

gaz_status api_params_lang(struct api_worker *worker,
                           const struct api_request *request, api_lang *out)
{
    const char *text = api_param(request, "lang");
    if (text && strcmp(text, "zh") != 0 && strcmp(text, "en") != 0)
        return api_problem_parameter(worker, "lang", "语言只有 zh 和 en",
                                     "lang is '%.40s'; it must be zh or en",
                                     text);
    *out = text && strcmp(text, "en") == 0 ? API_LANG_EN : API_LANG_ZH;
    return GAZ_OK;
}

gaz_status api_params_coord(struct api_worker *worker,
                            const struct api_request *request,
                            struct gaz_coord *out)
{
    static const char *const NAMES[] = {"lon", "lat"};
    double values[2];
    for (int i = 0; i < 2; i++) {
        double bound = i == 0 ? 180 : 90;
        if (!api_param(request, NAMES[i]))
            return api_problem_parameter(worker, NAMES[i], "缺少必需的参数",
                                         "parameter '%s' is missing", NAMES[i]);
        gaz_status status = api_params_number(worker, request, NAMES[i], -bound,
                                              bound, 0, &values[i]);
        if (status != GAZ_OK)
            return status;
    }
    *out = (struct gaz_coord){.lon = values[0], .lat = values[1]};
    return GAZ_OK;
}

/* focus=lon,lat */
static gaz_status parse_focus(struct api_worker *worker,
                              const struct api_request *request,
                              const struct gaz_coord **out)
{
    const char *text = api_param(request, "focus");
    if (!text) {
        *out = NULL;
        return GAZ_OK;
    }
    struct gaz_arena *arena = &worker->ctx.arena;
    struct gaz_coord *coord = gaz_arena_alloc(arena, sizeof(*coord));
    size_t len = strcspn(text, ",");
    if (text[len] != ',' ||
        !gaz_text_parse_double(gaz_arena_strndup(arena, text, len),
                               &coord->lon) ||
        !gaz_text_parse_double(text + len + 1, &coord->lat) ||
        !gaz_coord_is_valid(*coord))
        return api_problem_parameter(
            worker, "focus", "应写作 经度,纬度",
            "focus is '%.60s'; it must be lon,lat in degrees", text);
    *out = coord;
    return GAZ_OK;
}

static bool is_code(const char *text)
{
    size_t len = strspn(text, "0123456789");
    return text[len] == '\0' &&
           (len == 2 || len == 4 || len == 6 || len == 9 || len == 12);
}

gaz_status api_params_query(struct api_worker *worker,
                            const struct api_request *request,
                            struct gaz_query *out)
{
    struct gaz_query query = {.text = api_param(request, "q")};
    if (!query.text)
        query.text = "";
    query.in_code = api_param(request, "in");
    if (query.in_code && !is_code(query.in_code))
        return api_problem_parameter(
            worker, "in", "应为 2、4、6、9 或 12 位区划代码",
            "in is '%.40s'; it must be a division code of 2, 4, 6, 9 or 12 "
            "digits",
            query.in_code);
    gaz_status status =
        api_params_int(worker, request, "limit", 1, GAZ_ANSWERS_MAX,
                       API_LIMIT_DEFAULT, &query.limit);
    if (status == GAZ_OK)
        status = api_params_int(worker, request, "category", 10000, 29999, 0,
                                &query.category);
    if (status == GAZ_OK)
        status = api_params_at(worker, request, &query.at);
    if (status == GAZ_OK)
        status = parse_focus(worker, request, &query.focus);
    if (status == GAZ_OK)
        *out = query;
    return status;
}

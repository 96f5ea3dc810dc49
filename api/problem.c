/* SPDX-License-Identifier: Apache-2.0 */
#include "api/problem.h"

#include <stdarg.h>
#include <stdio.h>

#include "gazetteer/base/json.h"

static const struct kind {
    int http;
    const char *slug; /* NULL: a success, which has no problem type */
    const char *title;
    const char *title_zh;
    const char *general_zh;
} KINDS[] = {
    {200, NULL, "OK", "", ""},
    {201, NULL, "Created", "", ""},
    {202, NULL, "Accepted", "", ""},
    {204, NULL, "No Content", "", ""},
    {301, NULL, "Moved Permanently", "", ""},
    {304, NULL, "Not Modified", "", ""},
    {400, "bad-request", "Bad Request", "请求有误", "请求的内容不符合要求"},
    {401, "key-needed", "Unauthorized", "需要有效密钥", "此操作需要有效的密钥"},
    {403, "role-needed", "Forbidden", "没有权限", "密钥没有此操作的权限"},
    {404, "not-found", "Not Found", "没有找到", "没有这一项"},
    {405, "method-not-allowed", "Method Not Allowed", "方法不允许",
     "此地址不支持该方法"},
    {408, "timeout", "Request Timeout", "请求超时",
     "没有在规定时间内收到完整的请求"},
    {409, "conflict", "Conflict", "与现状冲突", "库中现状不允许此操作"},
    {411, "length-required", "Length Required", "缺少长度",
     "请求体须注明 Content-Length"},
    {412, "stale", "Precondition Failed", "记录已改变",
     "该记录已不是所给的那一版"},
    {413, "too-large", "Content Too Large", "请求过大", "请求超过了规定的大小"},
    {414, "uri-too-long", "URI Too Long", "地址过长", "请求地址过长"},
    {415, "unsupported-media-type", "Unsupported Media Type", "类型不支持",
     "不支持这种内容类型"},
    {422, "refused", "Unprocessable Content", "内容不合要求",
     "内容不合要求，不予写入"},
    {428, "if-match-needed", "Precondition Required", "须带 If-Match",
     "须用 If-Match 说明修改的是哪一版"},
    {429, "too-many-requests", "Too Many Requests", "请求过于频繁",
     "请求过于频繁，请稍后再试"},
    {431, "headers-too-large", "Request Header Fields Too Large", "请求头过大",
     "请求头过多或过长"},
    {500, "internal", "Internal Server Error", "服务器出错",
     "服务器内部出错，请稍后再试"},
    {501, "not-implemented", "Not Implemented", "未实现", "不支持该方法"},
    {503, "unavailable", "Service Unavailable", "暂时不可用",
     "服务暂时不可用，请稍后再试"},
};

static const struct kind *find_kind(int http)
{
    const struct kind *internal = &KINDS[0];
    for (size_t i = 0; i < sizeof(KINDS) / sizeof(KINDS[0]); i++) {
        if (KINDS[i].http == http)
            return &KINDS[i];
        if (KINDS[i].http == 500)
            internal = &KINDS[i];
    }
    return internal;
}

__attribute__((format(printf, 2, 0))) static char *
format_sentence(struct gaz_arena *arena, const char *format, va_list args)
{
    char text[GAZ_FAILURE_MAX_BYTES];
    (void)vsnprintf(text, sizeof(text), format, args);
    return gaz_arena_strdup(arena, text);
}

gaz_status api_problem_parameter(struct api_worker *worker, const char *name,
                                 const char *zh, const char *en, ...)
{
    va_list args;
    va_start(args, en);
    const char *sentence = format_sentence(&worker->ctx.arena, en, args);
    va_end(args);
    worker->parameter = name;
    worker->failure_zh = zh;
    return gaz_fail(&worker->ctx, GAZ_INVALID, "%s", sentence);
}

gaz_status api_problem_fail(struct api_worker *worker, gaz_status status,
                            int http, const char *zh, const char *en, ...)
{
    va_list args;
    va_start(args, en);
    const char *sentence = format_sentence(&worker->ctx.arena, en, args);
    va_end(args);
    worker->problem = http;
    worker->failure_zh = zh;
    return gaz_fail(&worker->ctx, status, "%s", sentence);
}

int api_problem_status(gaz_status status)
{
    switch (status) {
    case GAZ_OK:
        return 200;
    case GAZ_END:
    case GAZ_NOT_FOUND:
        return 404;
    case GAZ_INVALID:
        return 400;
    case GAZ_LIMIT:
        return 413;
    case GAZ_IO:
    case GAZ_DB:
        break;
    }
    return 500;
}

void api_problem_answer(struct api_worker *worker,
                        const struct api_request *request, gaz_status status,
                        struct api_response *out)
{
    int http = worker->problem ? worker->problem : api_problem_status(status);
    const char *detail = http == 500
                             ? "the server failed; the log has the reason "
                               "under this request's id"
                             : gaz_ctx_failure(&worker->ctx);
    gaz_buffer_clear(out->body);
    struct gaz_json json;
    api_problem_begin(&json, out->body, http, detail, worker->failure_zh,
                      request->path);
    gaz_json_optional(&json, "parameter", worker->parameter);
    if (worker->current)
        gaz_json_raw(&json, "current", worker->current);
    gaz_json_end(&json);
    out->status = http;
    out->content_type = "application/problem+json; charset=utf-8";
    out->etag = NULL;
    out->cache_control = "no-store";
    out->disposition = NULL;
    out->location = NULL;
    out->preference = NULL;
    out->retry_after_s = worker->retry_after_s;
    if (http == 503 && out->retry_after_s == 0)
        out->retry_after_s = 1;
    out->challenge = http == 401 ? "Bearer realm=\"diming\"" : NULL;
}

void api_problem_begin(struct gaz_json *json, struct gaz_buffer *out, int http,
                       const char *detail, const char *detail_zh,
                       const char *instance)
{
    const struct kind *kind = find_kind(http);
    char type[64];
    (void)snprintf(type, sizeof(type), "urn:diming:problem:%s",
                   kind->slug ? kind->slug : "internal");
    gaz_json_open(json, out);
    gaz_json_object(json, NULL);
    gaz_json_string(json, "type", type);
    gaz_json_string(json, "title", kind->title);
    gaz_json_string(json, "title_zh", kind->title_zh);
    gaz_json_int(json, "status", http);
    gaz_json_optional(json, "detail", detail);
    gaz_json_string(json, "detail_zh",
                    detail_zh ? detail_zh : kind->general_zh);
    gaz_json_optional(json, "instance", instance);
}

void api_problem_write(struct gaz_buffer *out, int http, const char *detail,
                       const char *detail_zh, const char *instance,
                       const char *parameter)
{
    struct gaz_json json;
    api_problem_begin(&json, out, http, detail, detail_zh, instance);
    gaz_json_optional(&json, "parameter", parameter);
    gaz_json_end(&json);
}

const char *api_problem_reason(int http)
{
    return find_kind(http)->title;
}

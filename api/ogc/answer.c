/* SPDX-License-Identifier: Apache-2.0 */
#include "api/ogc/answer.h"

#include <string.h>

#include "api/problem.h"
#include "api/static.h"
#include "gazetteer/base/text.h"

/* How much `accept` wants a type: its q in thousandths, 0 when not named. */
static int wish(struct gaz_arena *arena, const char *accept, const char *type)
{
    size_t len = strlen(type);
    while (accept && *accept) {
        accept += strspn(accept, " ,");
        size_t item = strcspn(accept, ",");
        if (strncmp(accept, type, len) == 0 && strchr(" ;,", accept[len])) {
            const char *text = gaz_arena_strndup(arena, accept, item);
            const char *q = strstr(text, "q=");
            double value;
            if (!q)
                return 1000;
            q = gaz_arena_strndup(arena, q + 2, strcspn(q + 2, " ;"));
            return gaz_text_parse_double(q, &value) && value >= 0 && value <= 1
                       ? (int)(value * 1000)
                       : 0;
        }
        accept += item;
    }
    return 0;
}

gaz_status ogc_answer_format(struct api_worker *worker,
                             const struct api_request *request,
                             ogc_format fallback, ogc_format *out)
{
    struct gaz_arena *arena = &worker->ctx.arena;
    const char *f = api_param(request, "f");
    if (f && strcmp(f, "json") != 0 && strcmp(f, "geojson") != 0 &&
        strcmp(f, "html") != 0)
        return api_problem_parameter(worker, "f", "格式只有 json 和 html",
                                     "f is '%.40s'; it must be json or html",
                                     f);
    int html = wish(arena, request->accept, "text/html");
    int json = wish(arena, request->accept, "application/json");
    int geo = wish(arena, request->accept, "application/geo+json");
    if (geo > json)
        json = geo;
    *out = fallback;
    if (f)
        *out = strcmp(f, "html") == 0 ? OGC_HTML : OGC_JSON;
    else if (html != json)
        *out = html > json ? OGC_HTML : OGC_JSON;
    return GAZ_OK;
}

gaz_status ogc_answer_json(struct api_worker *worker,
                           const struct api_request *request)
{
    const char *f = api_param(request, "f");
    if (f && strcmp(f, "json") != 0)
        return api_problem_parameter(worker, "f", "格式只有 json",
                                     "f is '%.40s'; it must be json", f);
    return GAZ_OK;
}

/* Escapes what may not stand in a URI, and in a query what has a meaning. */
static void escape(struct gaz_buffer *out, const char *text, const char *kept)
{
    for (; *text; text++) {
        unsigned char c = (unsigned char)*text;
        bool is_plain = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
                        (c >= 'A' && c <= 'Z') || strchr("-._~", c) ||
                        strchr(kept, c);
        if (is_plain)
            gaz_buffer_char(out, (char)c);
        else
            gaz_buffer_printf(out, "%%%02X", c);
    }
}

enum { URL_MAX_BYTES = 64 * 1024 };

static const char *take(struct api_worker *worker, struct gaz_buffer *buffer)
{
    const char *text = gaz_arena_strndup(
        &worker->ctx.arena, buffer->data ? buffer->data : "", buffer->size);
    gaz_buffer_close(buffer);
    return text;
}

const char *ogc_answer_url(struct api_worker *worker,
                           const struct api_request *request, const char *path)
{
    struct gaz_buffer url;
    gaz_buffer_open(&url, URL_MAX_BYTES);
    gaz_buffer_text(&url, request->base_url ? request->base_url : "");
    escape(&url, path, "/@:");
    return take(worker, &url);
}

static void add_pair(struct gaz_buffer *url, int *count, const char *name,
                     const char *value)
{
    gaz_buffer_char(url, (*count)++ == 0 ? '?' : '&');
    escape(url, name, "");
    gaz_buffer_char(url, '=');
    escape(url, value, ",/:");
}

const char *ogc_answer_again(struct api_worker *worker,
                             const struct api_request *request,
                             const char *name, const char *value)
{
    struct gaz_buffer url;
    int count = 0;
    gaz_buffer_open(&url, URL_MAX_BYTES);
    gaz_buffer_text(&url, ogc_answer_url(worker, request, request->path));
    for (int i = 0; i < request->param_count; i++)
        if (strcmp(request->params[i].name, name) != 0)
            add_pair(&url, &count, request->params[i].name,
                     request->params[i].value);
    if (value)
        add_pair(&url, &count, name, value);
    return take(worker, &url);
}

void ogc_answer_link(struct gaz_json *json, const char *rel, const char *type,
                     const char *href, const char *title)
{
    gaz_json_object(json, NULL);
    gaz_json_string(json, "rel", rel);
    gaz_json_string(json, "type", type);
    gaz_json_string(json, "title", title);
    gaz_json_string(json, "href", href);
    gaz_json_end(json);
}

void ogc_answer_links(struct gaz_json *json, struct api_worker *worker,
                      const struct api_request *request, const char *json_type)
{
    ogc_answer_link(json, "self", json_type,
                    ogc_answer_again(worker, request, "f", "json"),
                    "this document");
    ogc_answer_link(json, "alternate", "text/html",
                    ogc_answer_again(worker, request, "f", "html"),
                    "this document as HTML");
}

/* ---- pages ---- */

void ogc_answer_anchor(struct gaz_buffer *out, const char *href,
                       const char *text)
{
    gaz_buffer_text(out, "<a href=\"");
    gaz_buffer_html(out, href);
    gaz_buffer_text(out, "\">");
    gaz_buffer_html(out, text);
    gaz_buffer_text(out, "</a>");
}

static const char STYLE[] =
    "<style>html,body{height:auto}body{max-width:1100px;margin:0 auto;padding:"
    "16px 20px 40px}header{display:flex;flex-wrap:wrap;gap:8px 14px;"
    "align-items:center;border-bottom:1px solid var(--line);padding-bottom:"
    "10px}h1{font-size:24px;margin:18px 0 6px}nav{color:var(--quiet);font-size:"
    "14px}.scroll{overflow-x:auto}table{border-collapse:collapse;width:100%;"
    "font-size:15px;margin:12px 0}th,td{text-align:left;padding:6px 10px 6px 0;"
    "border-bottom:1px solid var(--line);vertical-align:top}th{color:"
    "var(--quiet);font-weight:600;white-space:nowrap}code{font-size:14px;"
    "overflow-wrap:anywhere}.pages{display:flex;gap:16px;margin:12px "
    "0}</style>";

void ogc_answer_page(struct api_worker *worker,
                     const struct api_request *request, const char *title,
                     const char *const trail[], struct api_response *out)
{
    struct gaz_buffer *body = out->body;
    out->content_type = "text/html; charset=utf-8";
    out->csp = api_static_csp();
    gaz_buffer_text(body, "<!doctype html>\n<html lang=\"zh\"><head>"
                          "<meta charset=\"utf-8\"><meta name=\"viewport\" "
                          "content=\"width=device-width\"><title>");
    gaz_buffer_html(body, title);
    gaz_buffer_text(body, " · 地名</title><link rel=\"icon\" href=\"");
    gaz_buffer_html(body, ogc_answer_url(worker, request, "/assets/icon.svg"));
    gaz_buffer_text(body, "\"><link rel=\"stylesheet\" href=\"");
    gaz_buffer_html(body, ogc_answer_url(worker, request, "/assets/app.css"));
    gaz_buffer_text(body, "\">");
    gaz_buffer_text(body, STYLE);
    gaz_buffer_text(body, "</head>\n<body><header><span class=\"seal\">地名"
                          "</span><nav>");
    for (int i = 0; trail[i]; i += 2) {
        gaz_buffer_text(body, i > 0 ? " › " : "");
        ogc_answer_anchor(body, ogc_answer_url(worker, request, trail[i]),
                          trail[i + 1]);
    }
    gaz_buffer_text(body, "</nav><span style=\"margin-left:auto\">");
    ogc_answer_anchor(body, ogc_answer_again(worker, request, "f", "json"),
                      "JSON");
    gaz_buffer_text(body, "</span></header>\n<h1>");
    gaz_buffer_html(body, title);
    gaz_buffer_text(body, "</h1>\n");
}

void ogc_answer_page_end(struct gaz_buffer *out)
{
    gaz_buffer_text(out, "</body></html>\n");
}

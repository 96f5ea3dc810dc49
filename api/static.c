/* SPDX-License-Identifier: Apache-2.0 */
#include "api/static.h"

#include <string.h>

#include "gazetteer/base/text.h"

/* MapLibre starts its worker from a blob: URL, decodes images from data: and
 * blob: URLs, and sets styles on elements. Nothing comes from another host. */
static const char CSP[] =
    "default-src 'self'; img-src 'self' data: blob:; worker-src 'self' blob:; "
    "child-src 'self' blob:; style-src 'self' 'unsafe-inline'; "
    "object-src 'none'; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'self'";

static const char BARE_PAGE[] =
    "<!doctype html>\n<html lang=\"zh\"><head><meta charset=\"utf-8\">"
    "<meta name=\"viewport\" content=\"width=device-width\">"
    "<title>地名 Diming</title></head>\n<body><h1>地名 Diming</h1>\n"
    "<p>服务已启动。This build has no map page; the service itself runs.</p>\n"
    "<ul>\n"
    "<li><a href=\"v1/geocode?q=%E4%B9%8D%E6%B5%A6\">/v1/geocode?q=乍浦</a>\n"
    "<li><a href=\"v1/suggest?q=zhap\">/v1/suggest?q=zhap</a>\n"
    "<li><a href=\"v1/heritage\">/v1/heritage</a>\n"
    "<li><a href=\"openapi.json\">/openapi.json</a>\n"
    "<li><a href=\"healthz\">/healthz</a>\n</ul></body></html>\n";

static const struct {
    const char *ending;
    const char *type;
} TYPES[] = {
    {".html", "text/html; charset=utf-8"},
    {".js", "text/javascript; charset=utf-8"},
    {".mjs", "text/javascript; charset=utf-8"},
    {".css", "text/css; charset=utf-8"},
    {".json", "application/json"},
    {".map", "application/json"},
    {".svg", "image/svg+xml"},
    {".png", "image/png"},
    {".jpg", "image/jpeg"},
    {".webp", "image/webp"},
    {".ico", "image/x-icon"},
    {".woff2", "font/woff2"},
    {".pbf", "application/x-protobuf"},
    {".txt", "text/plain; charset=utf-8"},
    {".webmanifest", "application/manifest+json"},
};

const char *api_static_csp(void)
{
    return CSP;
}

const char *api_static_type(const char *name)
{
    for (size_t i = 0; i < sizeof(TYPES) / sizeof(TYPES[0]); i++)
        if (gaz_text_ends_with(name, TYPES[i].ending))
            return TYPES[i].type;
    return "application/octet-stream";
}

static const struct gaz_asset *find(const char *path)
{
    if (path[0] != '/')
        return NULL;
    return gaz_asset_find(API_PAGE, path[1] ? path + 1 : "index.html");
}

bool api_static_has(const char *path)
{
    return find(path) || strcmp(path, "/") == 0;
}

gaz_status api_static_answer(struct api_worker *worker,
                             const struct api_request *request,
                             struct api_response *out)
{
    const struct gaz_asset *asset = find(request->path);
    const char *name = asset ? asset->path : "index.html";
    const char *data = asset ? (const char *)asset->data : BARE_PAGE;
    size_t size = asset ? asset->size : sizeof(BARE_PAGE) - 1;
    if (!api_static_has(request->path))
        return gaz_fail(&worker->ctx, GAZ_NOT_FOUND, "no such file");
    out->content_type = api_static_type(name);
    out->etag = gaz_arena_printf(&worker->ctx.arena, "\"%016llx\"",
                                 (unsigned long long)gaz_text_hash(data, size));
    /* revalidated each time: names are not hashed, and a 304 is cheap */
    out->cache_control = "no-cache";
    if (gaz_text_ends_with(name, ".html"))
        out->csp = CSP;
    gaz_buffer_bytes(out->body, data, size);
    return GAZ_OK;
}

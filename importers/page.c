/* SPDX-License-Identifier: Apache-2.0 */
#include "importers/page.h"

#include <jansson.h>
#include <string.h>

/* jansson recurses: the depth is bounded before it begins. */
static bool is_shallow(const char *text, size_t size)
{
    int depth = 0;
    bool in_string = false;
    for (size_t i = 0; i < size; i++) {
        const char c = text[i];
        if (in_string) {
            i += c == '\\';
            in_string = c != '"';
        } else if (c == '"') {
            in_string = true;
        } else if (c == '[' || c == '{') {
            if (++depth > IMP_PAGE_DEPTH_MAX)
                return false;
        } else if (c == ']' || c == '}') {
            depth--;
        }
    }
    return true;
}

static gaz_status load(struct gaz_ctx *ctx, const char *name, const void *bytes,
                       size_t size, json_t **out)
{
    json_error_t error;
    if (size > IMP_PAGE_MAX_BYTES)
        return gaz_fail(ctx, GAZ_LIMIT, "%s: larger than %d bytes", name,
                        IMP_PAGE_MAX_BYTES);
    if (!is_shallow(bytes, size))
        return gaz_fail(ctx, GAZ_INVALID, "%s: nested deeper than %d levels",
                        name, IMP_PAGE_DEPTH_MAX);
    json_t *root = json_loadb(bytes, size, 0, &error);
    if (!root)
        return gaz_fail(ctx, GAZ_INVALID,
                        "%s: the answer is no whole JSON (%s, at byte %d of "
                        "%zu)",
                        name, error.text, error.position, size);
    if (!json_is_object(root)) {
        json_decref(root);
        return gaz_fail(ctx, GAZ_INVALID, "%s: the answer is no JSON object",
                        name);
    }
    *out = root;
    return GAZ_OK;
}

static const char *text_of(const json_t *object, const char *key)
{
    const char *text = json_string_value(json_object_get(object, key));
    return text ? text : "";
}

static const char *find_next(struct gaz_ctx *ctx, const json_t *root)
{
    const json_t *links = json_object_get(root, "links");
    size_t i;
    json_t *link;
    json_array_foreach(
        links, i,
        link) if (strcmp(text_of(link, "rel"), "next") == 0 &&
                  text_of(link,
                          "href")[0]) return gaz_arena_strdup(&ctx->arena,
                                                              text_of(link,
                                                                      "href"));
    return NULL;
}

static int64_t count_of(const json_t *root, const char *key)
{
    const json_t *value = json_object_get(root, key);
    return json_is_integer(value) && json_integer_value(value) >= 0
               ? json_integer_value(value)
               : -1;
}

static void count_features(const json_t *features, struct imp_page *page)
{
    size_t i;
    json_t *feature;
    json_array_foreach(features, i, feature)
    {
        const json_t *properties = json_object_get(feature, "properties");
        page->features++;
        page->schematic +=
            json_is_true(json_object_get(properties, "schematic"));
        page->placeless +=
            !json_is_object(json_object_get(feature, "geometry"));
    }
}

/* Where the string that begins at `at` ends, behind its quote. */
static size_t pass_string(const char *text, size_t size, size_t at)
{
    for (at++; at < size && text[at] != '"'; at++)
        at += text[at] == '\\';
    return at + 1;
}

/* Where the value of the member `key` (with its quotes) of the whole document
 * begins, the last one as for jansson; `size`: there is none. The text is known
 * to be JSON. */
static size_t find_member(const char *text, size_t size, const char *key)
{
    const size_t len = strlen(key);
    size_t found = size;
    int depth = 0;
    for (size_t i = 0; i < size; i++) {
        const char c = text[i];
        depth += (c == '{' || c == '[') - (c == '}' || c == ']');
        if (c != '"')
            continue;
        const size_t end = pass_string(text, size, i);
        const bool is_it = depth == 1 && end - i == len && end < size &&
                           memcmp(text + i, key, len) == 0;
        i = end;
        while (is_it && i < size && strchr(" \t\r\n", text[i]))
            i++;
        if (is_it && text[i] == ':')
            found = i + 1;
        i = end - 1;
    }
    return found;
}

/* The text of the features: what stands between the outer brackets. */
static void find_features(const char *text, size_t size, struct imp_page *page)
{
    size_t from = find_member(text, size, "\"features\"");
    while (from < size && text[from] != '[')
        from++;
    size_t to = from;
    int depth = 0;
    while (to < size) {
        const char c = text[to];
        depth += (c == '{' || c == '[') - (c == '}' || c == ']');
        if (depth == 0)
            break;
        to = c == '"' ? pass_string(text, size, to) : to + 1;
    }
    page->text = text + from + 1;
    page->text_size = page->features > 0 && to < size ? to - from - 1 : 0;
}

static gaz_status read_page(struct gaz_ctx *ctx, const char *name,
                            const json_t *root, struct imp_page *out)
{
    const json_t *features = json_object_get(root, "features");
    const int64_t returned = count_of(root, "numberReturned");
    struct imp_page page = {.matched = count_of(root, "numberMatched"),
                            .next = find_next(ctx, root)};
    if (strcmp(text_of(root, "type"), "FeatureCollection") != 0 ||
        !json_is_array(features))
        return gaz_fail(ctx, GAZ_INVALID,
                        "%s: the answer is no FeatureCollection", name);
    count_features(features, &page);
    if (returned >= 0 && returned != page.features)
        return gaz_fail(ctx, GAZ_INVALID,
                        "%s: the page is not whole: it says %lld features and "
                        "has %lld",
                        name, (long long)returned, (long long)page.features);
    *out = page;
    return GAZ_OK;
}

gaz_status imp_page_parse(struct gaz_ctx *ctx, const char *name,
                          const void *bytes, size_t size, struct imp_page *out)
{
    json_t *root = NULL;
    struct imp_page page = {0};
    gaz_status status = load(ctx, name, bytes, size, &root);
    if (status == GAZ_OK)
        status = read_page(ctx, name, root, &page);
    json_decref(root);
    if (status != GAZ_OK)
        return status;
    find_features(bytes, size, &page);
    if (page.features > 0 && page.text_size == 0)
        return gaz_fail(ctx, GAZ_INVALID,
                        "%s: the member \"features\" is spelled with escapes",
                        name);
    *out = page;
    return GAZ_OK;
}

gaz_status imp_page_offers_crs(struct gaz_ctx *ctx, const char *name,
                               const void *bytes, size_t size, const char *uri,
                               bool *out)
{
    json_t *root = NULL;
    size_t i;
    json_t *value;
    gaz_status status = load(ctx, name, bytes, size, &root);
    if (status != GAZ_OK)
        return status;
    bool is_offered = false;
    json_array_foreach(json_object_get(root, "crs"), i, value) is_offered =
        is_offered ||
        (json_is_string(value) && strcmp(json_string_value(value), uri) == 0);
    json_decref(root);
    *out = is_offered;
    return GAZ_OK;
}

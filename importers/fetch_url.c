/* SPDX-License-Identifier: Apache-2.0 */
#include "importers/fetch_url.h"

#include <ctype.h>
#include <curl/curl.h>
#include <string.h>
#include <strings.h>

#include "gazetteer/base/text.h"
#include "importers/fetch.h"

bool imp_fetch_is_url(const char *text)
{
    const char *at = text;
    while (isalnum((unsigned char)*at) || *at == '+' || *at == '-' ||
           *at == '.')
        at++;
    return at > text && isalpha((unsigned char)text[0]) &&
           gaz_text_starts_with(at, "://");
}

static const char *part_of(struct gaz_arena *arena, CURLU *parts,
                           CURLUPart which, unsigned flags)
{
    char *text = NULL;
    if (curl_url_get(parts, which, &text, flags) != CURLUE_OK)
        return NULL;
    const char *copy = gaz_arena_strdup(arena, text);
    curl_free(text);
    return copy;
}

/* "localhost" is the loopback to curl, whatever the resolver says. */
static bool is_loopback(const char *host)
{
    const bool is_ipv4 = host[strspn(host, "0123456789.")] == '\0';
    return strcasecmp(host, "localhost") == 0 || strcmp(host, "[::1]") == 0 ||
           (is_ipv4 && gaz_text_starts_with(host, "127."));
}

/* Why the parts of a URL are not taken; NULL: they are. A name and password
 * would be stored with each record. */
static const char *refuse_parts(struct gaz_arena *arena, CURLU *parts,
                                const struct imp_fetch_url_rules *rules,
                                bool *is_local)
{
    const char *scheme = part_of(arena, parts, CURLUPART_SCHEME, 0);
    const char *host = part_of(arena, parts, CURLUPART_HOST, 0);
    if (!scheme ||
        (strcmp(scheme, "https") != 0 && strcmp(scheme, "http") != 0))
        return "only https and http are taken";
    if (!host || host[0] == '\0')
        return "it names no host";
    if (part_of(arena, parts, CURLUPART_USER, 0) ||
        part_of(arena, parts, CURLUPART_PASSWORD, 0))
        return "a user name or password in a URL is not taken";
    *is_local = is_loopback(host);
    if (rules->is_redirect && *is_local && !rules->from_local)
        return "that is this machine";
    if (strcmp(scheme, "http") == 0 && !*is_local && !rules->allow_http)
        return "http is not secure; --allow-http takes it all the same";
    return NULL;
}

const char *imp_fetch_url_refuse(struct gaz_arena *arena, const char *url,
                                 const struct imp_fetch_url_rules *rules,
                                 bool *is_local)
{
    CURLU *parts = curl_url();
    const CURLUcode code =
        curl_url_set(parts, CURLUPART_URL, url, CURLU_NON_SUPPORT_SCHEME);
    const char *why = code == CURLUE_OK
                          ? refuse_parts(arena, parts, rules, is_local)
                          : curl_url_strerror(code);
    curl_url_cleanup(parts);
    return why;
}

static bool same_part(CURLU *a, CURLU *b, CURLUPart which)
{
    char *one = NULL;
    char *other = NULL;
    const bool is_same =
        curl_url_get(a, which, &one, CURLU_DEFAULT_PORT) == CURLUE_OK &&
        curl_url_get(b, which, &other, CURLU_DEFAULT_PORT) == CURLUE_OK &&
        strcasecmp(one, other) == 0;
    curl_free(one);
    curl_free(other);
    return is_same;
}

bool imp_fetch_same_host(const char *a, const char *b)
{
    CURLU *one = curl_url();
    CURLU *other = curl_url();
    const bool is_same =
        curl_url_set(one, CURLUPART_URL, a, 0) == CURLUE_OK &&
        curl_url_set(other, CURLUPART_URL, b, 0) == CURLUE_OK &&
        same_part(one, other, CURLUPART_SCHEME) &&
        same_part(one, other, CURLUPART_HOST) &&
        same_part(one, other, CURLUPART_PORT);
    curl_url_cleanup(one);
    curl_url_cleanup(other);
    return is_same;
}

static bool is_plain(uint32_t c)
{
    return (c < 128 && (isalnum((int)c) || strchr("-_.", (int)c))) ||
           gaz_text_is_han(c);
}

/* Of a long name the end is kept: the format is known by it. */
static const char *make_safe(struct gaz_arena *arena, const char *from)
{
    const size_t len = strlen(from);
    char *name = gaz_arena_alloc(arena, len + 1);
    size_t size = 0;
    for (size_t pos = 0; pos < len;) {
        const uint32_t c = gaz_text_next(from, len, &pos);
        const bool is_hidden = size == 0 && c == '.';
        size +=
            gaz_text_encode(is_plain(c) && !is_hidden ? c : '_', name + size);
    }
    if (size == 0)
        return "download";
    size_t cut =
        size > IMP_FETCH_NAME_MAX_BYTES ? size - IMP_FETCH_NAME_MAX_BYTES : 0;
    while ((name[cut] & 0xC0) == 0x80)
        cut++;
    return name + cut;
}

/* NULL: it has none. */
static const char *part_of_url(struct gaz_arena *arena, const char *url,
                               CURLUPart which, unsigned flags)
{
    CURLU *parts = curl_url();
    const char *part = NULL;
    if (curl_url_set(parts, CURLUPART_URL, url, 0) == CURLUE_OK)
        part = part_of(arena, parts, which, flags);
    curl_url_cleanup(parts);
    return part;
}

const char *imp_fetch_url_name(struct gaz_arena *arena, const char *url)
{
    const char *path = part_of_url(arena, url, CURLUPART_PATH, CURLU_URLDECODE);
    const char *slash = path ? strrchr(path, '/') : NULL;
    return make_safe(arena, slash ? slash + 1 : "");
}

/* ---- collections ---- */

/* The ID in a path, encoded as it stands; NULL: it is of no collection. */
static const char *collection_of(struct gaz_arena *arena, const char *path)
{
    static const char FOLDER[] = "/collections/";
    const char *at = path ? strstr(path, FOLDER) : NULL;
    if (!at)
        return NULL;
    at += strlen(FOLDER);
    const size_t len = strcspn(at, "/");
    const char *rest = at + len;
    const bool is_whole = strcmp(rest, "") == 0 || strcmp(rest, "/") == 0 ||
                          strcmp(rest, "/items") == 0 ||
                          strcmp(rest, "/items/") == 0;
    return len > 0 && is_whole ? gaz_arena_strndup(arena, at, len) : NULL;
}

/* The value of a parameter of a query, to its end; NULL: it is not there. */
static const char *find_parameter(const char *query, const char *name)
{
    const size_t len = strlen(name);
    for (const char *at = query; at && *at;) {
        if (strncmp(at, name, len) == 0 && at[len] == '=')
            return at + len + 1;
        at = strchr(at, '&');
        at = at ? at + 1 : NULL;
    }
    return NULL;
}

const char *imp_fetch_url_items(struct gaz_arena *arena, const char *url,
                                int limit)
{
    const char *path = part_of_url(arena, url, CURLUPART_PATH, 0);
    const char *query = part_of_url(arena, url, CURLUPART_QUERY, 0);
    const char *id = collection_of(arena, path);
    const char *format = find_parameter(query, "f");
    if (!id || (format && !gaz_text_starts_with(format, "json") &&
                !gaz_text_starts_with(format, "geojson")))
        return NULL;
    const char *end = strstr(url, "/collections/");
    if (!end)
        return NULL;
    const char *with = query && query[0] ? query : "";
    const char *more =
        find_parameter(query, "limit")
            ? ""
            : gaz_arena_printf(arena, "%slimit=%d", with[0] ? "&" : "", limit);
    return gaz_arena_printf(arena, "%.*s/collections/%s/items?%s%s",
                            (int)(end - url), url, id, with, more);
}

const char *imp_fetch_url_collection(struct gaz_arena *arena, const char *url)
{
    const char *path = part_of_url(arena, url, CURLUPART_PATH, CURLU_URLDECODE);
    const char *id = collection_of(arena, path);
    return make_safe(arena, id ? id : "");
}

const char *imp_fetch_url_join(struct gaz_arena *arena, const char *base,
                               const char *link)
{
    CURLU *parts = curl_url();
    char *text = NULL;
    const char *joined = NULL;
    if (curl_url_set(parts, CURLUPART_URL, base, 0) == CURLUE_OK &&
        curl_url_set(parts, CURLUPART_URL, link, 0) == CURLUE_OK &&
        curl_url_get(parts, CURLUPART_URL, &text, 0) == CURLUE_OK)
        joined = gaz_arena_strdup(arena, text);
    curl_free(text);
    curl_url_cleanup(parts);
    return joined;
}

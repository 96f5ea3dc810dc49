/* SPDX-License-Identifier: Apache-2.0 */
#include "importers/fetch.h"

#include <curl/curl.h>
#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "gazetteer/base/clock.h"
#include "gazetteer/base/text.h"
#include "importers/fetch_url.h"

enum {
    HTTP_OK = 200,
    HTTP_PARTIAL = 206,
    HTTP_REDIRECT = 300,
    HTTP_NOT_MODIFIED = 304,
    HTTP_ERROR = 400,
    CLOCK_SLACK_MS = 50, /* curl rounds its clocks */
};

struct fetch {
    struct gaz_ctx *ctx;
    struct imp_fetch_options options; /* no zeros */
    const char *url;                  /* as asked for */
    bool is_local;                    /* url is of the loopback */
    CURL *curl;
    char why[CURL_ERROR_SIZE]; /* curl's words for the last failure */
    int64_t deadline;          /* of now_ms */
    const char *path;
    FILE *file;
    int64_t size; /* bytes in the file */
    bool is_unchanged;
    const char *told_etag; /* of the last answer, weak ones too */
    const char *told_crs;
    const char *etag; /* of what is in the file, if it is strong; or NULL */
    /* of one request: */
    bool has_begun;  /* the file is ready for this answer's bytes */
    int64_t skipped; /* bytes of an answer that is no file */
    bool is_too_large;
    int write_error; /* errno; 0: none */
};

/* What came of a try. */
struct verdict {
    gaz_status status;
    const char *why; /* NULL when GAZ_OK */
    bool may_pass;   /* trying again may help */
};

/* ---- the file ---- */

gaz_status imp_fetch_temporary(struct gaz_ctx *ctx, const char *name,
                               const char **path, FILE **out)
{
    const char *folder = getenv("TMPDIR");
    char *full = gaz_arena_printf(&ctx->arena, "%s/diming_XXXXXX-%s",
                                  folder && folder[0] ? folder : "/tmp", name);
    const int fd = mkstemps(full, (int)strlen(name) + 1);
    if (fd < 0)
        return gaz_fail(ctx, GAZ_IO, "cannot create '%s': %s", full,
                        strerror(errno));
    FILE *file = fdopen(fd, "wb");
    if (!file) {
        const int why = errno;
        (void)close(fd);
        imp_fetch_discard(full);
        return gaz_fail(ctx, GAZ_IO, "cannot write '%s': %s", full,
                        strerror(why));
    }
    *path = full;
    *out = file;
    return GAZ_OK;
}

void imp_fetch_discard(const char *path)
{
    (void)unlink(path);
}

static bool empty_file(struct fetch *f)
{
    f->size = 0;
    f->etag = NULL;
    if (fflush(f->file) == 0 && fseek(f->file, 0, SEEK_SET) == 0 &&
        ftruncate(fileno(f->file), 0) == 0)
        return true;
    f->write_error = errno;
    return false;
}

/* ---- one request ---- */

static long answer_of(const struct fetch *f)
{
    long answer = 0;
    (void)curl_easy_getinfo(f->curl, CURLINFO_RESPONSE_CODE, &answer);
    return answer;
}

static const char *header_of(const struct fetch *f, const char *name)
{
    struct curl_header *header = NULL;
    return curl_easy_header(f->curl, name, 0, CURLH_HEADER, -1, &header) ==
                   CURLHE_OK
               ? header->value
               : NULL;
}

/* "" when there is none. */
static const char *keep_header(const struct fetch *f, const char *name)
{
    const char *value = header_of(f, name);
    return value ? gaz_arena_strdup(&f->ctx->arena, value) : "";
}

/* A whole file begins at the beginning; a part must go on where we are. */
static bool begin_body(struct fetch *f)
{
    f->has_begun = true;
    if (answer_of(f) == HTTP_OK) {
        if (!empty_file(f))
            return false;
        const char *etag = header_of(f, "ETag");
        if (etag && etag[0] == '"')
            f->etag = gaz_arena_strdup(&f->ctx->arena, etag);
        return true;
    }
    const char *range = header_of(f, "Content-Range");
    return f->size > 0 && range &&
           gaz_text_starts_with(range,
                                gaz_arena_printf(&f->ctx->arena, "bytes %lld-",
                                                 (long long)f->size));
}

static bool is_file(long answer)
{
    return answer == HTTP_OK || answer == HTTP_PARTIAL;
}

/* curl's callback. Anything but size*count ends the transfer. */
static size_t take_bytes(char *data, size_t size, size_t count, void *user)
{
    struct fetch *f = user;
    const int64_t bytes = (int64_t)(size * count);
    const bool is_wanted = is_file(answer_of(f));
    if (is_wanted && !f->has_begun && !begin_body(f))
        return 0;
    f->is_too_large =
        (is_wanted ? f->size : f->skipped) + bytes > f->options.max_bytes;
    if (f->is_too_large)
        return 0;
    if (!is_wanted) {
        f->skipped += bytes;
        return size * count;
    }
    const size_t written = fwrite(data, 1, size * count, f->file);
    if (written != size * count)
        f->write_error = errno ? errno : EIO;
    f->size += (int64_t)written;
    return written;
}

static void set_up(struct fetch *f, const char *url, bool is_local)
{
    CURL *curl = f->curl;
    curl_easy_reset(curl);
    curl_easy_setopt(curl, CURLOPT_URL, url);
    curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 0L); /* we do, and check */
    curl_easy_setopt(curl, CURLOPT_SSL_VERIFYPEER, 1L);
    curl_easy_setopt(curl, CURLOPT_SSL_VERIFYHOST, 2L);
    curl_easy_setopt(curl, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
    curl_easy_setopt(curl, CURLOPT_USERAGENT, "diming");
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_FAILONERROR, 1L);
    curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, f->why);
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, take_bytes);
    curl_easy_setopt(curl, CURLOPT_WRITEDATA, f);
    if (is_local)
        curl_easy_setopt(curl, CURLOPT_PROXY, "");
    /* 0 would be no limit at all. */
    const int64_t left = f->deadline - gaz_clock_ms();
    curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, (long)(left > 1 ? left : 1));
    curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT_MS,
                     (long)f->options.connect_ms);
    curl_easy_setopt(curl, CURLOPT_LOW_SPEED_TIME, (long)f->options.stall_s);
    curl_easy_setopt(curl, CURLOPT_LOW_SPEED_LIMIT,
                     (long)IMP_FETCH_STALL_BYTES_S);
    curl_easy_setopt(curl, CURLOPT_MAXFILESIZE_LARGE,
                     (curl_off_t)f->options.max_bytes);
}

/* What is sent along; the caller's own lines only to the host that was asked
 * for: a key is not for wherever a redirect leads. */
static struct curl_slist *make_headers(struct fetch *f, const char *url)
{
    struct curl_slist *headers = NULL;
    struct gaz_arena *arena = &f->ctx->arena;
    const char *const *own = f->options.headers;
    for (; own && *own && imp_fetch_same_host(url, f->url); own++)
        headers = curl_slist_append(headers, *own);
    if (f->size > 0 && f->etag) {
        curl_easy_setopt(f->curl, CURLOPT_RANGE,
                         gaz_arena_printf(arena, "%lld-", (long long)f->size));
        return curl_slist_append(
            headers, gaz_arena_printf(arena, "If-Range: %s", f->etag));
    }
    if (f->options.if_none_match)
        headers = curl_slist_append(headers,
                                    gaz_arena_printf(arena, "If-None-Match: %s",
                                                     f->options.if_none_match));
    return headers;
}

static CURLcode perform(struct fetch *f, const char *url, bool is_local)
{
    set_up(f, url, is_local);
    struct curl_slist *headers = make_headers(f, url);
    curl_easy_setopt(f->curl, CURLOPT_HTTPHEADER, headers);
    f->why[0] = '\0';
    f->has_begun = false;
    f->skipped = 0;
    CURLcode code = curl_easy_perform(f->curl);
    /* An answer without a single byte never came by take_bytes. */
    if (code == CURLE_OK && is_file(answer_of(f)) && !f->has_begun &&
        !begin_body(f))
        code = CURLE_WRITE_ERROR;
    curl_slist_free_all(headers);
    return code;
}

/* ---- what came of it ---- */

static struct verdict judge_answer(const struct fetch *f, long answer)
{
    static const long PASSING[] = {408, 429, 500, 502, 503, 504};
    struct verdict v = {.status = GAZ_IO};
    v.why = gaz_arena_printf(&f->ctx->arena, "the host answered %ld", answer);
    if (answer == 404 || answer == 410) {
        v.status = GAZ_NOT_FOUND;
        v.why = gaz_arena_printf(&f->ctx->arena, "not there (%ld)", answer);
    }
    for (size_t i = 0; i < sizeof(PASSING) / sizeof(PASSING[0]); i++)
        v.may_pass = v.may_pass || answer == PASSING[i];
    return v;
}

/* curl has one code for three clocks. */
static struct verdict judge_timeout(const struct fetch *f)
{
    struct gaz_arena *arena = &f->ctx->arena;
    curl_off_t connected = 0;
    (void)curl_easy_getinfo(f->curl, CURLINFO_PRETRANSFER_TIME_T, &connected);
    if (gaz_clock_ms() + CLOCK_SLACK_MS >= f->deadline)
        return (struct verdict){
            .status = GAZ_IO,
            .why = gaz_arena_printf(
                arena, "not complete after %.1f s (%lld bytes)",
                (double)f->options.total_ms / 1000, (long long)f->size)};
    if (connected == 0)
        return (struct verdict){
            .status = GAZ_IO,
            .may_pass = true,
            .why = gaz_arena_printf(arena, "no connection within %.1f s",
                                    (double)f->options.connect_ms / 1000)};
    return (struct verdict){
        .status = GAZ_IO,
        .may_pass = true,
        .why = gaz_arena_printf(arena, "stalled for %d s after %lld bytes",
                                f->options.stall_s, (long long)f->size)};
}

static struct verdict judge_code(const struct fetch *f, CURLcode code)
{
    struct gaz_arena *arena = &f->ctx->arena;
    const char *why =
        gaz_arena_strdup(arena, f->why[0] ? f->why : curl_easy_strerror(code));
    struct verdict v = {.status = GAZ_IO, .why = why, .may_pass = true};
    switch (code) {
    case CURLE_OPERATION_TIMEDOUT:
        return judge_timeout(f);
    case CURLE_PARTIAL_FILE:
        v.why = gaz_arena_printf(arena, "cut short: %s", why);
        return v;
    case CURLE_GOT_NOTHING:
        v.why = "the host closed the connection without an answer";
        return v;
    case CURLE_PEER_FAILED_VERIFICATION:
        v.status = GAZ_INVALID;
        v.may_pass = false;
        v.why = gaz_arena_printf(
            arena, "the host's certificate cannot be verified: %s", why);
        return v;
    case CURLE_COULDNT_RESOLVE_HOST:
    case CURLE_COULDNT_CONNECT:
    case CURLE_SEND_ERROR:
    case CURLE_RECV_ERROR:
    case CURLE_HTTP2:
    case CURLE_HTTP2_STREAM:
        return v;
    default:
        v.may_pass = false;
        return v;
    }
}

static struct verdict judge(struct fetch *f, CURLcode code)
{
    struct gaz_arena *arena = &f->ctx->arena;
    const long answer = answer_of(f);
    if (f->write_error)
        return (struct verdict){
            .status = GAZ_IO,
            .why = gaz_arena_printf(arena, "cannot write '%s': %s", f->path,
                                    strerror(f->write_error))};
    if (f->is_too_large || code == CURLE_FILESIZE_EXCEEDED)
        return (struct verdict){
            .status = GAZ_LIMIT,
            .why = gaz_arena_printf(arena, "larger than %lld bytes",
                                    (long long)f->options.max_bytes)};
    if (code == CURLE_WRITE_ERROR)
        return (struct verdict){
            .status = GAZ_IO,
            .why = "the host answered with another part than was asked for"};
    if (code != CURLE_OK && code != CURLE_HTTP_RETURNED_ERROR)
        return judge_code(f, code);
    if (answer == HTTP_NOT_MODIFIED && f->options.if_none_match) {
        f->is_unchanged = true;
        return (struct verdict){.status = GAZ_OK};
    }
    if (!is_file(answer))
        return judge_answer(f, answer);
    return (struct verdict){.status = GAZ_OK};
}

/* ---- redirects, tries ---- */

static const char *refuse_url(struct fetch *f, const char *url,
                              bool is_redirect, bool *is_local)
{
    const struct imp_fetch_url_rules rules = {.is_redirect = is_redirect,
                                              .from_local = f->is_local,
                                              .allow_http =
                                                  f->options.allow_http};
    return imp_fetch_url_refuse(&f->ctx->arena, url, &rules, is_local);
}

/* Where the answer sends us; NULL: nowhere. */
static const char *redirect_of(const struct fetch *f, CURLcode code)
{
    const char *target = NULL;
    const long answer = answer_of(f);
    if (code != CURLE_OK || answer < HTTP_REDIRECT || answer >= HTTP_ERROR)
        return NULL;
    (void)curl_easy_getinfo(f->curl, CURLINFO_REDIRECT_URL, &target);
    return gaz_arena_strdup(&f->ctx->arena, target);
}

static struct verdict try_once(struct fetch *f)
{
    const char *url = f->url;
    bool is_local = f->is_local;
    if (!f->etag && !empty_file(f))
        return judge(f, CURLE_WRITE_ERROR);
    for (int hops = 0; hops <= IMP_FETCH_REDIRECTS; hops++) {
        const CURLcode code = perform(f, url, is_local);
        url = redirect_of(f, code);
        if (!url)
            return judge(f, code);
        const char *why = refuse_url(f, url, true, &is_local);
        if (why)
            return (struct verdict){
                .status = GAZ_INVALID,
                .why = gaz_arena_printf(
                    &f->ctx->arena, "it redirects to '%.120s': %s", url, why)};
    }
    return (struct verdict){.status = GAZ_INVALID,
                            .why = gaz_arena_printf(&f->ctx->arena,
                                                    "more than %d redirects",
                                                    IMP_FETCH_REDIRECTS)};
}

/* Waits before try number `tries` + 1, at least as long as the host asked for.
 * False: the time is over before that. */
static bool pause_after(const struct fetch *f, int tries)
{
    enum { ASKED_MAX_S = 3600, DOUBLINGS_MAX = 20 };
    curl_off_t asked = 0;
    (void)curl_easy_getinfo(f->curl, CURLINFO_RETRY_AFTER, &asked);
    const int doublings = tries - 1 < DOUBLINGS_MAX ? tries - 1 : DOUBLINGS_MAX;
    int64_t ms = f->options.pause_ms * (INT64_C(1) << doublings);
    if (asked > ASKED_MAX_S)
        return false;
    if (ms < asked * 1000)
        ms = asked * 1000;
    if (gaz_clock_ms() + ms >= f->deadline)
        return false;
    struct timespec left = {.tv_sec = (time_t)(ms / 1000),
                            .tv_nsec = (long)(ms % 1000) * 1000000};
    while (nanosleep(&left, &left) != 0 && errno == EINTR)
        continue;
    return true;
}

static gaz_status try_often(struct fetch *f, int *tries)
{
    struct verdict v;
    do {
        v = try_once(f);
        ++*tries;
    } while (v.may_pass && *tries < f->options.tries && pause_after(f, *tries));
    if (v.status == GAZ_OK)
        return GAZ_OK;
    const char *count =
        *tries > 1 ? gaz_arena_printf(&f->ctx->arena, " (%d tries)", *tries)
                   : "";
    return gaz_fail(f->ctx, v.status, "cannot fetch '%.200s': %.250s%s", f->url,
                    v.why, count);
}

static void fill_options(struct imp_fetch_options *o)
{
    o->max_bytes = o->max_bytes ? o->max_bytes : IMP_FETCH_MAX_BYTES;
    o->total_ms = o->total_ms ? o->total_ms : IMP_FETCH_TOTAL_MS;
    o->connect_ms = o->connect_ms ? o->connect_ms : IMP_FETCH_CONNECT_MS;
    o->pause_ms = o->pause_ms ? o->pause_ms : IMP_FETCH_PAUSE_MS;
    o->stall_s = o->stall_s ? o->stall_s : IMP_FETCH_STALL_S;
    o->tries = o->tries ? o->tries : IMP_FETCH_TRIES;
}

static gaz_status refuse(struct fetch *f)
{
    if (strlen(f->url) > IMP_FETCH_URL_MAX_BYTES)
        return gaz_fail(f->ctx, GAZ_LIMIT,
                        "cannot fetch '%.200s...': a URL has at most %d bytes",
                        f->url, IMP_FETCH_URL_MAX_BYTES);
    const char *why = refuse_url(f, f->url, false, &f->is_local);
    return why ? gaz_fail(f->ctx, GAZ_INVALID, "cannot fetch '%.200s': %s",
                          f->url, why)
               : GAZ_OK;
}

static gaz_status fetch_file(struct fetch *f, int *tries)
{
    f->curl = curl_easy_init();
    if (!f->curl)
        return gaz_fail(f->ctx, GAZ_IO, "cannot fetch '%.200s': no libcurl",
                        f->url);
    gaz_status status = try_often(f, tries);
    f->told_etag = keep_header(f, "ETag");
    f->told_crs = keep_header(f, "Content-Crs");
    curl_easy_cleanup(f->curl);
    return status;
}

static void start_curl(void)
{
    (void)curl_global_init(CURL_GLOBAL_DEFAULT);
}

gaz_status imp_fetch_url(struct gaz_ctx *ctx, const char *url,
                         const struct imp_fetch_options *options,
                         struct imp_fetched *out)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    (void)pthread_once(&once, start_curl);
    struct fetch f = {.ctx = ctx, .url = url};
    struct imp_fetched fetched = {.tries = 0};
    if (options)
        f.options = *options;
    fill_options(&f.options);
    f.deadline = gaz_clock_ms() + f.options.total_ms;
    gaz_status status = refuse(&f);
    if (status == GAZ_OK) {
        fetched.name = imp_fetch_url_name(&ctx->arena, url);
        status = imp_fetch_temporary(ctx, fetched.name, &f.path, &f.file);
    }
    if (status == GAZ_OK)
        status = fetch_file(&f, &fetched.tries);
    if (f.file && fclose(f.file) != 0 && status == GAZ_OK)
        status = gaz_fail(ctx, GAZ_IO, "cannot write '%s': %s", f.path,
                          strerror(errno));
    fetched.path = f.path;
    fetched.size = f.size;
    fetched.is_unchanged = f.is_unchanged;
    fetched.etag = f.told_etag;
    fetched.content_crs = f.told_crs;
    if (status != GAZ_OK || f.is_unchanged)
        imp_fetch_remove(&fetched);
    if (status == GAZ_OK)
        *out = fetched;
    return status;
}

void imp_fetch_remove(const struct imp_fetched *fetched)
{
    if (fetched->path)
        imp_fetch_discard(fetched->path);
}

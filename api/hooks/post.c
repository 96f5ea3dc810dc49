/* SPDX-License-Identifier: Apache-2.0 */
#include "api/hooks/post.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>

#include <curl/curl.h>

enum { URL_MAX_BYTES = 1000, CONNECT_MS = 5000, ANSWER_MAX_BYTES = 64 * 1024 };

struct api_poster {
    struct api_post_options options;
    CURLM *multi;
    struct post *posts; /* under way */
};

/* One request. */
struct post {
    struct post *next;
    CURL *curl;
    struct curl_slist *headers;
    void *user;
    bool url_is_own; /* says 127.0.0.1, ::1 or localhost itself */
    bool allows_private;
    bool is_refused; /* the address */
    size_t got;
};

/* ---- which URLs, which addresses ---- */

/* Not 127.0.0.1.example.org. */
static bool is_own_name(const char *host)
{
    struct in_addr address;
    return strcasecmp(host, "localhost") == 0 || strcmp(host, "[::1]") == 0 ||
           (inet_pton(AF_INET, host, &address) == 1 &&
            ntohl(address.s_addr) >> 24 == 127);
}

/* The parts of a URL; false: it is none. */
static bool split(const char *url, char **scheme, char **host, char **user)
{
    CURLU *parts = curl_url();
    *scheme = *host = *user = NULL;
    bool is_url = curl_url_set(parts, CURLUPART_URL, url, 0) == CURLUE_OK &&
                  curl_url_get(parts, CURLUPART_SCHEME, scheme, 0) == 0 &&
                  curl_url_get(parts, CURLUPART_HOST, host, 0) == 0;
    if (is_url && curl_url_get(parts, CURLUPART_USER, user, 0) != CURLUE_OK)
        *user = NULL;
    curl_url_cleanup(parts);
    return is_url;
}

static void free_parts(char *scheme, char *host, char *user)
{
    curl_free(scheme);
    curl_free(host);
    curl_free(user);
}

bool api_post_check_url(const char *url, const char **why_not)
{
    char *scheme;
    char *host;
    char *user;
    *why_not = NULL;
    if (strlen(url) > URL_MAX_BYTES)
        *why_not = "a URL has at most 1000 bytes";
    for (const char *at = url; *at && !*why_not; at++)
        if (*at <= ' ' || *at > '~')
            *why_not = "a URL is plain ASCII without blanks";
    if (*why_not)
        return false;
    if (!split(url, &scheme, &host, &user)) {
        free_parts(scheme, host, user);
        *why_not = "it is no URL";
        return false;
    }
    if (user)
        *why_not = "a URL with a user or password ends up in logs";
    else if (strcmp(scheme, "https") != 0 &&
             !(strcmp(scheme, "http") == 0 && is_own_name(host)))
        *why_not = "it must be https; http only to this machine";
    free_parts(scheme, host, user);
    return *why_not == NULL;
}

typedef enum { OPEN, PRIVATE, OWN } net_reach;

/* RFC 6890: what is not for the whole Internet. */
static net_reach reach_of_4(uint32_t address)
{
    static const struct {
        uint32_t net;
        int bits;
        net_reach reach;
    } NETS[] = {
        {0x7F000000, 8, OWN},      {0x00000000, 8, PRIVATE},
        {0x0A000000, 8, PRIVATE},  {0x64400000, 10, PRIVATE},
        {0xA9FE0000, 16, PRIVATE}, {0xAC100000, 12, PRIVATE},
        {0xC0000000, 24, PRIVATE}, {0xC0A80000, 16, PRIVATE},
        {0xC6120000, 15, PRIVATE}, {0xE0000000, 3, PRIVATE},
    };
    for (size_t i = 0; i < sizeof(NETS) / sizeof(NETS[0]); i++)
        if ((address ^ NETS[i].net) >> (32 - NETS[i].bits) == 0)
            return NETS[i].reach;
    return OPEN;
}

static net_reach reach_of_6(const unsigned char address[16])
{
    static const unsigned char LOOPBACK[16] = {[15] = 1};
    static const unsigned char MAPPED[12] = {[10] = 0xFF, [11] = 0xFF};
    uint32_t inner = (uint32_t)address[12] << 24 | (uint32_t)address[13] << 16 |
                     (uint32_t)address[14] << 8 | address[15];
    if (memcmp(address, LOOPBACK, 16) == 0)
        return OWN;
    if (memcmp(address, MAPPED, 12) == 0)
        return reach_of_4(inner);
    /* only 2000::/3 is routed, and of it 2001::/23 and 2002::/16 carry other
     * addresses inside */
    if ((address[0] & 0xE0) != 0x20 ||
        (address[0] == 0x20 && address[1] == 0x02) ||
        (address[0] == 0x20 && address[1] == 0x01 && address[2] < 2))
        return PRIVATE;
    return OPEN;
}

static bool may_reach(net_reach reach, bool url_is_own, bool allows_private)
{
    if (reach == OWN)
        return url_is_own;
    return reach == OPEN || allows_private;
}

bool api_post_may_connect(const char *address, bool url_is_own,
                          bool allows_private)
{
    struct in_addr four;
    struct in6_addr six;
    if (inet_pton(AF_INET, address, &four) == 1)
        return may_reach(reach_of_4(ntohl(four.s_addr)), url_is_own,
                         allows_private);
    return inet_pton(AF_INET6, address, &six) == 1 &&
           may_reach(reach_of_6(six.s6_addr), url_is_own, allows_private);
}

/* Called by libcurl with the address that the name led to. */
static curl_socket_t open_socket(void *user, curlsocktype purpose,
                                 struct curl_sockaddr *to)
{
    struct post *post = user;
    net_reach reach = PRIVATE;
    (void)purpose;
    if (to->family == AF_INET) {
        struct sockaddr_in four;
        memcpy(&four, &to->addr, sizeof(four));
        reach = reach_of_4(ntohl(four.sin_addr.s_addr));
    } else if (to->family == AF_INET6 &&
               to->addrlen <= sizeof(struct sockaddr_in6)) {
        struct sockaddr_in6 six;
        memcpy(&six, &to->addr, sizeof(six));
        reach = reach_of_6(six.sin6_addr.s6_addr);
    }
    if (!may_reach(reach, post->url_is_own, post->allows_private)) {
        post->is_refused = true;
        return CURL_SOCKET_BAD;
    }
    return socket(to->family, to->socktype | SOCK_CLOEXEC, to->protocol);
}

/* The answer's body is not wanted, and may not be endless. */
static size_t drop_bytes( // NOLINTNEXTLINE(readability-non-const-parameter)
    char *data, size_t size, size_t count, void *user)
{
    struct post *post = user;
    (void)data;
    post->got += size * count;
    return post->got > ANSWER_MAX_BYTES ? 0 : size * count;
}

/* ---- requests ---- */

gaz_status api_post_open(struct gaz_ctx *ctx,
                         const struct api_post_options *options,
                         struct api_poster **out)
{
    if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK)
        return gaz_fail(ctx, GAZ_IO, "libcurl does not start");
    struct api_poster *poster = gaz_malloc(sizeof(*poster));
    poster->options = *options;
    poster->multi = curl_multi_init();
    if (!poster->multi) {
        gaz_free(poster);
        return gaz_fail(ctx, GAZ_IO, "libcurl does not start");
    }
    *out = poster;
    return GAZ_OK;
}

static void free_post(struct api_poster *poster, struct post *post)
{
    struct post **at = &poster->posts;
    while (*at && *at != post)
        at = &(*at)->next;
    if (*at)
        *at = post->next;
    (void)curl_multi_remove_handle(poster->multi, post->curl);
    curl_easy_cleanup(post->curl);
    curl_slist_free_all(post->headers);
    gaz_free(post);
}

void api_post_close(struct api_poster *poster)
{
    if (!poster)
        return;
    while (poster->posts)
        free_post(poster, poster->posts);
    (void)curl_multi_cleanup(poster->multi);
    gaz_free(poster);
}

static bool url_is_own(const char *url)
{
    char *scheme;
    char *host;
    char *user;
    const bool is_own = split(url, &scheme, &host, &user) && is_own_name(host);
    free_parts(scheme, host, user);
    return is_own;
}

static void set_options(const struct api_poster *poster, struct post *post,
                        const char *url, const char *body, size_t size)
{
    CURL *curl = post->curl;
    curl_easy_setopt(curl, CURLOPT_URL, url);
    curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(curl, CURLOPT_PROXY, ""); /* would hide the address */
    curl_easy_setopt(curl, CURLOPT_SSL_VERIFYPEER, 1L);
    curl_easy_setopt(curl, CURLOPT_SSL_VERIFYHOST, 2L);
    curl_easy_setopt(curl, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
    curl_easy_setopt(curl, CURLOPT_USERAGENT, "diming");
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_HTTPHEADER, post->headers);
    curl_easy_setopt(curl, CURLOPT_POST, 1L);
    curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)size);
    curl_easy_setopt(curl, CURLOPT_COPYPOSTFIELDS, body);
    curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS,
                     (long)poster->options.timeout_ms);
    curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT_MS, (long)CONNECT_MS);
    curl_easy_setopt(curl, CURLOPT_OPENSOCKETFUNCTION, open_socket);
    curl_easy_setopt(curl, CURLOPT_OPENSOCKETDATA, post);
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, drop_bytes);
    curl_easy_setopt(curl, CURLOPT_WRITEDATA, post);
    curl_easy_setopt(curl, CURLOPT_PRIVATE, post);
}

gaz_status api_post_start(struct gaz_ctx *ctx, struct api_poster *poster,
                          const char *url, const char *const *headers,
                          const char *body, size_t size, void *user)
{
    struct post *post = gaz_malloc(sizeof(*post));
    post->user = user;
    post->url_is_own = url_is_own(url);
    post->allows_private = poster->options.allows_private;
    post->curl = curl_easy_init();
    for (; *headers; headers++)
        post->headers = curl_slist_append(post->headers, *headers);
    post->next = poster->posts;
    poster->posts = post;
    if (post->curl)
        set_options(poster, post, url, body, size);
    if (!post->curl ||
        curl_multi_add_handle(poster->multi, post->curl) != CURLM_OK) {
        free_post(poster, post);
        return gaz_fail(ctx, GAZ_IO, "libcurl takes no request");
    }
    return GAZ_OK;
}

/* The request that has ended, if any. */
static struct post *ended(struct api_poster *poster, CURLcode *code)
{
    int left = 0;
    const CURLMsg *message = curl_multi_info_read(poster->multi, &left);
    char *post = NULL;
    if (!message || message->msg != CURLMSG_DONE)
        return NULL;
    *code = message->data.result;
    (void)curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, &post);
    return (struct post *)(void *)post;
}

static void take_result(struct post *post, CURLcode code,
                        struct api_post_result *out)
{
    long status = 0;
    *out = (struct api_post_result){.user = post->user};
    (void)curl_easy_getinfo(post->curl, CURLINFO_RESPONSE_CODE, &status);
    /* a body that was cut off after a good head does no harm */
    if (code == CURLE_WRITE_ERROR && status > 0)
        code = CURLE_OK;
    out->status = code == CURLE_OK ? (int)status : 0;
    if (post->is_refused && code != CURLE_OK)
        (void)snprintf(out->failure, sizeof(out->failure),
                       "the address is private; the operator does not allow "
                       "that");
    else if (code != CURLE_OK)
        (void)snprintf(out->failure, sizeof(out->failure), "%s",
                       curl_easy_strerror(code));
    else if (status < 200 || status > 299)
        (void)snprintf(
            out->failure, sizeof(out->failure), "answer %ld%s", status,
            status >= 300 && status < 400 ? "; redirects are not followed"
                                          : "");
}

bool api_post_wait(struct api_poster *poster, int wait_ms,
                   struct api_post_result *out)
{
    int running = 0;
    CURLcode code = CURLE_OK;
    (void)curl_multi_perform(poster->multi, &running);
    struct post *post = ended(poster, &code);
    if (!post) {
        (void)curl_multi_poll(poster->multi, NULL, 0, wait_ms, NULL);
        (void)curl_multi_perform(poster->multi, &running);
        post = ended(poster, &code);
    }
    if (!post)
        return false;
    take_result(post, code, out);
    free_post(poster, post);
    return true;
}

void api_post_wake(struct api_poster *poster)
{
    (void)curl_multi_wakeup(poster->multi);
}

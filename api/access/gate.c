/* SPDX-License-Identifier: Apache-2.0 */
#include "api/access/gate.h"

#include <string.h>
#include <strings.h>
#include <time.h>

#include "api/access/limiter.h"
#include "api/problem.h"
#include "gazetteer/base/clock.h"
#include "gazetteer/base/text.h"

enum {
    SECONDS_A_DAY = 86400,
    CHINA_UTC_S = 8 * 3600,
    UNREAD_RETRY_S = 10,
};

struct api_gate {
    struct api_keyring *ring; /* NULL: no keys */
    struct api_limiter *limiter;
    struct api_meter *meter;
    bool limits_own;
    const char *trusted_proxy;
};

struct api_gate *api_gate_open(const struct api_gate_options *options,
                               struct api_meter *meter)
{
    const int rate = options->rate > 0 ? options->rate : API_GATE_RATE_DEFAULT;
    struct api_gate *gate = gaz_malloc(sizeof(*gate));
    gate->limiter = api_limiter_open(rate, rate * API_GATE_BURST_SECONDS);
    gate->ring = options->db ? api_keyring_open(options->db) : NULL;
    gate->meter = meter;
    gate->limits_own = options->limits_own;
    gate->trusted_proxy = options->trusted_proxy;
    return gate;
}

void api_gate_close(struct api_gate *gate)
{
    if (!gate)
        return;
    api_limiter_close(gate->limiter);
    api_keyring_close(gate->ring);
    gaz_free(gate);
}

struct api_keyring *api_gate_ring(struct api_gate *gate)
{
    return gate->ring;
}

bool api_gate_is_own(const char *address)
{
    return gaz_text_starts_with(address, "127.");
}

/* The address that asks: the last one that the trusted proxy added. */
static const char *find_address(const struct api_gate *gate,
                                struct gaz_arena *arena,
                                const struct api_visitor *visitor)
{
    if (!gate->trusted_proxy || !visitor->forwarded ||
        strcmp(visitor->address, gate->trusted_proxy) != 0)
        return visitor->address;
    const char *comma = strrchr(visitor->forwarded, ',');
    const char *last = comma ? comma + 1 : visitor->forwarded;
    last += strspn(last, " \t");
    return gaz_arena_strndup(arena, last, strcspn(last, " \t"));
}

/* The key that was sent, NULL when none was. */
static const char *find_key(const struct api_visitor *visitor)
{
    static const char BEARER[] = "Bearer ";
    const char *sent = visitor->authorization;
    if (sent && strncasecmp(sent, BEARER, sizeof(BEARER) - 1) == 0)
        return sent + sizeof(BEARER) - 1 +
               strspn(sent + sizeof(BEARER) - 1, " ");
    return visitor->api_key;
}

static gaz_status refuse_key(struct api_gate *gate, struct api_worker *worker)
{
    api_meter_refuse(gate->meter, API_REFUSED_KEY);
    return api_problem_fail(worker, GAZ_INVALID, 401, "密钥无效或已停用",
                            "the key is unknown, expired or revoked");
}

/* Quotas begin anew at midnight in China. */
static int seconds_to_midnight(void)
{
    return SECONDS_A_DAY - (int)((time(NULL) + CHINA_UTC_S) % SECONDS_A_DAY);
}

static gaz_status admit_public(struct api_gate *gate, struct api_worker *worker,
                               const char *address)
{
    if (api_gate_is_own(address) && !gate->limits_own)
        return GAZ_OK;
    const int wait_s = api_limiter_take(gate->limiter, address, gaz_clock_ms());
    if (wait_s == 0)
        return GAZ_OK;
    api_meter_refuse(gate->meter, API_REFUSED_RATE);
    worker->retry_after_s = wait_s;
    return api_problem_fail(worker, GAZ_LIMIT, 429, "请求过于频繁",
                            "too many requests from this address; wait %d s, "
                            "or ask for a key",
                            wait_s);
}

static gaz_status admit_key(struct api_gate *gate, struct api_worker *worker,
                            const char *key, const char *address)
{
    const api_key_answer answer =
        gate->ring ? api_keyring_check(gate->ring, key, &worker->caller)
                   : API_KEY_UNKNOWN;
    if (answer == API_KEY_UNKNOWN) { /* who guesses may not guess fast */
        gaz_status status = admit_public(gate, worker, address);
        return status == GAZ_OK ? refuse_key(gate, worker) : status;
    }
    if (answer == API_KEY_GOOD)
        return GAZ_OK;
    if (answer == API_KEY_UNREAD) {
        worker->retry_after_s = UNREAD_RETRY_S;
        return api_problem_fail(worker, GAZ_IO, 503, "密钥暂时无法查验",
                                "the keys cannot be read: the database cannot "
                                "be opened; try again");
    }
    api_meter_refuse(gate->meter, API_REFUSED_RATE);
    worker->retry_after_s = seconds_to_midnight();
    return api_problem_fail(worker, GAZ_LIMIT, 429, "今日配额已用完",
                            "the key's quota of today is used up");
}

static gaz_status check_role(struct api_gate *gate, struct api_worker *worker,
                             const struct api_route *route, const char *address)
{
    const unsigned wanted = route ? api_route_roles(route) : 0;
    const unsigned has = worker->caller.roles;
    bool is_local =
        route && (route->flags & API_LOCAL) && api_gate_is_own(address);
    if (wanted == 0 || is_local || (has & (wanted | GAZ_ROLE_ADMIN)))
        return GAZ_OK;
    api_meter_refuse(gate->meter, API_REFUSED_ROLE);
    const char *names = gaz_role_names(&worker->ctx.arena, wanted);
    if (worker->caller.id[0] == '\0')
        return api_problem_fail(worker, GAZ_INVALID, 401, "需要密钥",
                                "a key with the role %s is needed", names);
    return api_problem_fail(worker, GAZ_INVALID, 403, "密钥没有此权限",
                            "the key lacks the role %s", names);
}

gaz_status api_gate_admit(struct api_gate *gate, struct api_worker *worker,
                          const struct api_visitor *visitor)
{
    worker->caller = (struct api_caller){.roles = 0};
    const char *address = find_address(gate, &worker->ctx.arena, visitor);
    const char *key = find_key(visitor);
    const size_t size = address ? strlen(address) : 0;
    const size_t most = sizeof(worker->caller.address) - 1;
    if (size > 0)
        memcpy(worker->caller.address, address, size < most ? size : most);
    gaz_status status = key ? admit_key(gate, worker, key, address)
                            : admit_public(gate, worker, address);
    if (status == GAZ_OK)
        status = check_role(gate, worker, visitor->route, address);
    return status;
}

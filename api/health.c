/* SPDX-License-Identifier: Apache-2.0 */
/* health.c - does this process live, and from which data does it answer. */
#include "api/handlers.h"
#include "gazetteer/base/json.h"

gaz_status api_health(struct api_worker *worker,
                      const struct api_request *request,
                      struct api_response *out)
{
    (void)request;
    const struct gaz_snapshot *snap = worker->snap;
    out->cache_control = "no-store";
    struct gaz_json json;
    gaz_json_open(&json, out->body);
    gaz_json_object(&json, NULL);
    gaz_json_string(&json, "status", "ok");
    gaz_json_string(&json, "version", DIMING_VERSION);
    if (!snap) { /* /readyz is the one that says so with its status */
        gaz_json_null(&json, "snapshot");
        gaz_json_end(&json);
        return GAZ_OK;
    }
    gaz_json_object(&json, "snapshot");
    gaz_json_string(&json, "checksum",
                    gaz_arena_printf(&worker->ctx.arena, "%016llx",
                                     (unsigned long long)snap->checksum));
    gaz_json_int(&json, "places", snap->place_count);
    gaz_json_int(&json, "names", snap->name_count);
    gaz_json_int(&json, "addresses", snap->address_count);
    gaz_json_int(&json, "journal_seq", (int64_t)snap->journal_seq);
    gaz_json_end(&json);
    gaz_json_end(&json);
    return GAZ_OK;
}

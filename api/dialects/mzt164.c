/* SPDX-License-Identifier: Apache-2.0 */
/* mzt164.c - the seven interfaces that MZ/T 164-2020 names for place-name
 * services: query of places, query of signs, details of a place, details of a
 * sign, base data of divisions, base data of categories, attachments.
 *
 * We know of the standard which interfaces there are, that each takes GET and
 * POST, that an answer has a status code and states its reference system; not
 * its spelling of paths and members. Those here are ours, after the shapes of
 * the national library (stname.h). The data has no signs and no attachments:
 * the answers say so, with an empty list.
 */
#include <string.h>

#include "api/category.h"
#include "api/dialects/handlers.h"
#include "api/dialects/stname.h"
#include "api/problem.h"

/* The envelope of an answer around what `inner` writes. */
static gaz_status wrap(struct api_worker *worker,
                       const struct api_request *request, api_handler *inner,
                       struct api_response *out)
{
    gaz_buffer_text(out->body, "{\"status\":200,\"message\":\"success\","
                               "\"crs\":\"EPSG:4490\",\"data\":");
    gaz_status status = inner(worker, request, out);
    gaz_buffer_char(out->body, '}');
    return status;
}

gaz_status dialect_mzt164_places(struct api_worker *worker,
                                 const struct api_request *request,
                                 struct api_response *out)
{
    return wrap(worker, request, dialect_stname_list, out);
}

gaz_status dialect_mzt164_place(struct api_worker *worker,
                                const struct api_request *request,
                                struct api_response *out)
{
    return wrap(worker, request, dialect_stname_details, out);
}

gaz_status dialect_mzt164_divisions(struct api_worker *worker,
                                    const struct api_request *request,
                                    struct api_response *out)
{
    return wrap(worker, request, dialect_stname_divisions, out);
}

/* Each category that the data has, with how many places. */
gaz_status dialect_mzt164_categories(struct api_worker *worker,
                                     const struct api_request *request,
                                     struct api_response *out)
{
    enum { TYPES_MAX = 128 };
    const struct gaz_snapshot *snap = worker->snap;
    struct {
        uint32_t category;
        int count;
    } types[TYPES_MAX];
    int count = 0;
    (void)request;
    for (uint32_t i = 0; i < snap->place_count; i++) {
        int k = 0;
        while (k < count && types[k].category != snap->places[i].category)
            k++;
        if (k == TYPES_MAX)
            continue;
        if (k == count) {
            types[count].category = snap->places[i].category;
            types[count++].count = 0;
        }
        types[k].count++;
    }
    struct gaz_json json;
    gaz_json_open(&json, out->body);
    gaz_json_object(&json, NULL);
    gaz_json_int(&json, "status", 200);
    gaz_json_string(&json, "message", "success");
    gaz_json_string(&json, "crs", "EPSG:4490");
    gaz_json_array(&json, "data");
    for (int k = 0; k < count; k++) {
        char code[8];
        gaz_json_object(&json, NULL);
        gaz_json_string(&json, "place_type_code",
                        dialect_stname_type_code(types[k].category, code));
        gaz_json_string(&json, "place_type",
                        api_category_find(types[k].category)->zh);
        gaz_json_int(&json, "count", types[k].count);
        gaz_json_end(&json);
    }
    gaz_json_end(&json);
    gaz_json_end(&json);
    return GAZ_OK;
}

/* Signs and attachments. */
gaz_status dialect_mzt164_none(struct api_worker *worker,
                               const struct api_request *request,
                               struct api_response *out)
{
    (void)worker;
    (void)request;
    gaz_buffer_text(
        out->body,
        "{\"status\":200,\"message\":\"本服务没有地名标志与附件的数据"
        "\",\"crs\":\"EPSG:4490\",\"data\":{\"total\":0,"
        "\"records\":[]}}");
    return GAZ_OK;
}

/* SPDX-License-Identifier: Apache-2.0 */
/* stname_count.c - how many places share a name, or sound alike, by division or
 * by category (datastatis/GroupCount...). */
#include <string.h>

#include "api/category.h"
#include "api/dialects/handlers.h"
#include "api/dialects/stname.h"
#include "api/problem.h"

enum { GROUPS_MAX = 256 };

struct count {
    const char *name;
    bool is_pinyin;
    bool is_by_type;
    uint32_t division; /* GAZ_NONE: all */
};

struct group {
    uint32_t key; /* place of the division, or category */
    int count;
};

/* Letters only, lower case: "Zha Pu" is "zhapu". */
static bool sounds_like(const char *plain, const char *asked)
{
    while (*asked) {
        char c = *asked++;
        if (c == ' ' || c == '\'')
            continue;
        if (c >= 'A' && c <= 'Z')
            c = (char)(c - 'A' + 'a');
        if (*plain++ != c)
            return false;
    }
    return *plain == '\0';
}

/* Under its standard name or the short one. */
static bool has_name(const struct gaz_snapshot *snap, const struct count *asked,
                     uint32_t place)
{
    const struct gaz_snap_place *row = &snap->places[place];
    for (uint32_t i = 0; i < row->name_count; i++) {
        const struct gaz_snap_name *name = &snap->names[row->name_first + i];
        if (name->kind != GAZ_NAME_STANDARD && name->kind != GAZ_NAME_SHORT)
            continue;
        bool is_same =
            asked->is_pinyin
                ? sounds_like(gaz_snapshot_text(snap, name->plain), asked->name)
                : strcmp(gaz_snapshot_text(snap, name->text), asked->name) == 0;
        if (is_same)
            return true;
    }
    return false;
}

/* The division just below the asked one that holds the place, or the county. */
static uint32_t division_of(const struct gaz_snapshot *snap,
                            const struct count *asked, uint32_t place)
{
    uint32_t at = place;
    for (int depth = 0; depth < 16 && at != GAZ_NONE; depth++) {
        uint32_t parent = snap->places[at].parent;
        if (asked->division == GAZ_NONE
                ? snap->places[at].level == GAZ_LEVEL_COUNTY
                : parent == asked->division || at == asked->division)
            return at;
        at = parent;
    }
    return place;
}

static void add(struct group *groups, int *count, uint32_t key)
{
    int i = 0;
    while (i < *count && groups[i].key != key)
        i++;
    if (i == GROUPS_MAX)
        return;
    if (i == *count)
        groups[(*count)++] = (struct group){.key = key};
    groups[i].count++;
}

static void write_group(struct gaz_json *json, const struct gaz_snapshot *snap,
                        const struct count *asked, const struct group *group)
{
    char code[8];
    gaz_json_object(json, NULL);
    if (asked->is_by_type) {
        gaz_json_string(json, "type", api_category_find(group->key)->zh);
        gaz_json_string(json, "typeCode",
                        dialect_stname_type_code(group->key, code));
    } else {
        gaz_json_string(json, "name", api_part_name(snap, group->key));
        gaz_json_string(
            json, "code",
            gaz_snapshot_text(snap, snap->places[group->key].code_text));
    }
    gaz_json_int(json, "count", group->count);
    gaz_json_end(json);
}

static gaz_status answer(struct api_worker *worker,
                         const struct api_request *request, struct count *asked,
                         struct api_response *out)
{
    const struct gaz_snapshot *snap = worker->snap;
    const char *code = api_param(request, "distCode");
    struct group groups[GROUPS_MAX];
    int count = 0;
    asked->name = api_param(request, "name");
    asked->division = GAZ_NONE;
    if (code && code[0]) {
        asked->division = dialect_stname_division(snap, code);
        if (asked->division == GAZ_NONE)
            return api_problem_parameter(worker, "distCode", "没有这个区划代码",
                                         "no division has the code '%.40s'",
                                         code);
    }
    for (uint32_t i = 0; i < snap->place_count; i++)
        if (snap->places[i].status == GAZ_STATUS_CURRENT &&
            (asked->division == GAZ_NONE ||
             gaz_snapshot_lies_in(snap, i, asked->division)) &&
            has_name(snap, asked, i))
            add(groups, &count,
                asked->is_by_type ? snap->places[i].category
                                  : division_of(snap, asked, i));
    struct gaz_json json;
    gaz_json_open(&json, out->body);
    gaz_json_object(&json, NULL);
    gaz_json_int(&json, "status", 200);
    gaz_json_string(&json, "message", "success");
    gaz_json_array(&json, "data");
    for (int i = 0; i < count; i++)
        write_group(&json, snap, asked, &groups[i]);
    gaz_json_end(&json);
    gaz_json_end(&json);
    return GAZ_OK;
}

gaz_status dialect_stname_name_by_code(struct api_worker *worker,
                                       const struct api_request *request,
                                       struct api_response *out)
{
    struct count asked = {.is_pinyin = false};
    return answer(worker, request, &asked, out);
}

gaz_status dialect_stname_name_by_type(struct api_worker *worker,
                                       const struct api_request *request,
                                       struct api_response *out)
{
    struct count asked = {.is_by_type = true};
    return answer(worker, request, &asked, out);
}

gaz_status dialect_stname_pinyin_by_code(struct api_worker *worker,
                                         const struct api_request *request,
                                         struct api_response *out)
{
    struct count asked = {.is_pinyin = true};
    return answer(worker, request, &asked, out);
}

gaz_status dialect_stname_pinyin_by_type(struct api_worker *worker,
                                         const struct api_request *request,
                                         struct api_response *out)
{
    struct count asked = {.is_pinyin = true, .is_by_type = true};
    return answer(worker, request, &asked, out);
}

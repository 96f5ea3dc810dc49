/* SPDX-License-Identifier: Apache-2.0 */
/* table.c - the routes that write, in the order of docs/guide/writing.md. */
#include "api/write/table.h"

#include "api/write/handlers.h"

#define JSON "application/json; charset=utf-8"
#define BODY "application/json"
#define PATCH "application/merge-patch+json application/json"
#define EDITOR (API_HEAVY | API_ROLES(GAZ_ROLE_EDITOR))
#define CHANGES (EDITOR | API_LOCKS)

const struct api_route WRITE_ROUTES[] = {
    {"POST", "/v1/places", api_write_place_create, "dry_run", JSON, BODY,
     EDITOR, "place_create", "新增地名", "make a place"},
    {"GET", "/v1/places/{id}/record", api_write_record_get, "", JSON, NULL,
     EDITOR, "record", "供编辑的记录，含 ETag",
     "a place or address as it can be sent back, with its ETag"},
    {"PUT", "/v1/places/{id}", api_write_place_put, "dry_run", JSON, BODY,
     CHANGES, "place_put", "整体修改地名，须带 If-Match",
     "replace a place; needs If-Match"},
    {"PATCH", "/v1/places/{id}", api_write_place_patch, "dry_run", JSON, PATCH,
     CHANGES, "place_patch", "修改地名的若干项，须带 If-Match",
     "change members of a place (RFC 7396); needs If-Match"},
    {"POST", "/v1/places/{id}/abolish", api_write_place_abolish, "dry_run",
     JSON, BODY, CHANGES, "place_abolish", "废止地名，须带 If-Match",
     "end a place, perhaps into another; needs If-Match"},
    {"POST", "/v1/places/{id}/names", api_write_name_add, "dry_run", JSON, BODY,
     CHANGES, "name_add", "增加名称；kind 为 standard 即更名，须带 If-Match",
     "add a name; one of kind standard renames the place; needs If-Match"},
    {"PUT", "/v1/places/{id}/names/{index}", api_write_name_put, "dry_run",
     JSON, BODY, CHANGES, "name_put", "改正一个名称，须带 If-Match",
     "correct a name; needs If-Match"},
    {"POST", "/v1/places/{id}/names/{index}/remove", api_write_name_remove,
     "dry_run", JSON, BODY, CHANGES, "name_remove",
     "删除一个名称，须带 If-Match", "take a name away; needs If-Match"},
    {"POST", "/v1/addresses", api_write_address_create, "dry_run", JSON, BODY,
     EDITOR, "address_create", "新增地址", "make an address"},
    {"PUT", "/v1/addresses/{id}", api_write_address_put, "dry_run", JSON, BODY,
     CHANGES, "address_put", "整体修改地址，须带 If-Match",
     "replace an address; needs If-Match"},
    {"PATCH", "/v1/addresses/{id}", api_write_address_patch, "dry_run", JSON,
     PATCH, CHANGES, "address_patch", "修改地址的若干项，须带 If-Match",
     "change members of an address (RFC 7396); needs If-Match"},
    {"POST", "/v1/addresses/{id}/abolish", api_write_address_abolish, "dry_run",
     JSON, BODY, CHANGES, "address_abolish", "废止地址，须带 If-Match",
     "end an address; needs If-Match"},
    {"GET", "/v1/changes/{seq}", api_write_change_get, "", JSON, NULL, EDITOR,
     "change_group", "含此变更的变更组：何人、何故",
     "the change group that holds an entry: who and why"},
    {"POST", "/v1/changes/{seq}/undo", api_write_undo, "dry_run", JSON, BODY,
     EDITOR, "change_undo", "撤销变更组", "take back a change group"},
    {.method = NULL},
};

const struct api_param_doc WRITE_PARAM_DOCS[] = {
    {"dry_run", "string", "true", 0, 0, "true：只检查，不写入",
     "true: judge and tell only, change nothing"},
    {"id", "string", "0HQ4T0Q2C9V1K", 0, 0, "地名或地址的编号，13 位",
     "the id of a place or address, 13 characters"},
    {"If-Match", "string", "*", 0, 0, "所读记录的 ETag；* 表示不论哪一版",
     "the ETag of the record as you read it; * overrides"},
    {"Idempotency-Key", "string", "letter-1", 0, 0,
     "重发时带同一键，不会写两次",
     "the same key again gets the same answer, and changes nothing twice"},
    {"index", "integer", "0", 0, 63, "名称的序号，0 为标准名称",
     "which name, from 0, the standard one"},
    {"seq", "integer", "1", 0, 9007199254740992.0, "变更序号",
     "the number of an entry of the journal"},
    {.name = NULL},
};

#define SOURCE                                                                 \
    "\"source\": {\"key\": \"bureau-letters\", \"edition\": \"2026-11\", "     \
    "\"title\": \"示例来文\", \"origin\": \"示例\", "                    \
    "\"licence\": \"facts restated\"}"
#define WHY "\"why\": \"示例：来文第 1 号\""

const struct api_example WRITE_EXAMPLES[] = {
    {"place_create",
     "{" WHY ", " SOURCE ", \"place\": {\"category\": \"23510\", \"names\": "
     "[{\"text\": \"示例路\", \"kind\": \"standard\", \"valid_from\": "
     "\"2026-11-01\"}], \"position\": {\"lon\": 121.02, \"lat\": 30.68, "
     "\"method\": \"surveyed\", \"accuracy_m\": 5}}}"},
    {"place_put",
     "{" WHY ", " SOURCE ", \"place\": {\"category\": \"23510\", \"names\": "
     "[{\"text\": \"示例路\", \"kind\": \"standard\"}]}}"},
    {"place_patch",
     "{" WHY ", " SOURCE ", \"place\": {\"meaning\": \"示例\"}}"},
    {"place_abolish", "{" WHY ", " SOURCE ", \"date\": \"2026-11-24\"}"},
    {"name_add",
     "{" WHY ", " SOURCE ", \"name\": {\"text\": \"示例老路\", \"kind\": "
     "\"alias\"}}"},
    {"name_put",
     "{" WHY ", " SOURCE ", \"name\": {\"text\": \"示例路\", \"kind\": "
     "\"standard\", \"roman\": \"Shìlì Lù\"}}"},
    {"name_remove", "{" WHY ", " SOURCE "}"},
    {"address_create",
     "{" WHY ", " SOURCE ", \"address\": {\"parent\": \"0HQ4T0Q2C9V1K\", "
     "\"number\": \"158号\"}}"},
    {"address_put",
     "{" WHY ", " SOURCE ", \"address\": {\"parent\": \"0HQ4T0Q2C9V1K\", "
     "\"number\": \"160号\"}}"},
    {"address_patch",
     "{" WHY ", " SOURCE ", \"address\": {\"position\": {\"lon\": 121.02, "
     "\"lat\": 30.68, \"method\": \"surveyed\", \"accuracy_m\": 2}}}"},
    {"address_abolish", "{" WHY ", " SOURCE ", \"date\": \"2026-11-24\"}"},
    {"change_undo", "{" WHY "}"},
    {.name = NULL},
};

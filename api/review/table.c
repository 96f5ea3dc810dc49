/* SPDX-License-Identifier: Apache-2.0 */
/* table.c - the routes of the queue. All but the page want a clerk's key; each
 * that changes something wants the version that was seen. */
#include "api/review/table.h"

#include "api/review/ask.h"
#include "api/review/handlers.h"

#define JSON "application/json; charset=utf-8"
#define CLERK (API_ROLES(GAZ_ROLE_CLERK) | API_HEAVY)
#define FILTERS "status kind rule severity band in about batch"

const struct api_route REVIEW_ROUTES[] = {
    {"GET", "/v1/review", api_review_list_get, FILTERS " after limit", JSON,
     NULL, CLERK, "review_list", "待审事项：合并建议、导入问题、核查发现",
     "the queue: proposed merges, issues of imports, findings of checks"},
    {"GET", "/v1/review/summary", api_review_summary_get, "", JSON, NULL, CLERK,
     "review_summary", "各规则、各状态有多少条",
     "how many there are of each rule and status"},
    {"GET", "/v1/review/decisions", api_review_sheet_get, FILTERS,
     "text/csv; charset=utf-8", NULL, CLERK, "review_export",
     "导出为 CSV，供乡镇离线填写", "the queue as CSV, to fill in offline"},
    {"POST", "/v1/review/decisions", api_review_sheet_post, "", JSON,
     "text/csv", CLERK, "review_import", "导入填好的 CSV，逐行办理",
     "carry out the rows of a CSV that have an action; each says the version "
     "that it is for, so that sending it again does nothing more"},
    {"POST", "/v1/review/bulk", api_review_bulk_post, "", JSON,
     "application/json", CLERK | API_LOCKS, "review_bulk",
     "按规则成批办理；先以 dry_run 试办，再以所得 ETag 为 If-Match 办理",
     "decide all of a rule at once or not at all: a dry run first, which needs "
     "no If-Match and whose ETag is the If-Match of the real one"},
    {"GET", "/v1/review/{id}", api_review_item_get, "", JSON, NULL, CLERK,
     "review_item", "一条待审：两条记录并列、证据、地图、经过",
     "one, with its records side by side, evidence, a map and its trail"},
    {"POST", "/v1/review/{id}", api_review_decide_post, "", JSON,
     "application/json", CLERK | API_LOCKS, "review_decide",
     "办理一条：accept、reject、waive、edit、undo",
     "decide one: accept, reject, waive, edit (field and value) or undo"},
    {"GET", "/review", api_review_page, "", "text/html; charset=utf-8", NULL, 0,
     "review_page", "审核页面", "the page of the clerks"},
    {.method = NULL},
};

const struct api_param_doc REVIEW_PARAM_DOCS[] = {
    {"status", "string", "open", 0, 0,
     "open（默认）、accepted、rejected、waived、fixed、gone 或 all",
     "open (default), accepted, rejected, waived, fixed, gone or all"},
    {"kind", "string", "finding", 0, 0, "merge、issue 或 finding",
     "merge, issue (of an import) or finding (of a check)"},
    {"rule", "string", "R10", 0, 0, "规则编号；合并建议为 dedupe",
     "a rule; dedupe for merges"},
    {"severity", "string", "warning", 0, 0, "error、warning 或 info",
     "error, warning or info"},
    {"band", "string", "review", 0, 0, "合并建议：duplicate 或 review",
     "of merges: duplicate or review"},
    {"in", "string", "330482101", 0, 0, "只在此区划代码之内",
     "only below this division code"},
    {"about", "string", "0HQ4T0Q2C9V1K", 0, 0, "涉及此编号的地名或地址",
     "whose records include this place or address"},
    {"batch", "integer", "17", 1, 9007199254740992.0, "同一批办理的",
     "those that were decided together"},
    {"after", "integer", "17", 1, 9007199254740992.0,
     "排在这一条之后的，见 links", "those behind this one; see links"},
    {"limit", "integer", "50", 1, API_REVIEW_PAGE_MAX, "每页几条，默认 50",
     "items a page; 50 by default"},
    {"id", "integer", "17", 1, 9007199254740992.0, "待审编号",
     "the number of a review"},
    {"If-Match", "string", "\"17.1\"", 0, 0, "所见的版本，即 ETag",
     "the version that was seen: its ETag"},
    {"Idempotency-Key", "string", "8e03978e-40d5-43e8", 0, 0,
     "重发时不重复办理，至多 128 字节",
     "sent again with the same key, a request gets the same answer and does "
     "nothing more; at most 128 bytes"},
    {.name = NULL},
};

const struct api_example REVIEW_EXAMPLES[] = {
    {"review_list", "rule=R10&limit=1"},
    {"review_decide", "{\"action\": \"accept\", \"why\": \"统一拼写\"}"},
    {"review_bulk",
     "{\"action\": \"accept\", \"rule\": \"R10\", \"dry_run\": true}"},
    {"review_import", "id,version,action,who,why\n17,1,accept,王芳,统一拼写\n"},
    {.name = NULL},
};

/* SPDX-License-Identifier: Apache-2.0 */
/* table.c - the routes and parameters of batches and jobs. */
#include "api/jobs/table.h"

#define JSON "application/json; charset=utf-8"

const struct api_example JOBS_EXAMPLES[] = {
    {"batch", "地址\n平湖市乍浦镇\n"},
    {.name = NULL},
};

#define EXAMPLE_URL                                                            \
    "http://127.0.0.1:8080/v1/batch/jobs/0123456789ABCDEFGHJKMNPQRS"

const char JOBS_EXAMPLE_ANSWER[] =
    "{\"id\":\"0123456789ABCDEFGHJKMNPQRS\",\"status\":\"done\","
    "\"created\":\"2026-11-24T12:55:41Z\",\"started\":\"2026-11-24T12:55:41Z\","
    "\"finished\":\"2026-11-24T12:55:43Z\",\"expires\":\"2026-12-01T12:55:"
    "43Z\","
    "\"input\":\"csv\",\"input_bytes\":1198904,\"format\":\"csv\","
    "\"at\":\"2026-11-24\",\"rows_done\":60000,\"rows_total\":60000,"
    "\"rows_per_second\":30000,\"counts\":{\"matched\":20000,\"review\":20000,"
    "\"none\":10000,\"invalid\":10000},\"links\":["
    "{\"rel\":\"self\",\"href\":\"" EXAMPLE_URL
    "\",\"type\":\"application/json\"},"
    "{\"rel\":\"result\",\"href\":\"" EXAMPLE_URL
    "/result\",\"type\":\"text/csv; charset=utf-8; header=present\"},"
    "{\"rel\":\"rejects\",\"href\":\"" EXAMPLE_URL
    "/rejects\",\"type\":\"text/csv; charset=utf-8; header=present\"}]}";

const struct api_route JOBS_ROUTES[] = {
    {"POST", "/v1/batch", api_jobs_post,
     "column mode id_column format encoding output_encoding at in", JSON,
     "text/csv text/tab-separated-values application/json application/x-ndjson "
     "application/jsonl "
     "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
     API_NEEDS_SNAPSHOT | API_HEAVY | API_SPOOLS, "batch",
     "批量标准化与定位：当场返回，或作为作业（mode=job）",
     "geocode a table of addresses: now, or as a job (mode=job)"},
    {"GET", "/v1/batch/jobs", api_jobs_get_all, "", JSON, NULL, 0, "jobs",
     "本密钥的作业；管理员可见全部", "the jobs of the key; all for an admin"},
    {"GET", "/v1/batch/jobs/{id}", api_jobs_get, "", JSON, NULL, 0, "job",
     "一项作业的进度", "how far a job is"},
    {"DELETE", "/v1/batch/jobs/{id}", api_jobs_delete, "", JSON, NULL, 0,
     "job_delete", "取消作业；已结束的连同文件一起删除",
     "cancel a job; remove one that is over, with its files"},
    {"GET", "/v1/batch/jobs/{id}/result", api_jobs_get_result, "",
     "text/csv; charset=utf-8; header=present", NULL, 0, "job_result",
     "作业的结果表", "the table that a job gave"},
    {"GET", "/v1/batch/jobs/{id}/rejects", api_jobs_get_rejects, "",
     "text/csv; charset=utf-8; header=present", NULL, 0, "job_rejects",
     "作业退回的行及原因", "rows that could not be asked, with the reason"},
    {.method = NULL},
};

const struct api_param_doc JOBS_PARAM_DOCS[] = {
    {"column", "string", "地址", 0, 0, "地址所在的列，可用逗号连接多列",
     "the column of the addresses; several are joined: 乡镇,详细地址"},
    {"mode", "string", "now", 0, 0,
     "now 当场返回（默认）；job 作为作业，大表用",
     "now, or job for large tables; Prefer: respond-async means job"},
    {"id_column", "string", "编号", 0, 0, "作业：编号所在的列，写入退回表",
     "jobs: the column of the row's id, for the rejects"},
    {"format", "string", "csv", 0, 0,
     "作业：结果格式 csv、tsv、jsonl、xlsx，默认与输入相同",
     "jobs: csv, tsv, jsonl or xlsx; as the table by default"},
    {"encoding", "string", "auto", 0, 0,
     "作业：表的编码 auto、utf-8、gb18030、utf-16",
     "jobs: of the table: auto (default), utf-8, gb18030 or utf-16"},
    {"output_encoding", "string", "utf-8", 0, 0,
     "作业：结果的编码 utf-8 或 gb18030",
     "jobs: of the result: utf-8 (default) or gb18030"},
    {"at", "string", "2008-05-01", 0, 0, "作业：按哪一天的情况回答，YYYY-MM-DD",
     "jobs: ask as of this day; the day of the request by default"},
    {"in", "string", "330482", 0, 0, "作业：只在此区划代码之内",
     "jobs: only below this division code"},
    {"id", "string", "0123456789ABCDEFGHJKMNPQRS", 0, 0, "作业编号，26 位",
     "the id of a job, 26 characters"},
    {.name = NULL},
};

/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "gazetteer/store/handle.h"
#include "gazetteer/store/sql.h"

/* A claim "designation" says what a site is protected as; the heritage row is
 * what can be read from it: grade and batch. */

static const struct {
    const char *word;
    const char *grade;
} GRADES[] = {
    /* first match wins: 上海市 and 浙江省 are provinces, 平湖市 a county */
    {"全国重点", "national"}, {"国保", "national"}, {"国家级", "national"},
    {"上海市", "province"},   {"省级", "province"}, {"省保", "province"},
    {"浙江省", "province"},   {"县级", "county"},   {"区级", "county"},
    {"平湖市", "county"},     {"金山区", "county"}, {"不可移动", "county"},
    {"文物点", "county"},     {"文保点", "county"},
};

static const char *grade_of(const char *designation)
{
    for (size_t i = 0; i < sizeof(GRADES) / sizeof(GRADES[0]); i++)
        if (strstr(designation, GRADES[i].word))
            return GRADES[i].grade;
    return "";
}

static const struct {
    const char *word;
    const char *type;
} TYPES[] = {
    {"文物保护", "protected-site"},
    {"国保", "protected-site"},
    {"省保", "protected-site"},
    {"文物", "protected-site"},
    {"文保", "protected-site"},
    {"历史文化", "historic-quarter"},
    {"爱国主义教育", "education-base"},
    {"非物质", "intangible"},
    {"纪念地", "memorial"},
};

static const char *type_of(const char *designation)
{
    for (size_t i = 0; i < sizeof(TYPES) / sizeof(TYPES[0]); i++)
        if (strstr(designation, TYPES[i].word))
            return TYPES[i].type;
    return "";
}

/* 第七批 is 7; up to 第九批 and 第8批, which is what exists. */
static int batch_of(const char *designation)
{
    static const char *const NUMERALS[] = {"一", "二", "三", "四", "五",
                                           "六", "七", "八", "九"};
    const char *at = strstr(designation, "第");
    if (!at || !strstr(at, "批"))
        return 0;
    at += strlen("第");
    if (*at >= '1' && *at <= '9')
        return *at - '0';
    for (int i = 0; i < 9; i++)
        if (strncmp(at, NUMERALS[i], strlen(NUMERALS[i])) == 0)
            return i + 1;
    return 0;
}

/* Whether another claim holds the row already and is preferred to this one. */
static gaz_status is_outranked(struct gaz_ctx *ctx, struct gaz_store *store,
                               const struct gaz_claim *claim, int64_t claim_id,
                               bool *out)
{
    struct gaz_stmt *stmt;
    gaz_status status =
        gaz_sqlite_use(ctx, store->db, GAZ_SQL_DESIGNATION, &stmt);
    if (status != GAZ_OK)
        return status;
    gaz_sqlite_bind_id(stmt, ":place", claim->place);
    gaz_sqlite_bind_int(stmt, ":claim", claim_id);
    status = gaz_sqlite_step(ctx, stmt);
    *out = status == GAZ_OK &&
           (gaz_sqlite_int(stmt, 0) != 0 || !claim->is_preferred);
    gaz_sqlite_reset(stmt);
    return status == GAZ_END ? GAZ_OK : status;
}

gaz_status gaz_heritage_note(struct gaz_ctx *ctx, struct gaz_store *store,
                             const struct gaz_claim *claim, int64_t claim_id)
{
    if (strcmp(claim->property, "designation") != 0)
        return GAZ_OK;
    bool outranked;
    gaz_status status = is_outranked(ctx, store, claim, claim_id, &outranked);
    if (status != GAZ_OK || outranked)
        return status;
    struct gaz_stmt *stmt;
    status = gaz_sqlite_use(ctx, store->db, GAZ_SQL_PUT_HERITAGE, &stmt);
    if (status != GAZ_OK)
        return status;
    gaz_sqlite_bind_id(stmt, ":place", claim->place);
    gaz_sqlite_bind_text(stmt, ":designation", claim->value);
    gaz_sqlite_bind_text(stmt, ":type", type_of(claim->value));
    gaz_sqlite_bind_text(stmt, ":grade", grade_of(claim->value));
    gaz_sqlite_bind_int(stmt, ":batch", batch_of(claim->value));
    gaz_sqlite_bind_int(stmt, ":claim", claim_id);
    return gaz_sqlite_run(ctx, stmt);
}

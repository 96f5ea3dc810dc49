/* attribute.h - what a business record says of a place or an address beside
 * its name, number and position: codes, sizes, days, papers.
 *
 * Each is a text of the source, as the profile of its file has read it (days as
 * YYYY-MM-DD, numbers as plain decimals, words as those of a dictionary). They
 * are for the rules of gazetteer/quality and gazetteer/audit and are in no
 * public answer: some say what an applicant handed in.
 *
 * Sources: the place-name and door-plate business of Jiaxing's counties (codes,
 * plate types, papers), 民地办发〔2010〕1号 (20-digit code), 地名管理条例 arts.
 * 9, 13, 14 and 25 (links, filing, publication, protection).
 */
#ifndef GAZ_MODEL_ATTRIBUTE_H
#define GAZ_MODEL_ATTRIBUTE_H

#include <stdbool.h>

typedef enum {
    /* of places */
    GAZ_ATTRIBUTE_TOPONYM_CODE,    /* 20-digit place-name code */
    GAZ_ATTRIBUTE_DERIVED_FROM,    /* 派生: the name that it was made from */
    GAZ_ATTRIBUTE_SPECIAL_LINK,    /* 特定联系, as declared */
    GAZ_ATTRIBUTE_PROTECTION_PLAN, /* number of the plan of art. 25 */
    GAZ_ATTRIBUTE_APPLICANT,       /* 申报单位 */
    GAZ_ATTRIBUTE_APPLICANT_CODE,  /* 统一社会信用代码 */
    GAZ_ATTRIBUTE_BUILT_UP,        /* 建成区: its name or number */
    GAZ_ATTRIBUTE_SITE_AREA_M2,    /* 占地面积 */
    GAZ_ATTRIBUTE_FLOOR_AREA_M2,   /* 建筑面积 */
    GAZ_ATTRIBUTE_OPEN_AREA_M2,    /* open ground of a square */
    GAZ_ATTRIBUTE_GREEN_PERCENT,   /* 绿化率 */
    GAZ_ATTRIBUTE_FLOORS,          /* 层数 */
    GAZ_ATTRIBUTE_SIGN_CODES,      /* 路牌编码, apart by ';' */
    /* of both */
    GAZ_ATTRIBUTE_APPROVED_ON,  /* 批复, 批准 */
    GAZ_ATTRIBUTE_FILED_ON,     /* 备案 */
    GAZ_ATTRIBUTE_PUBLISHED_ON, /* 公告, 公布 */
    GAZ_ATTRIBUTE_FIELD_AUDIT,  /* 外业核对: same, differs or absent */
    /* of addresses */
    GAZ_ATTRIBUTE_ADDRESS_CODE, /* 15-digit */
    GAZ_ATTRIBUTE_PLATE_TYPE,   /* estate, road or rural */
    GAZ_ATTRIBUTE_PLATE_SPEC,   /* 大门牌, 小门牌 ... */
    GAZ_ATTRIBUTE_COMPILED_ON,  /* 编制日期 */
    GAZ_ATTRIBUTE_EXPIRES_ON,   /* 门牌证: the first day it is not valid */
    GAZ_ATTRIBUTE_CERTIFICATE,  /* 门牌证号 */
    GAZ_ATTRIBUTE_DEED_ADDRESS, /* as deeds and licences write it, by ';' */
    GAZ_ATTRIBUTES,             /* how many */
} gaz_attribute_kind;

/* What its value is. */
typedef enum {
    GAZ_ATTRIBUTE_IS_TEXT,
    GAZ_ATTRIBUTE_IS_NUMBER,
    GAZ_ATTRIBUTE_IS_DATE,
} gaz_attribute_type;

struct gaz_attribute {
    gaz_attribute_kind kind;
    const char *value; /* never empty */
};

/* "toponym_code"; the target field of a mapping has the same name. */
const char *gaz_attribute_name(gaz_attribute_kind kind);
gaz_attribute_type gaz_attribute_type_of(gaz_attribute_kind kind);

/* gaz_attribute_find finds a kind by its name; false: there is none. */
bool gaz_attribute_find(const char *name, gaz_attribute_kind *out);

/* Which entries may have one. */
bool gaz_attribute_is_of_place(gaz_attribute_kind kind);
bool gaz_attribute_is_of_address(gaz_attribute_kind kind);

/* gaz_attribute_get returns the value of the first of a kind, or NULL. */
const char *gaz_attribute_get(const struct gaz_attribute *items, int count,
                              gaz_attribute_kind kind);

#endif

/* place.h - what we believe about a place, and what a record says of one.
 *
 * Values only; strings live in the arena of whoever made the struct. Positions
 * are CGCS2000 (EPSG:4490). Valid time is when something was so; record time
 * (when we knew) is kept by the store's journal.
 *
 * Sources: name kinds after UNGEGN's glossary and the second census of place
 * names; categories after GB/T 18521-2001 (5-digit attribute part); codes after
 * GB/T 2260, GB/T 10114 and the statistics bureau's 12-digit scheme.
 */
#ifndef GAZ_MODEL_PLACE_H
#define GAZ_MODEL_PLACE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "gazetteer/base/coord.h"
#include "gazetteer/base/date.h"
#include "gazetteer/base/id.h"
#include "gazetteer/model/grade.h"
#include "gazetteer/model/numbering.h"

/* How deep in the hierarchy of divisions. */
typedef enum {
    GAZ_LEVEL_NONE = 0,     /* not a division: a road, a site, a river */
    GAZ_LEVEL_PROVINCE = 1, /* 省级 */
    GAZ_LEVEL_CITY = 2,     /* 地级; Shanghai has none */
    GAZ_LEVEL_COUNTY = 3,   /* 县级 */
    GAZ_LEVEL_TOWN = 4,     /* 乡级 */
    GAZ_LEVEL_VILLAGE = 5, /* 村委会, 居委会: self-government, no division */
} gaz_level;

typedef enum {
    GAZ_NAME_STANDARD = 0, /* 标准名称 */
    GAZ_NAME_ALIAS = 1,    /* 别名: another name in use */
    GAZ_NAME_SHORT = 2,    /* 简称: 乍浦 for 乍浦镇 */
    GAZ_NAME_FORMER = 3,   /* 曾用名 */
    GAZ_NAME_VARIANT = 4,  /* another writing or spelling: Cha-p'u */
    GAZ_NAME_OFFICIAL = 5, /* the body's full name: 衙前村村民委员会 */
    GAZ_NAME_KINDS = 6,
} gaz_name_kind;

/* On what the ends of a span of validity rest. */
typedef enum {
    GAZ_BASIS_NONE = 0,     /* both ends open */
    GAZ_BASIS_DOCUMENT = 1, /* a document gives the day, month or year */
    GAZ_BASIS_EDITION = 2,  /* the first yearly edition that shows it */
} gaz_basis;

/* How a position came about: what a user may read from it. */
typedef enum {
    GAZ_METHOD_NONE = 0,      /* no position known */
    GAZ_METHOD_SURVEYED = 1,  /* measured in the field or on a plan */
    GAZ_METHOD_GAZETTEER = 2, /* a point of another gazetteer (GeoNames) */
    GAZ_METHOD_CENTROID = 3,  /* inside point of its own polygon */
    GAZ_METHOD_INHERITED = 4, /* of the division it lies in; see accuracy_m */
    GAZ_METHOD_DERIVED = 5,   /* middle of its addresses */
    GAZ_METHOD_SYNTHETIC = 6, /* made by a generator; never real */
} gaz_method;

typedef enum {
    GAZ_STATUS_CURRENT = 0,    /* 现行 */
    GAZ_STATUS_PLANNED = 1,    /* 规划 */
    GAZ_STATUS_HISTORICAL = 2, /* 废弃: abolished, merged, gone */
} gaz_place_status;

struct gaz_name {
    const char *text;  /* Chinese; for GAZ_NAME_VARIANT perhaps Latin */
    const char *roman; /* 1984 rules with tone marks; NULL: not known */
    gaz_name_kind kind;
    gaz_date valid_from; /* half-open span; 0: open */
    gaz_date valid_to;
    gaz_basis basis;
    int64_t source; /* source.id in the store */
};

struct gaz_position {
    struct gaz_coord coord; /* meaningless when method is NONE */
    gaz_method method;
    double accuracy_m; /* the true place is within, at about 95 %; 0: unknown */
    int64_t source;
};

/* GB/T 18521 categories used by code; others are data. */
enum {
    GAZ_CATEGORY_PROVINCE = 21200,
    GAZ_CATEGORY_CITY = 21300,
    GAZ_CATEGORY_COUNTY = 21400,
    GAZ_CATEGORY_TOWN = 21500,
    GAZ_CATEGORY_VILLAGE = 21610,   /* 村委会 as an area */
    GAZ_CATEGORY_COMMUNITY = 21620, /* 居委会 as an area */
    GAZ_CATEGORY_ZONE = 21730,      /* 开发区 */
    GAZ_CATEGORY_ESTATE = 22100,    /* 城镇居民点 */
    GAZ_CATEGORY_HAMLET = 22200,    /* 农村居民点, 自然村 */
    GAZ_CATEGORY_ROAD = 23510,      /* 道路街巷 */
    GAZ_CATEGORY_MEMORIAL = 25100,  /* 纪念地 */
    GAZ_CATEGORY_SCENIC = 25300,    /* 风景名胜 */
};

enum { GAZ_NAMES_MAX = 64 }; /* of one place; more is refused with a reason */

struct gaz_place {
    gaz_id id;        /* 0: not stored yet */
    const char *code; /* official code of 2, 4, 6, 9 or 12 digits, or NULL */
    gaz_level level;
    int category; /* GB/T 18521, 5 digits */
    gaz_place_status status;
    gaz_date valid_from;
    gaz_date valid_to;
    gaz_basis basis;
    bool is_statistical; /* a reporting unit that law does not know (C06) */
    bool is_synthetic;   /* made by a generator; never served as real */
    gaz_grade grade;     /* storing raises what is kept, and never lowers it */
    const struct gaz_name *names; /* names[0] is the standard name */
    int name_count;
    gaz_id parent;           /* the division it lies in, 0: none known */
    const char *parent_code; /* of a record, before the store knows the id */
    struct gaz_position position;
    const void *area_wkb; /* (multi)polygon, EPSG:4490, or NULL */
    size_t area_size;
    bool area_is_schematic; /* drawn by hand or coarse: say so when shown */
    const char *address;    /* where a site stands, as its source writes it */
    struct gaz_numbering numbering; /* of a road */
    /* Culture, for the public; NULL when not known. */
    const char *meaning; /* 含义 */
    const char *origin;  /* 来历 */
    const char *history; /* 历史沿革 */
};

#endif

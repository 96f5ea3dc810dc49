/* SPDX-License-Identifier: Apache-2.0 */
#include "gazetteer/geo/crs.h"

#include <ctype.h>
#include <math.h>
#include <proj.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "gazetteer/base/text.h"
#include "gazetteer/geo/gcj02.h"

enum crs_kind {
    CRS_DEGREES, /* degrees that are CGCS2000's to the centimetre */
    CRS_GCJ02,
    CRS_BD09,
    CRS_PROJ, /* anything that needs PROJ */
};

struct gaz_crs {
    enum crs_kind kind;
    char name[24]; /* as shown in messages */
    int epsg;      /* 0 for GCJ-02, BD-09 and local planes */
    bool is_projected;
    struct gaz_box use; /* degrees in which the system is meant to be used */
    PJ_CONTEXT *context;
    PJ *to_cgcs2000;
};

static const struct gaz_box WORLD = {{-180, -90}, {180, 90}};
/* EPSG's area of use of CGCS2000. */
static const struct gaz_box CHINA = {{73.62, 16.70}, {134.77, 53.56}};

/* How far outside its area of use a coordinate may lie. Zones overlap in
 * practice by a quarter of a degree; a point of the next 3-degree zone that is
 * read in this one is off by more than that in our region (by 0.5 degree at
 * Pinghu). Projected areas end at 8 seconds of arc or at rounded degrees. */
static const double USE_MARGIN_DEG = 0.3;

#define KNOWN_SYSTEMS                                                          \
    "EPSG:4490 (CGCS2000 degrees), EPSG:4326 (WGS 84), EPSG:4549 (CGCS2000 "   \
    "plane, CM 120E), EPSG:4528 (the same with zone prefix 40), EPSG:4550 "    \
    "(CM 123E), EPSG:3857, any other EPSG code of a map system, GCJ-02, BD-09"

/* Creating PROJ contexts touches globals of the library. */
static pthread_mutex_t creating = PTHREAD_MUTEX_INITIALIZER;

static gaz_status refuse_name(struct gaz_ctx *ctx, const char *name)
{
    enum { SHOWN_MAX = 40 };
    if (!name || name[0] == '\0')
        return gaz_fail(
            ctx, GAZ_INVALID,
            "the coordinate system is not named; known are " KNOWN_SYSTEMS);
    return gaz_fail(
        ctx, GAZ_INVALID,
        "unknown coordinate system '%.*s'; known are " KNOWN_SYSTEMS, SHOWN_MAX,
        name);
}

/* Reads "EPSG:4549". Nothing but a code reaches PROJ: its own names may be
 * files and pipelines. */
static bool parse_epsg(const char *name, int *out)
{
    enum { DIGITS_MAX = 6 };
    int64_t code = 0;
    if (strncasecmp(name, "EPSG:", 5) != 0 || !isdigit((unsigned char)name[5]))
        return false;
    if (strlen(name + 5) > DIGITS_MAX || !gaz_text_parse_int(name + 5, &code))
        return false;
    *out = (int)code;
    return true;
}

/* A local plane by its parameters. Only these reach PROJ, whose strings may
 * also name files, grids and pipelines. */
static bool is_known_parameter(const char *text, size_t len)
{
    static const char *const KNOWN[] = {
        "proj=tmerc", "proj=etmerc", "proj=utm", "proj=lcc", "proj=longlat",
        "lat_0=",     "lon_0=",      "lat_1=",   "lat_2=",   "lat_ts=",
        "k=",         "k_0=",        "x_0=",     "y_0=",     "zone=",
        "ellps=",     "a=",          "b=",       "rf=",      "towgs84=",
        "units=m",    "no_defs",     "type=crs",
    };
    for (size_t i = 0; i < sizeof(KNOWN) / sizeof(KNOWN[0]); i++) {
        const size_t known = strlen(KNOWN[i]);
        const bool is_begun = KNOWN[i][known - 1] == '=';
        if (strncmp(text, KNOWN[i], known) == 0 &&
            (is_begun ? len > known : len == known))
            return strspn(text + known,
                          "0123456789.,-eE+abcdefghijklmnopqrst"
                          "uvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_") >= len - known;
    }
    return false;
}

static bool is_local_plane(const char *name)
{
    enum { LOCAL_MAX_BYTES = 300 };
    if (strncmp(name, "+proj=", 6) != 0 || strlen(name) > LOCAL_MAX_BYTES)
        return false;
    while (*name == '+') {
        const size_t len = strcspn(name, " ");
        if (!is_known_parameter(name + 1, len - 1))
            return false;
        name += len + strspn(name + len, " ");
    }
    return *name == '\0';
}

static void find_area_of_use(struct gaz_crs *crs, PJ *system)
{
    struct gaz_box use;
    const int known =
        proj_get_area_of_use(crs->context, system, &use.min.lon, &use.min.lat,
                             &use.max.lon, &use.max.lat, NULL);
    /* PROJ says -1000 for unknown; areas across the date line are not ours. */
    if (known && use.min.lon >= -180 && use.min.lon < use.max.lon)
        crs->use = use;
}

static bool find_kind(struct gaz_crs *crs, PJ *system)
{
    const PJ_TYPE type = proj_get_type(system);
    crs->is_projected = type == PJ_TYPE_PROJECTED_CRS;
    return crs->is_projected || type == PJ_TYPE_GEOGRAPHIC_2D_CRS;
}

static bool open_transform(struct gaz_crs *crs, const char *definition)
{
    PJ *system = proj_create(crs->context, definition);
    bool ok = system && find_kind(crs, system);
    if (ok) {
        find_area_of_use(crs, system);
        PJ *raw =
            proj_create_crs_to_crs(crs->context, definition, "EPSG:4490", NULL);
        if (raw)
            crs->to_cgcs2000 =
                proj_normalize_for_visualization(crs->context, raw);
        proj_destroy(raw);
        ok = crs->to_cgcs2000 != NULL;
    }
    proj_destroy(system);
    return ok;
}

static bool open_proj(struct gaz_crs *crs, const char *definition)
{
    (void)pthread_mutex_lock(&creating);
    crs->context = proj_context_create();
    proj_log_level(crs->context, PJ_LOG_NONE);
    proj_context_set_enable_network(crs->context, 0);
    bool ok = open_transform(crs, definition);
    (void)pthread_mutex_unlock(&creating);
    return ok;
}

gaz_status gaz_crs_open(struct gaz_ctx *ctx, const char *name,
                        struct gaz_crs **out)
{
    static const struct {
        const char *name;
        enum crs_kind kind;
        const char *shown;
    } OFFSETS[] = {
        {"GCJ-02", CRS_GCJ02, "GCJ-02"},
        {"GCJ02", CRS_GCJ02, "GCJ-02"},
        {"BD-09", CRS_BD09, "BD-09"},
        {"BD09", CRS_BD09, "BD-09"},
    };
    struct gaz_crs crs = {.kind = CRS_PROJ, .use = WORLD};
    if (!name)
        return refuse_name(ctx, name);
    for (size_t i = 0; i < sizeof(OFFSETS) / sizeof(OFFSETS[0]); i++)
        if (strcasecmp(name, OFFSETS[i].name) == 0) {
            crs.kind = OFFSETS[i].kind;
            (void)memcpy(crs.name, OFFSETS[i].shown,
                         strlen(OFFSETS[i].shown) + 1);
        }
    const char *definition = crs.name;
    if (crs.kind == CRS_PROJ && is_local_plane(name)) {
        (void)snprintf(crs.name, sizeof(crs.name), "the local plane");
        definition = gaz_arena_printf(&ctx->arena, "%s +type=crs", name);
    } else if (crs.kind == CRS_PROJ) {
        if (!parse_epsg(name, &crs.epsg))
            return refuse_name(ctx, name);
        (void)snprintf(crs.name, sizeof(crs.name), "EPSG:%d", crs.epsg);
    }
    if (crs.epsg == 4490 || crs.epsg == 4326) {
        crs.kind = CRS_DEGREES;
        crs.use = crs.epsg == 4490 ? CHINA : WORLD;
    }
    struct gaz_crs *opened = gaz_malloc(sizeof(*opened));
    *opened = crs;
    if (definition == crs.name)
        definition = opened->name;
    if (crs.kind == CRS_PROJ && !open_proj(opened, definition)) {
        gaz_crs_close(opened);
        return refuse_name(ctx, name);
    }
    *out = opened;
    return GAZ_OK;
}

void gaz_crs_close(struct gaz_crs *crs)
{
    if (!crs)
        return;
    proj_destroy(crs->to_cgcs2000);
    if (crs->context)
        (void)proj_context_destroy(crs->context);
    gaz_free(crs);
}

void gaz_crs_lift(struct gaz_crs *crs)
{
    crs->use = WORLD;
}

static bool is_in_use(const struct gaz_crs *crs, struct gaz_coord c)
{
    return gaz_coord_is_valid(c) &&
           c.lon >= crs->use.min.lon - USE_MARGIN_DEG &&
           c.lon <= crs->use.max.lon + USE_MARGIN_DEG &&
           c.lat >= crs->use.min.lat - USE_MARGIN_DEG &&
           c.lat <= crs->use.max.lat + USE_MARGIN_DEG;
}

/* The bare transform; a result that is no place on earth is not valid. */
static struct gaz_coord to_degrees(struct gaz_crs *crs, double x, double y)
{
    struct gaz_coord xy = {x, y};
    switch (crs->kind) {
    case CRS_DEGREES:
        return xy;
    case CRS_GCJ02:
        return gaz_coord_is_valid(xy) ? gaz_gcj02_to_wgs84(xy) : xy;
    case CRS_BD09:
        return gaz_coord_is_valid(xy)
                   ? gaz_gcj02_to_wgs84(gaz_gcj02_from_bd09(xy))
                   : xy;
    case CRS_PROJ:
        break;
    }
    PJ_COORD got =
        proj_trans(crs->to_cgcs2000, PJ_FWD, proj_coord(x, y, 0, HUGE_VAL));
    return (struct gaz_coord){got.xy.x, got.xy.y};
}

/* CGCS2000 3-degree zones: 4513 to 4533 with prefix 25 to 45, 4534 to 4554
 * without, both from CM 75E on. */
enum {
    GK_PREFIXED_FIRST = 4513,
    GK_PLAIN_FIRST = 4534,
    GK_ZONES = 21,
    GK_PREFIX_FIRST = 25,
    GK_MERIDIAN_FIRST = 75,
};

static bool is_gk_plain(int epsg)
{
    return epsg >= GK_PLAIN_FIRST && epsg < GK_PLAIN_FIRST + GK_ZONES;
}

static bool is_gk_prefixed(int epsg)
{
    return epsg >= GK_PREFIXED_FIRST && epsg < GK_PREFIXED_FIRST + GK_ZONES;
}

static const char *guess_zone(struct gaz_ctx *ctx, const struct gaz_crs *crs,
                              double x, struct gaz_coord got)
{
    const int first =
        is_gk_plain(crs->epsg) ? GK_PLAIN_FIRST : GK_PREFIXED_FIRST;
    const int next = got.lon < crs->use.min.lon ? 1 : -1;
    const int zone = crs->epsg - first + next;
    if ((!is_gk_plain(crs->epsg) && !is_gk_prefixed(crs->epsg)) || zone < 0 ||
        zone >= GK_ZONES || !gaz_coord_is_valid(got))
        return "another zone or another system";
    return gaz_arena_printf(
        &ctx->arena,
        "another zone: an easting of %.0f km fits CM %dE (EPSG:%d)",
        fmod(x, 1e6) / 1000, GK_MERIDIAN_FIRST + 3 * zone, first + zone);
}

/* Which slip would explain x, y? In the order of how surely it can be told. */
static const char *guess_plane_slip(struct gaz_ctx *ctx, struct gaz_crs *crs,
                                    double x, double y, struct gaz_coord got)
{
    if (fabs(x) <= 180 && fabs(y) <= 180)
        return "degrees where metres are due";
    if (is_in_use(crs, to_degrees(crs, y, x)))
        return "swapped axes (survey files write X for north)";
    const int prefix = (int)fmin(fmax(x / 1e6, 0), 100);
    if (is_gk_plain(crs->epsg) && prefix >= GK_PREFIX_FIRST &&
        prefix < GK_PREFIX_FIRST + GK_ZONES)
        return gaz_arena_printf(
            &ctx->arena, "zone prefix %d in the easting, as in EPSG:%d", prefix,
            GK_PREFIXED_FIRST + prefix - GK_PREFIX_FIRST);
    if (is_gk_prefixed(crs->epsg) && x > 0 && x < 1e6)
        return gaz_arena_printf(&ctx->arena,
                                "no zone prefix in the easting, as in EPSG:%d",
                                crs->epsg - GK_PREFIXED_FIRST + GK_PLAIN_FIRST);
    return guess_zone(ctx, crs, x, got);
}

static const char *guess_slip(struct gaz_ctx *ctx, struct gaz_crs *crs,
                              double x, double y, struct gaz_coord got)
{
    if (!isfinite(x) || !isfinite(y))
        return "not a number";
    if (crs->is_projected)
        return guess_plane_slip(ctx, crs, x, y, got);
    if (fabs(x) > 360 || fabs(y) > 360)
        return "metres where degrees are due: name the plane system, such as "
               "EPSG:4549";
    if (is_in_use(crs, to_degrees(crs, y, x)))
        return "swapped axes (longitude is x)";
    return "another system or a typing error";
}

gaz_status gaz_crs_to_cgcs2000(struct gaz_ctx *ctx, struct gaz_crs *crs,
                               double x, double y, struct gaz_coord *out)
{
    struct gaz_coord got = {NAN, NAN};
    if (isfinite(x) && isfinite(y))
        got = to_degrees(crs, x, y);
    if (!is_in_use(crs, got))
        return gaz_fail(ctx, GAZ_INVALID,
                        "x %.10g, y %.10g is outside the use of %s; likely %s",
                        x, y, crs->name, guess_slip(ctx, crs, x, y, got));
    *out = got;
    return GAZ_OK;
}

gaz_status gaz_crs_from_cgcs2000(struct gaz_ctx *ctx, struct gaz_crs *crs,
                                 struct gaz_coord coord, double *x, double *y)
{
    if (!gaz_coord_is_valid(coord))
        return gaz_fail(ctx, GAZ_INVALID,
                        "longitude %.10g, latitude %.10g is not on earth",
                        coord.lon, coord.lat);
    struct gaz_coord got = coord;
    if (crs->kind == CRS_GCJ02 || crs->kind == CRS_BD09)
        got = gaz_gcj02_from_wgs84(coord);
    if (crs->kind == CRS_BD09)
        got = gaz_gcj02_to_bd09(got);
    if (crs->kind == CRS_PROJ) {
        PJ_COORD plane =
            proj_trans(crs->to_cgcs2000, PJ_INV,
                       proj_coord(coord.lon, coord.lat, 0, HUGE_VAL));
        got = (struct gaz_coord){plane.xy.x, plane.xy.y};
    }
    if (!isfinite(got.lon) || !isfinite(got.lat))
        return gaz_fail(ctx, GAZ_INVALID,
                        "longitude %.10g, latitude %.10g has no place in %s",
                        coord.lon, coord.lat, crs->name);
    *x = got.lon;
    *y = got.lat;
    return GAZ_OK;
}

/* view.h - what a boundary check found, for all who write it: tables, drawings,
 * pages, answers.
 *
 * The checks have two kinds of findings (two sides' areas or lines; a register
 * of markers). Here they are one. Nothing is copied but pointers; a view lives
 * as long as what it was made of.
 */
#ifndef API_BOUNDARY_VIEW_H
#define API_BOUNDARY_VIEW_H

#include "gazetteer/base/json.h"
#include "gazetteer/boundary/limits.h"

struct api_boundary_finding {
    const char *rule; /* "B10" */
    const char *kind; /* "overlap" */
    gaz_severity severity;
    const char *marker; /* NULL: none */
    bool has_where;
    struct gaz_coord where;
    double how_much_m;
    double uncertainty_m;
    double area_m2;
    struct gaz_wkb area; /* size 0: none */
    const char *zh;
    const char *en;
    const char *clause;
    const char *advice;
    const char *advice_en;
};

struct api_boundary_view {
    const char *names[2]; /* of the sides or files; NULL: none */
    const char *day;      /* YYYY-MM-DD */
    const char *plane_crs;
    bool is_schematic; /* the lines are for showing */
    bool is_synthetic;
    const struct gaz_limits *limits;
    const struct gaz_sides_options *sides_options;
    const struct gaz_sides_report *sides; /* NULL: no sides were compared */
    const struct gaz_survey_options *survey_options;
    const struct gaz_survey *survey; /* NULL: no register */
    const struct gaz_survey_report *survey_report;
    bool is_pairs; /* the register's agreed positions are side A's, and the
                    * measured ones B's (two submissions) */
    const struct api_boundary_finding *findings; /* worst first */
    size_t finding_count;
};

/* One finding of each kind. */
struct api_boundary_finding
api_boundary_of_sides(const struct gaz_sides_finding *finding);
struct api_boundary_finding
api_boundary_of_survey(const struct gaz_survey_finding *finding);

/* Makes view->findings of view->sides and view->survey_report. */
void api_boundary_view_gather(struct gaz_arena *arena,
                              struct api_boundary_view *view);

/* What a marker's two positions are called: 协议, 实测, or 甲方, 乙方. */
const char *api_boundary_position(const struct api_boundary_view *view,
                                  bool is_measured);

size_t api_boundary_view_count(const struct api_boundary_view *view,
                               gaz_severity severity);

const char *api_boundary_severity(gaz_severity severity);    /* "warning" */
const char *api_boundary_severity_zh(gaz_severity severity); /* "警告" */

/* True when a register says of itself that it is synthetic, as samples do. */
bool api_boundary_is_synthetic(const struct gaz_survey *survey);

struct api_boundary_ring {
    const struct gaz_coord *points;
    size_t count;
};

/* The rings of a finding's polygon, the outer first; 0: it has none. */
size_t api_boundary_rings(struct gaz_arena *arena, struct gaz_wkb area,
                          struct api_boundary_ring **out);

/* Members of a finding as JSON, without its place. */
void api_boundary_write_members(struct gaz_json *json,
                                const struct api_boundary_finding *finding);

/* Member "lines": lengths, Hausdorff distances and the statistics of the
 * differences. Nothing when there is no profile. */
void api_boundary_write_profile(struct gaz_json *json,
                                const struct gaz_profile *profile);

typedef enum {
    API_BOUNDARY_TABLE,
    API_BOUNDARY_JSON,
    API_BOUNDARY_CSV,
    API_BOUNDARY_GEOJSON,
    API_BOUNDARY_XLSX,
    API_BOUNDARY_DXF,
    API_BOUNDARY_FORMATS
} api_boundary_format;

extern const char *const API_BOUNDARY_FORMAT_NAMES[API_BOUNDARY_FORMATS];

/* sides_write.c: the comparison of two sides for people, and for programs. */
void api_boundary_write_sides_table(const struct api_boundary_view *view,
                                    struct gaz_buffer *out);
void api_boundary_write_sides_json(const struct api_boundary_view *view,
                                   struct gaz_buffer *out);
/* Their parts, for an answer that has more: basis, summary, lines; findings. */
void api_boundary_write_sides_members(struct gaz_json *json,
                                      const struct api_boundary_view *view);
void api_boundary_write_finding_list(struct gaz_json *json,
                                     const struct api_boundary_view *view);
/* findings.c */
void api_boundary_write_csv(const struct api_boundary_view *view,
                            struct gaz_buffer *out);
void api_boundary_write_geojson(const struct api_boundary_view *view,
                                struct gaz_arena *arena,
                                struct gaz_buffer *out);
/* Member "features". */
void api_boundary_write_features(struct gaz_json *json,
                                 const struct api_boundary_view *view,
                                 struct gaz_arena *arena);
/* drawing.c: lines, areas, markers and findings as a drawing (DXF) in the
 * plane, X east and Y north as drawings have it. */
gaz_status api_boundary_write_dxf(struct gaz_ctx *ctx,
                                  const struct api_boundary_view *view,
                                  const char *path);
/* report.c: the joint-inspection report as PDF. It holds positions of markers,
 * which are not public. */
gaz_status api_boundary_report(struct gaz_ctx *ctx, const char *path,
                               const struct api_boundary_view *view);
/* page.c: the same as a page (HTML), for either kind of check or both. */
gaz_status api_boundary_page(struct gaz_ctx *ctx, const char *path,
                             const struct api_boundary_view *view);

#endif

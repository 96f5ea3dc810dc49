/* report.h - a check as one HTML page that a clerk can hand on.
 *
 * Chinese first, charts as inline SVG; no script, no font, no other host: the
 * page is a file that opens anywhere and prints. The map draws the county areas
 * of the database and says that they are schematic.
 */
#ifndef GAZ_AUDIT_REPORT_H
#define GAZ_AUDIT_REPORT_H

#include "gazetteer/audit/audit.h"
#include "gazetteer/base/buffer.h"
#include "gazetteer/store/quality.h"

/* A kept run of earlier, for the line of progress. */
struct gaz_report_past {
    gaz_date at;
    const char *indicator; /* rule id */
    double value;          /* per cent */
};

struct gaz_report_options {
    const char *title; /* NULL: 地名地址数据质量检查报告 */
    const struct gaz_report_past *past; /* oldest first */
    int past_count;
    const struct gaz_quality_run *runs; /* the kept runs, oldest first */
    int run_count;
    const char *scope; /* what was checked, in words; NULL: 全库 */
};

/* Findings listed of one rule; more are counted. */
enum { GAZ_REPORT_ROWS_MAX = 200 };

void gaz_report_write(struct gaz_ctx *ctx, const struct gaz_audit *audit,
                      const struct gaz_report_options *options,
                      struct gaz_buffer *out);

/* ---- between the files of the report ---- */

void gaz_report_indicators(const struct gaz_audit *audit,
                           const struct gaz_report_options *options,
                           struct gaz_buffer *out);
void gaz_report_progress(const struct gaz_audit *audit,
                         const struct gaz_report_options *options,
                         struct gaz_buffer *out);
void gaz_report_rules(const struct gaz_audit *audit, struct gaz_buffer *out);
void gaz_report_towns(struct gaz_ctx *ctx, const struct gaz_audit *audit,
                      struct gaz_buffer *out);
void gaz_report_map(struct gaz_ctx *ctx, const struct gaz_audit *audit,
                    struct gaz_buffer *out);

/* Findings of a township, by severity. */
struct gaz_report_town {
    int place; /* index in the corpus */
    int64_t by_severity[3];
};
/* gaz_report_count counts them, those with the gravest first; the array lives
 * in ctx->arena. */
int gaz_report_count(struct gaz_ctx *ctx, const struct gaz_audit *audit,
                     const struct gaz_report_town **out);

#endif

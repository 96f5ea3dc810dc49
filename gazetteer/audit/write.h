/* write.h - what a check found, as text for people and for programs.
 *
 * All are UTF-8; the order is that of audit.h. JSON: {"at", "records",
 * "summary", "rules": [...], "findings": [...]}; "rules" has every rule in
 * force, evaluated or not, with its clause. GeoJSON (RFC 7946) has the findings
 * that have a position (what is waived is in JSON's "waived" alone); CSV has a
 * heading line of both languages' keys.
 */
#ifndef GAZ_AUDIT_WRITE_H
#define GAZ_AUDIT_WRITE_H

#include "gazetteer/audit/audit.h"
#include "gazetteer/base/buffer.h"

enum { GAZ_WRITE_MAX_BYTES = 512 * 1024 * 1024 };

/* `least`: findings below this severity are counted, not listed. */
void gaz_write_table(const struct gaz_audit *audit, gaz_severity least,
                     struct gaz_buffer *out);
void gaz_write_json(const struct gaz_audit *audit, gaz_severity least,
                    struct gaz_buffer *out);
void gaz_write_csv(const struct gaz_audit *audit, gaz_severity least,
                   struct gaz_buffer *out);
void gaz_write_geojson(const struct gaz_audit *audit, gaz_severity least,
                       struct gaz_buffer *out);

#endif

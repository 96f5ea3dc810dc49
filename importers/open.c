/* SPDX-License-Identifier: Apache-2.0 */
#include "importers/open.h"

#include <string.h>
#include <strings.h>

#include "importers/csv.h"
#include "importers/ogr.h"

static bool has_ending(const char *path, const char *ending)
{
    const size_t len = strlen(path);
    const size_t end = strlen(ending);
    return len > end && strcasecmp(path + len - end, ending) == 0;
}

static enum imp_format format_of(const char *path)
{
    static const struct {
        const char *ending;
        enum imp_format format;
    } ENDINGS[] = {
        {".csv", IMP_FORMAT_CSV},
        {".tsv", IMP_FORMAT_TSV},
        {".geojson", IMP_FORMAT_GEOJSON},
        {".json", IMP_FORMAT_GEOJSON},
    };
    for (size_t i = 0; i < sizeof(ENDINGS) / sizeof(ENDINGS[0]); i++)
        if (has_ending(path, ENDINGS[i].ending))
            return ENDINGS[i].format;
    return IMP_FORMAT_OGR;
}

gaz_status imp_open_reader(struct gaz_ctx *ctx, const char *path,
                           const struct imp_mapping *mapping,
                           struct imp_reader **out)
{
    enum imp_format format = mapping->format;
    if (format == IMP_FORMAT_AUTO)
        format = format_of(path);
    switch (format) {
    case IMP_FORMAT_CSV:
        return imp_csv_open(ctx, path, ',', out);
    case IMP_FORMAT_TSV:
        return imp_csv_open(ctx, path, '\t', out);
    case IMP_FORMAT_GEOJSON:
        return imp_ogr_open(ctx, path, "GeoJSON", mapping->layer, out);
    case IMP_FORMAT_AUTO:
    case IMP_FORMAT_OGR:
        break;
    }
    return imp_ogr_open(ctx, path, NULL, mapping->layer, out);
}

/* SPDX-License-Identifier: Apache-2.0 */
/* wmts_capabilities.c - what the WMTS has (OGC 07-057r7, 7.1.1.2). */
#include "api/ogc/tiles.h"
#include "api/tiles_about.h"
#include "tiles/grid.h"

static const char HEAD[] =
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
    "<Capabilities xmlns=\"http://www.opengis.net/wmts/1.0\" "
    "xmlns:ows=\"http://www.opengis.net/ows/1.1\" "
    "xmlns:xlink=\"http://www.w3.org/1999/xlink\" "
    "xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" "
    "xsi:schemaLocation=\"http://www.opengis.net/wmts/1.0 "
    "http://schemas.opengis.net/wmts/1.0/wmtsGetCapabilities_response.xsd\" "
    "version=\"1.0.0\">\n<ows:ServiceIdentification>"
    "<ows:Title>Diming 地名</ows:Title><ows:Abstract>";

static const char *root_of(const struct api_request *request)
{
    return request->base_url ? request->base_url : "";
}

/* An operation by key and value, at /wmts. */
static void write_operation(struct gaz_buffer *out,
                            const struct api_request *request, const char *name)
{
    gaz_buffer_printf(out,
                      "<ows:Operation name=\"%s\"><ows:DCP><ows:HTTP>"
                      "<ows:Get xlink:href=\"",
                      name);
    gaz_buffer_html(out, root_of(request));
    gaz_buffer_text(out,
                    "/wmts?\"><ows:Constraint name=\"GetEncoding\">"
                    "<ows:AllowedValues><ows:Value>KVP</ows:Value>"
                    "</ows:AllowedValues></ows:Constraint></ows:Get></ows:HTTP>"
                    "</ows:DCP></ows:Operation>\n");
}

static void write_template(struct gaz_buffer *out,
                           const struct api_request *request, const char *style,
                           const char *ending)
{
    gaz_buffer_printf(out,
                      "<ResourceURL format=\"image/%s\" "
                      "resourceType=\"tile\" template=\"",
                      ending);
    gaz_buffer_html(out, root_of(request));
    gaz_buffer_printf(out,
                      "/wmts/%s/default/{TileMatrixSet}/{TileMatrix}/"
                      "{TileRow}/{TileCol}.%s\"/>",
                      style, ending);
}

/* The box in metres, widened to tiles of zoom 10: a client that counts pixels
 * from its corner then asks for whole pixels, and nothing is resampled. */
static void write_metres(struct gaz_buffer *out, const struct gaz_box *box)
{
    enum { ZOOM = 10 };
    const double side = 2 * OGC_TILE_MATRIX_ORIGIN / (1 << ZOOM);
    const double half = OGC_TILE_MATRIX_ORIGIN;
    struct tile_point first =
        tile_grid_project((struct gaz_coord){box->min.lon, box->max.lat});
    struct tile_point last =
        tile_grid_project((struct gaz_coord){box->max.lon, box->min.lat});
    gaz_buffer_printf(
        out,
        "<ows:BoundingBox crs=\"urn:ogc:def:crs:EPSG::3857\">"
        "<ows:LowerCorner>%.9f %.9f</ows:LowerCorner>"
        "<ows:UpperCorner>%.9f %.9f</ows:UpperCorner></ows:BoundingBox>",
        side * (first.x >> (32 - ZOOM)) - half,
        half - side * ((last.y >> (32 - ZOOM)) + 1),
        side * ((last.x >> (32 - ZOOM)) + 1) - half,
        half - side * (first.y >> (32 - ZOOM)));
}

static void write_layer(struct gaz_buffer *out,
                        const struct api_request *request, const char *style,
                        const struct gaz_box *box)
{
    gaz_buffer_text(out, "<Layer><ows:Title>");
    gaz_buffer_html(out, api_tiles_title(style));
    gaz_buffer_text(out, "</ows:Title><ows:Abstract>");
    gaz_buffer_html(out, API_TILES_NOTE);
    gaz_buffer_text(out, "</ows:Abstract>");
    gaz_buffer_printf(
        out,
        "<ows:WGS84BoundingBox>"
        "<ows:LowerCorner>%.6f %.6f</ows:LowerCorner>"
        "<ows:UpperCorner>%.6f %.6f</ows:UpperCorner></ows:WGS84BoundingBox>",
        box->min.lon, box->min.lat, box->max.lon, box->max.lat);
    gaz_buffer_printf(out, "<ows:Identifier>%s</ows:Identifier>", style);
    write_metres(out, box);
    gaz_buffer_text(out,
                    "<Style isDefault=\"true\">"
                    "<ows:Identifier>default</ows:Identifier></Style>"
                    "<Format>image/png</Format><Format>image/webp</Format>"
                    "<TileMatrixSetLink><TileMatrixSet>" OGC_TILE_MATRIX_SET
                    "</TileMatrixSet></TileMatrixSetLink>");
    write_template(out, request, style, "png");
    write_template(out, request, style, "webp");
    gaz_buffer_text(out, "</Layer>\n");
}

static void write_matrices(struct gaz_buffer *out)
{
    gaz_buffer_text(
        out, "<TileMatrixSet><ows:Identifier>" OGC_TILE_MATRIX_SET
             "</ows:Identifier><ows:SupportedCRS>urn:ogc:def:crs:EPSG::3857"
             "</ows:SupportedCRS><WellKnownScaleSet>urn:ogc:def:wkss:OGC:1.0:"
             "GoogleMapsCompatible</WellKnownScaleSet>\n");
    for (int z = 0; z <= TILE_ZOOM_MAX; z++) {
        struct ogc_tile_matrix matrix = ogc_tile_matrix_at(z);
        gaz_buffer_printf(
            out,
            "<TileMatrix><ows:Identifier>%d</ows:Identifier>"
            "<ScaleDenominator>%.9f</ScaleDenominator>"
            "<TopLeftCorner>%.9f %.9f</TopLeftCorner>"
            "<TileWidth>256</TileWidth><TileHeight>256</TileHeight>"
            "<MatrixWidth>%lld</MatrixWidth><MatrixHeight>%lld</MatrixHeight>"
            "</TileMatrix>\n",
            z, matrix.scale, -OGC_TILE_MATRIX_ORIGIN, OGC_TILE_MATRIX_ORIGIN,
            (long long)matrix.side, (long long)matrix.side);
    }
    gaz_buffer_text(out, "</TileMatrixSet>\n");
}

gaz_status ogc_wmts_capabilities(struct api_worker *worker,
                                 const struct api_request *request,
                                 struct api_response *out)
{
    struct gaz_buffer *body = out->body;
    struct gaz_box box = api_tiles_box(worker->snap);
    gaz_buffer_text(body, HEAD);
    gaz_buffer_html(body, API_TILES_NOTE);
    gaz_buffer_text(body, ". ");
    gaz_buffer_html(body, api_tiles_attribution(worker, TILE_STYLES[0]));
    gaz_buffer_text(body,
                    "</ows:Abstract><ows:ServiceType>OGC WMTS</ows:ServiceType>"
                    "<ows:ServiceTypeVersion>1.0.0</ows:ServiceTypeVersion>"
                    "</ows:ServiceIdentification>\n<ows:OperationsMetadata>\n");
    write_operation(body, request, "GetCapabilities");
    write_operation(body, request, "GetTile");
    gaz_buffer_text(body, "</ows:OperationsMetadata>\n<Contents>\n");
    for (int i = 0; TILE_STYLES[i]; i++)
        write_layer(body, request, TILE_STYLES[i], &box);
    write_matrices(body);
    gaz_buffer_text(body, "</Contents>\n<ServiceMetadataURL xlink:href=\"");
    gaz_buffer_html(body, root_of(request));
    gaz_buffer_text(body, "/wmts/1.0.0/WMTSCapabilities.xml\"/>\n"
                          "</Capabilities>\n");
    return GAZ_OK;
}

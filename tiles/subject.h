/* subject.h - a feature as a style sees it: its attributes, by source layer. */
#ifndef TILES_SUBJECT_H
#define TILES_SUBJECT_H

#include "tiles/feature.h"
#include "tiles/style.h"

struct tile_subject {
    const struct tile_features *features;
    tile_source source;
    uint32_t number; /* area, line or site */
};

/* tile_subject_get reads an attribute; `feature` is a struct tile_subject. The
 * attributes are those of the vector tile (vector.h). */
struct tile_value tile_subject_get(const void *feature,
                                   tile_attribute attribute);

/* tile_subject_count returns how many areas, lines or sites a source looks at;
 * not all of them belong to it. */
uint32_t tile_subject_count(const struct tile_features *features,
                            tile_source source);
bool tile_subject_belongs(const struct tile_subject *subject);

/* Which kind a line or a site is; "" when there is none. */
const char *tile_subject_line_kind(const struct tile_line *line);
const char *tile_subject_site_kind(const struct tile_site *site);

#endif

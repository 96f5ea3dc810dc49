/* style.h - how the map looks: all colours, widths, sizes and zooms.
 *
 * One table for each kind of thing, in style.c; nothing about looks stands
 * anywhere else. The model is a printed Chinese county map: pale land in one
 * tint a county, a coloured band along the provincial line with dash and dot in
 * it, quiet names, and red for what the map is about.
 *
 * Colours are 0xAARRGGBB, not multiplied. Lengths are pixels of scale 1, or
 * 1/256 of them where the name ends in _sub.
 */
#ifndef TILES_STYLE_H
#define TILES_STYLE_H

#include "tiles/feature.h"

enum { TILE_STYLE_TINTS = 6 };

/* Layers, as bits: which of them a thing belongs to. */
enum tile_layer {
    TILE_LAYER_BASE = 1 << 0,
    TILE_LAYER_DIVISIONS = 1 << 1,
    TILE_LAYER_NAMES = 1 << 2,
    TILE_LAYER_HERITAGE = 1 << 3,
    TILE_LAYER_BOUNDARIES = 1 << 4,
};

typedef enum {
    TILE_ICON_NONE,
    TILE_ICON_RING,    /* a town's small circle */
    TILE_ICON_DOT,     /* a village, another place */
    TILE_ICON_DIAMOND, /* a heritage site; hollow: position approximate */
    TILE_ICON_COUNT,   /* a cluster: a disc with the number in it */
} tile_icon;

struct tile_text_style {
    int layers;    /* TILE_LAYER_* bits */
    int icon_from; /* zoom of the first icon without a text */
    int from;      /* zooms with text: from <= z <= to */
    int to;
    int size_from; /* pixels at `from`; grows evenly to size_to at `to` or 16 */
    int size_to;
    int spacing; /* between characters, in percent of the size */
    int wrap;    /* characters in a line before it is broken in two; 0: never */
    bool is_bold;
    uint32_t colour;
    tile_icon icon;
    int icon_radius;
};

/* By class. */
extern const struct tile_text_style TILE_STYLE_TEXT[TILE_CLASSES];

extern const struct tile_text_style TILE_STYLE_DIGITS; /* in a cluster's disc */

/* One stroke of the lines that match; rows are painted in their order. */
struct tile_stroke_style {
    int layers;
    uint8_t kind;       /* enum gaz_line_kind */
    uint8_t level_from; /* boundaries: gaz_level, from <= level <= to */
    uint8_t level_to;
    int8_t schematic;   /* 0: surveyed only; 1: schematic only; -1: both */
    int from;           /* first zoom */
    int width_low_sub;  /* at zoom 8 and below; grows evenly to: */
    int width_high_sub; /* at zoom 16 and above */
    uint32_t colour;
    const uint8_t *dashes; /* ink, gap, ink, gap ..., ended by 0; NULL: solid */
};

extern const struct tile_stroke_style TILE_STYLE_STROKES[];
extern const int TILE_STYLE_STROKE_COUNT;

/* Areas. */
extern const uint32_t TILE_STYLE_BACKGROUND; /* where we know nothing */
extern const uint32_t TILE_STYLE_LAND;
extern const uint32_t TILE_STYLE_TINT[TILE_STYLE_TINTS];
/* The tints of the transparent layer "divisions", which lies over others. */
extern const uint32_t TILE_STYLE_GLASS[TILE_STYLE_TINTS];

extern const uint32_t TILE_STYLE_SHORE; /* the sea beside a coastline */
extern const uint32_t TILE_STYLE_HALO;
extern const uint32_t TILE_STYLE_SYNTHETIC;         /* text of made-up places */
extern const char *const TILE_STYLE_SCHEMATIC_NOTE; /* along such a line */
enum {
    TILE_STYLE_HALO_64TH = 96,     /* radius of the halo, 1/64 pixel */
    TILE_STYLE_NOTE_SPACING = 640, /* pixels between words along a line */
    TILE_STYLE_VECTOR_EARLIER = 2, /* zooms by which vector tiles have points
                                    * earlier: their reader places labels */
};

/* tile_style_size returns the size of a class's text at a zoom. */
int tile_style_size(const struct tile_text_style *style, int z);

/* tile_style_width_sub returns the width of a stroke at a zoom, scale 1. */
int tile_style_width_sub(const struct tile_stroke_style *style, int z);

/* tile_style_shore_sub returns how far the shore reaches at a zoom, scale 1. */
int tile_style_shore_sub(int z);

/* tile_style_matches is true when the stroke is drawn on this line. */
bool tile_style_matches(const struct tile_stroke_style *style,
                        const struct tile_line *line);

#endif

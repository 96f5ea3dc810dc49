/* image.h - the sections of a snapshot while they are made. Private.
 *
 * gaz_write_bytes runs the stages in the order of the declarations here. Until
 * gaz_settle_texts the text fields hold ids of the pool, afterwards offsets.
 */
#ifndef GAZ_INDEX_IMAGE_H
#define GAZ_INDEX_IMAGE_H

#include "gazetteer/index/collect.h"
#include "gazetteer/standardise/unicode.h"

/* One way to find one name. */
struct gaz_image_key {
    uint32_t kind; /* gaz_key_kind */
    uint32_t text;
    uint32_t rank; /* of the place */
    uint32_t name;
};

/* Which row of the sources a source of the store became. */
struct gaz_image_source {
    int64_t id;
    uint32_t index;
};

struct gaz_image {
    struct gaz_builder *builder;
    struct gaz_rows sections[GAZ_SECTION_COUNT];
    const struct gaz_given_place **given; /* of each place, by index */
    struct gaz_rows keys;                 /* struct gaz_image_key */
    uint32_t *offsets;                    /* of the texts, once settled */
    struct gaz_rows readings;             /* struct gaz_format_reading */
    struct gaz_rows source_ids;           /* struct gaz_image_source, by id */
};

/* The items of a section, for assignment to a pointer of its row. */
static inline void *gaz_image_items(const struct gaz_image *image,
                                    enum gaz_section section)
{
    return image->sections[section].items;
}

static inline uint32_t gaz_image_count(const struct gaz_image *image,
                                       enum gaz_section section)
{
    return (uint32_t)image->sections[section].count;
}

static inline void *gaz_image_add(struct gaz_image *image,
                                  enum gaz_section section, size_t count)
{
    return gaz_rows_add(&image->sections[section], count);
}

/* gaz_image_place_of returns the index of a place by id, redirects followed,
 * or GAZ_NONE. */
uint32_t gaz_image_place_of(const struct gaz_image *image, gaz_id id);

/* link.c: places by id, their names, parents without cycles, redirects */
gaz_status gaz_link_places(struct gaz_ctx *ctx, struct gaz_image *image);
/* label.c: full labels */
void gaz_label_places(struct gaz_image *image);
/* keys.c: romanised forms and the keys by which names are found */
gaz_status gaz_keys_derive(struct gaz_ctx *ctx, struct gaz_image *image,
                           struct gaz_unicode *unicode);
/* settle.c: texts get their offsets */
void gaz_settle_texts(struct gaz_image *image);
/* source.c: sources by key, and those of places and names. gaz_source_index
 * finds the row of a source of the store; 0 is "no source". */
gaz_status gaz_source_link(struct gaz_ctx *ctx, struct gaz_image *image);
gaz_status gaz_source_index(struct gaz_ctx *ctx, const struct gaz_image *image,
                            int64_t id, uint32_t *out);
/* attach.c: addresses, claims, changes, children */
gaz_status gaz_attach_rows(struct gaz_ctx *ctx, struct gaz_image *image);
/* lines.c */
gaz_status gaz_lines_build(struct gaz_ctx *ctx, struct gaz_image *image);
/* areas.c: rings, and the table of boxes */
void gaz_areas_build(struct gaz_image *image);
/* position.c: inside points, middles, inherited positions */
gaz_status gaz_position_fill(struct gaz_ctx *ctx, struct gaz_image *image);
/* rank.c */
void gaz_rank_places(struct gaz_image *image);
/* names.c: keys, hash table and postings; prefix.c: the tree of minima */
void gaz_names_build(struct gaz_image *image);
void gaz_prefix_build(struct gaz_image *image);
/* kdtree.c */
void gaz_kdtree_build(struct gaz_image *image);
/* sounds.c: how characters sound. gaz_sounds_note takes the readings of a name
 * of Han characters from its toneless spelling. */
void gaz_sounds_note(struct gaz_image *image, const char *name,
                     const char *ascii);
gaz_status gaz_sounds_build(struct gaz_ctx *ctx, struct gaz_image *image,
                            struct gaz_unicode *unicode);
/* keys.c: true when a syllable begins at ascii[i] */
bool gaz_keys_begins_syllable(const char *ascii, size_t i);
/* sites.c: places that state an address */
void gaz_sites_build(struct gaz_image *image);
/* box.c */
void gaz_box_build(struct gaz_image *image);
/* terms.c: the lexicon */
gaz_status gaz_terms_build(struct gaz_ctx *ctx, struct gaz_image *image);

#endif

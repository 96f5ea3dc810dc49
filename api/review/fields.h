/* fields.h - the fields of a record that a clerk may correct, as text.
 *
 * One table is the truth for the edit, the side-by-side view and the help:
 *
 *     place    name roman code category status parent position address
 *              valid_from valid_to meaning origin history
 *     address  text number tail status parent position valid_from valid_to
 *
 * A position is "lon,lat" or "lon,lat,accuracy" in degrees of CGCS2000 and
 * metres: alone it keeps how well the old one was known. A parent is an id or a
 * division code. "" clears a field that may be empty.
 */
#ifndef API_REVIEW_FIELDS_H
#define API_REVIEW_FIELDS_H

#include "gazetteer/store/store.h"

/* A record of either kind, with the texts that a view shows. */
struct api_record {
    bool is_address;
    struct gaz_place place; /* of an address: unused */
    struct gaz_address address;
    const char *parent_name; /* "" */
    const char *site_name;   /* of an address: the site that has it; "" */
    const char *division; /* "平湖市 乍浦镇": above it, top first; "" */
};

/* api_fields_load reads the place or address. GAZ_NOT_FOUND: neither; a merged
 * id gives the place that is kept. */
gaz_status api_fields_load(struct gaz_ctx *ctx, struct gaz_store *store,
                           gaz_id id, struct api_record *out);

gaz_id api_fields_id(const struct api_record *record);
const char *api_fields_name(const struct api_record *record);
const struct gaz_position *api_fields_position(const struct api_record *record);

/* The fields in the order of a view. */
struct api_field {
    const char *name;
    const char *zh;
    const char *en;
    bool is_editable;
    bool is_of_place;
    bool is_of_address;
};
extern const struct api_field API_FIELDS[]; /* ends with NULL name */

/* api_fields_text gives a field as `edit` takes it, and as `shown` to people
 * (the two differ for a category, a parent, a position); "" without one. */
const char *api_fields_text(struct gaz_arena *arena,
                            const struct api_record *record,
                            const struct api_field *field, bool shown);

/* api_fields_set changes one field of the record in memory. A name takes its
 * spelling with it, a number or tail the end of the text.
 * @return GAZ_OK; GAZ_INVALID: no such field of this kind, or the value is
 *         none; GAZ_NOT_FOUND: no such parent */
gaz_status api_fields_set(struct gaz_ctx *ctx, struct gaz_store *store,
                          struct api_record *record, const char *field,
                          const char *value);

#endif

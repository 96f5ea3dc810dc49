/* sides.h - the records of a review side by side, field by field.
 *
 * Of a merge both places; of a finding the record, and the one that it clashes
 * with; of an edit's fix the value that would be put.
 */
#ifndef API_REVIEW_SIDES_H
#define API_REVIEW_SIDES_H

#include "api/review/fields.h"
#include "gazetteer/store/review.h"

enum { API_SIDES_MAX = 24 };

struct api_side_row {
    const struct api_field *field;
    const char *texts[2]; /* for people; "" without a value */
    const char *value;    /* of the first, as `edit` takes it */
    const char *fix;      /* what would be put; NULL: nothing */
    bool differs;         /* there are two records, and this is not the same */
};

struct api_sides {
    struct api_record records[2];
    int count; /* 0: a row that was rejected; 1 or 2 records */
    struct api_side_row rows[API_SIDES_MAX];
    int row_count; /* of fields that one of them has, or may have */
};

/* api_sides_load reads what the review is about; a record that is gone is left
 * out. Statuses of the store. */
gaz_status api_sides_load(struct gaz_ctx *ctx, struct gaz_store *store,
                          const struct gaz_review *review,
                          struct api_sides *out);

/* RFC 5870, for a map program: "geo:30.6,121.08;u=50"; "" without a position.
 */
const char *api_sides_geo(struct gaz_arena *arena,
                          const struct gaz_position *position);

/* The way to a picture of both, "/maps/base.png?bbox=...&markers=..."; NULL
 * when none has a position. It has no host. */
const char *api_sides_map(struct gaz_arena *arena,
                          const struct api_sides *sides);

#endif

/* offset.h - places that are told by others: 朝阳路与人民路交叉口东50米.
 *
 * What stands behind the base (朝阳路) is taken off the text before it is
 * searched, and applied to the answers: the crossing of two roads whose lines
 * are known, and a distance in a direction. What cannot be applied is said.
 */
#ifndef GAZ_SEARCH_OFFSET_H
#define GAZ_SEARCH_OFFSET_H

#include "gazetteer/search/query.h"

struct gaz_offset {
    const char *other; /* name of the road that is crossed, as a key; NULL */
    int other_size;
    bool has_direction;
    double bearing; /* degrees from north, clockwise */
    double metres;
    const char *rest; /* all that was taken off; "" */
    int rest_size;
};

/* gaz_offset_read takes it off `asked`; a text without any is left alone. */
gaz_status gaz_offset_read(struct gaz_ctx *ctx, struct gaz_asked *asked,
                           struct gaz_offset *out);

/* gaz_offset_apply moves an answer's position, widens its accuracy, and adds
 * the reason: crossing, crossing_unknown, offset, offset_unknown. */
void gaz_offset_apply(struct gaz_ctx *ctx, const struct gaz_snapshot *snap,
                      const struct gaz_offset *offset,
                      struct gaz_answer *answer);

#endif

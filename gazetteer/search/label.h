/* label.h - how places and addresses are written out. */
#ifndef GAZ_SEARCH_LABEL_H
#define GAZ_SEARCH_LABEL_H

#include "gazetteer/search/search.h"

/* gaz_label_name returns the name of `place` that was standard on `day`. */
const char *gaz_label_name(const struct gaz_snapshot *snap, uint32_t place,
                           gaz_date day);

/* gaz_label_address writes parent, number, tail and, in brackets, the site. */
const char *gaz_label_address(struct gaz_ctx *ctx,
                              const struct gaz_snapshot *snap, uint32_t address,
                              gaz_date day);

/* gaz_label_address_to leaves off what of the tail is past tail_size bytes: the
 * entrance, or the building, of another room. */
const char *gaz_label_address_to(struct gaz_ctx *ctx,
                                 const struct gaz_snapshot *snap,
                                 uint32_t address, gaz_date day,
                                 size_t tail_size);

/* gaz_label_position and gaz_label_address_position read a row's position. */
struct gaz_position gaz_label_position(const struct gaz_snapshot *snap,
                                       uint32_t place);
struct gaz_position gaz_label_address_position(const struct gaz_snapshot *snap,
                                               uint32_t address);

/* gaz_label_match tells what kind of thing a place is. */
gaz_match gaz_label_match(const struct gaz_snapshot *snap, uint32_t place);

#endif

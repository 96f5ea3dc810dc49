/* SPDX-License-Identifier: Apache-2.0 */
/* survive_address.c - the address of two. */
#include "gazetteer/twins/survive_said.h"

static bool is_given(gaz_survive_field field, const struct gaz_address *address)
{
    switch (field) {
    case GAZ_SURVIVE_ADDRESS_KEEP:
        return address->parent != 0;
    case GAZ_SURVIVE_ADDRESS_SITE:
        return address->place != 0;
    case GAZ_SURVIVE_ADDRESS_POSITION:
        return address->position.method != GAZ_METHOD_NONE;
    default:
        return true;
    }
}

static struct gaz_said said_of(gaz_survive_field field,
                               const struct gaz_address_heir *heir)
{
    const struct gaz_address *address = &heir->address;
    return (struct gaz_said){.is_given = is_given(field, address),
                             .accuracy_m = address->position.accuracy_m,
                             .text = address->text,
                             .from = address->valid_from,
                             .origin = &heir->origin};
}

static bool prefers_second(const struct gaz_survival *survival,
                           gaz_survive_field field,
                           const struct gaz_address_heir *a,
                           const struct gaz_address_heir *b)
{
    const struct gaz_said first = said_of(field, a);
    const struct gaz_said second = said_of(field, b);
    return gaz_survive_prefers(survival, field, &first, &second);
}

bool gaz_survive_address_turns(const struct gaz_survival *survival,
                               const struct gaz_address_heir *a,
                               const struct gaz_address_heir *b)
{
    return prefers_second(survival, GAZ_SURVIVE_ADDRESS_KEEP, a, b);
}

static gaz_date later_end(gaz_date a, gaz_date b)
{
    if (a == GAZ_DATE_OPEN || b == GAZ_DATE_OPEN)
        return GAZ_DATE_OPEN;
    return a > b ? a : b;
}

/* An open begin is 0, and thus the earliest. */
static void join_spans(const struct gaz_address *other, struct gaz_address *out)
{
    if (other->valid_from < out->valid_from)
        out->valid_from = other->valid_from;
    out->valid_to = later_end(out->valid_to, other->valid_to);
    if (other->status < out->status)
        out->status = other->status;
    out->is_synthetic = out->is_synthetic && other->is_synthetic;
}

struct gaz_address gaz_survive_address(const struct gaz_survival *survival,
                                       const struct gaz_address_heir *kept,
                                       const struct gaz_address_heir *merged)
{
    struct gaz_address made = kept->address;
    const struct gaz_address *other = &merged->address;
    if (prefers_second(survival, GAZ_SURVIVE_ADDRESS_SITE, kept, merged))
        made.place = other->place;
    if (prefers_second(survival, GAZ_SURVIVE_ADDRESS_POSITION, kept, merged))
        made.position = other->position;
    join_spans(other, &made);
    return made;
}

/* SPDX-License-Identifier: Apache-2.0 */
/* survive.c - the place of two; survive_address.c: the address of two. */
#include <string.h>

#include "gazetteer/quality/dedupe.h"
#include "gazetteer/twins/survive_said.h"

static const char *text_of(gaz_survive_field field, const struct gaz_heir *heir)
{
    const struct gaz_place *place = &heir->place;
    const char *text = field == GAZ_SURVIVE_ADDRESS     ? place->address
                       : field == GAZ_SURVIVE_MEANING   ? place->meaning
                       : field == GAZ_SURVIVE_ORIGIN    ? place->origin
                       : field == GAZ_SURVIVE_HISTORY   ? place->history
                       : field == GAZ_SURVIVE_NUMBERING ? place->numbering.rule
                                                        : NULL;
    return text ? text : "";
}

static bool is_given(gaz_survive_field field, const struct gaz_heir *heir)
{
    const struct gaz_place *place = &heir->place;
    switch (field) {
    case GAZ_SURVIVE_CATEGORY:
        return place->category != 0;
    case GAZ_SURVIVE_PARENT:
        return place->parent != 0;
    case GAZ_SURVIVE_POSITION:
        return place->position.method != GAZ_METHOD_NONE;
    case GAZ_SURVIVE_AREA:
        return place->area_wkb != NULL;
    case GAZ_SURVIVE_NUMBERING:
        return place->numbering.start != GAZ_BEARING_NONE ||
               place->numbering.odd_side != GAZ_BEARING_NONE;
    default:
        return *text_of(field, heir) != '\0';
    }
}

static struct gaz_said said_of(gaz_survive_field field,
                               const struct gaz_heir *heir)
{
    const struct gaz_place *place = &heir->place;
    return (struct gaz_said){.is_given = is_given(field, heir),
                             .is_coded = place->code && *place->code,
                             .accuracy_m = place->position.accuracy_m,
                             .text = text_of(field, heir),
                             .from = place->valid_from,
                             .origin = &heir->origin};
}

static bool prefers_second(const struct gaz_survival *survival,
                           gaz_survive_field field, const struct gaz_heir *a,
                           const struct gaz_heir *b)
{
    const struct gaz_said first = said_of(field, a);
    const struct gaz_said second = said_of(field, b);
    return gaz_survive_prefers(survival, field, &first, &second);
}

bool gaz_survive_turns(const struct gaz_survival *survival,
                       const struct gaz_heir *a, const struct gaz_heir *b)
{
    return prefers_second(survival, GAZ_SURVIVE_KEEP, a, b);
}

static void take_field(struct gaz_place *out, gaz_survive_field field,
                       const struct gaz_place *from)
{
    switch (field) {
    case GAZ_SURVIVE_CATEGORY:
        out->category = from->category;
        break;
    case GAZ_SURVIVE_PARENT:
        out->parent = from->parent;
        out->parent_code = from->parent_code;
        break;
    case GAZ_SURVIVE_POSITION:
        out->position = from->position;
        break;
    case GAZ_SURVIVE_AREA:
        out->area_wkb = from->area_wkb;
        out->area_size = from->area_size;
        out->area_is_schematic = from->area_is_schematic;
        break;
    case GAZ_SURVIVE_ADDRESS:
        out->address = from->address;
        break;
    case GAZ_SURVIVE_MEANING:
        out->meaning = from->meaning;
        break;
    case GAZ_SURVIVE_ORIGIN:
        out->origin = from->origin;
        break;
    case GAZ_SURVIVE_HISTORY:
        out->history = from->history;
        break;
    case GAZ_SURVIVE_NUMBERING:
        out->numbering = from->numbering;
        break;
    default:
        break;
    }
}

/* The merged place's own standard name lives on as an alias. */
static struct gaz_place with_alias(struct gaz_ctx *ctx,
                                   const struct gaz_place *kept,
                                   const struct gaz_place *merged)
{
    struct gaz_place place = *merged;
    size_t size = (size_t)merged->name_count * sizeof(*merged->names);
    struct gaz_name *names =
        gaz_arena_grow(&ctx->arena, merged->names, size, size);
    for (int i = 0; i < place.name_count; i++)
        if (names[i].kind == GAZ_NAME_STANDARD &&
            strcmp(names[i].text, kept->names[0].text) != 0)
            names[i].kind = names[i].valid_to == GAZ_DATE_OPEN
                                ? GAZ_NAME_ALIAS
                                : GAZ_NAME_FORMER;
    place.names = names;
    return place;
}

gaz_status gaz_survive_merge(struct gaz_ctx *ctx,
                             const struct gaz_survival *survival,
                             const struct gaz_heir *kept,
                             const struct gaz_heir *merged,
                             struct gaz_place *out)
{
    struct gaz_place made;
    bool changed;
    const struct gaz_place other =
        with_alias(ctx, &kept->place, &merged->place);
    gaz_status status =
        gaz_dedupe_merge(ctx, &kept->place, &other, &made, &changed);
    if (status != GAZ_OK)
        return status;
    for (int field = GAZ_SURVIVE_KEEP + 1; field < GAZ_SURVIVE_PLACE_FIELDS;
         field++)
        take_field(
            &made, (gaz_survive_field)field,
            prefers_second(survival, (gaz_survive_field)field, kept, merged)
                ? &merged->place
                : &kept->place);
    *out = made;
    return GAZ_OK;
}

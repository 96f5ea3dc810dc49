/* SPDX-License-Identifier: Apache-2.0 */
/* form_out.c - records as they are read back, and the words of both. */
#include <stdio.h>

#include "api/part.h"
#include "api/write/form.h"
#include "api/write/words.h"

const char *const API_WORDS_KIND[] = {"standard", "alias",    "short", "former",
                                      "variant",  "official", NULL};
const char *const API_WORDS_BASIS[] = {"none", "document", "edition", NULL};
const char *const API_WORDS_METHOD[] = {"none",      "surveyed",  "gazetteer",
                                        "centroid",  "inherited", "derived",
                                        "synthetic", NULL};
const char *const API_WORDS_STATUS[] = {"current", "planned", "historical",
                                        NULL};
const char *const API_WORDS_LEVEL[] = {"none", "province", "city", "county",
                                       "town", "village",  NULL};

enum { DEGREE_DECIMALS = 9 };

static void write_position(struct gaz_json *json,
                           const struct gaz_position *position)
{
    if (position->method == GAZ_METHOD_NONE) {
        gaz_json_null(json, "position");
        return;
    }
    gaz_json_object(json, "position");
    gaz_json_number(json, "lon", position->coord.lon, DEGREE_DECIMALS);
    gaz_json_number(json, "lat", position->coord.lat, DEGREE_DECIMALS);
    gaz_json_string(json, "method", API_WORDS_METHOD[position->method]);
    gaz_json_number(json, "accuracy_m", position->accuracy_m, 3);
    gaz_json_end(json);
}

static void write_span(struct gaz_json *json, gaz_date from, gaz_date to)
{
    api_part_date(json, "valid_from", from);
    api_part_date(json, "valid_to", to);
}

static void write_basis(struct gaz_json *json, gaz_basis basis)
{
    if (basis != GAZ_BASIS_NONE)
        gaz_json_string(json, "basis", API_WORDS_BASIS[basis]);
}

static void write_names(struct gaz_json *json, const struct gaz_place *place)
{
    gaz_json_array(json, "names");
    for (int i = 0; i < place->name_count; i++) {
        const struct gaz_name *name = &place->names[i];
        gaz_json_object(json, NULL);
        gaz_json_string(json, "text", name->text);
        gaz_json_optional(json, "roman", name->roman);
        gaz_json_string(json, "kind", API_WORDS_KIND[name->kind]);
        write_span(json, name->valid_from, name->valid_to);
        /* "none" too: dates without it would be read as a document's */
        if (name->valid_from || name->valid_to)
            gaz_json_string(json, "basis", API_WORDS_BASIS[name->basis]);
        else
            write_basis(json, name->basis);
        gaz_json_end(json);
    }
    gaz_json_end(json);
}

static void write_numbering(struct gaz_json *json,
                            const struct gaz_numbering *numbering)
{
    if (!numbering->start && !numbering->odd_side && !numbering->rule)
        return;
    gaz_json_object(json, "numbering");
    gaz_json_optional(json, "start", gaz_numbering_word(numbering->start));
    gaz_json_optional(json, "odd_side",
                      gaz_numbering_word(numbering->odd_side));
    gaz_json_optional(json, "rule", numbering->rule);
    gaz_json_end(json);
}

void api_form_write_place(struct gaz_json *json, const char *key,
                          const struct gaz_place *place)
{
    char category[16];
    gaz_json_object(json, key);
    api_part_id(json, "id", place->id);
    gaz_json_optional(json, "code", place->code);
    gaz_json_string(json, "level", API_WORDS_LEVEL[place->level]);
    (void)snprintf(category, sizeof(category), "%05d", place->category);
    gaz_json_string(json, "category", category);
    gaz_json_string(json, "status", API_WORDS_STATUS[place->status]);
    write_span(json, place->valid_from, place->valid_to);
    write_basis(json, place->basis);
    gaz_json_bool(json, "statistical", place->is_statistical);
    gaz_json_bool(json, "synthetic", place->is_synthetic);
    api_part_id(json, "parent", place->parent);
    write_position(json, &place->position);
    gaz_json_optional(json, "address", place->address);
    write_numbering(json, &place->numbering);
    gaz_json_optional(json, "meaning", place->meaning);
    gaz_json_optional(json, "origin", place->origin);
    gaz_json_optional(json, "history", place->history);
    write_names(json, place);
    gaz_json_end(json);
}

void api_form_write_address(struct gaz_json *json, const char *key,
                            const struct gaz_address *address)
{
    gaz_json_object(json, key);
    api_part_id(json, "id", address->id);
    gaz_json_string(json, "text", address->text);
    api_part_id(json, "parent", address->parent);
    gaz_json_optional(json, "number", address->number);
    gaz_json_optional(json, "tail", address->tail);
    api_part_id(json, "place", address->place);
    gaz_json_string(json, "status", API_WORDS_STATUS[address->status]);
    write_span(json, address->valid_from, address->valid_to);
    gaz_json_bool(json, "synthetic", address->is_synthetic);
    write_position(json, &address->position);
    gaz_json_end(json);
}

void api_form_write_slips(const struct api_form *form, struct gaz_json *json,
                          const char *key)
{
    gaz_json_array(json, key);
    for (int i = 0; i < form->slip_count; i++) {
        gaz_json_object(json, NULL);
        gaz_json_string(json, "pointer", form->slips[i].pointer);
        gaz_json_string(json, "detail", form->slips[i].en);
        gaz_json_string(json, "detail_zh", form->slips[i].zh);
        gaz_json_end(json);
    }
    gaz_json_end(json);
}

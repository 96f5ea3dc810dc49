/* SPDX-License-Identifier: Apache-2.0 */
/* fields_set.c - what a clerk types, into a record. */
#include <string.h>

#include "api/part.h"
#include "api/review/fields.h"
#include "gazetteer/base/text.h"
#include "gazetteer/standardise/romanise.h"

enum { VALUE_MAX_BYTES = 4096, CODE_MAX_DIGITS = 20, ACCURACY_MAX_M = 100000 };

static gaz_status refuse(struct gaz_ctx *ctx, const char *field,
                         const char *value, const char *wanted)
{
    return gaz_fail(ctx, GAZ_INVALID, "%s '%.60s' is not %s", field, value,
                    wanted);
}

static const char *dup(struct gaz_ctx *ctx, const char *text)
{
    return gaz_arena_strdup(&ctx->arena, text);
}

/* NULL stands for nothing in the store. */
static const char *or_none(const char *text)
{
    return *text ? text : NULL;
}

/* ---- one kind of value each ---- */

static gaz_status read_status(struct gaz_ctx *ctx, const char *value,
                              gaz_place_status *out)
{
    for (uint32_t i = GAZ_STATUS_CURRENT; i <= GAZ_STATUS_HISTORICAL; i++)
        if (strcmp(api_part_status(i), value) == 0) {
            *out = (gaz_place_status)i;
            return GAZ_OK;
        }
    return refuse(ctx, "status", value, "current, planned or historical");
}

static gaz_status read_date(struct gaz_ctx *ctx, const char *field,
                            const char *value, gaz_date *out)
{
    if (*value && !gaz_date_parse(value, out))
        return refuse(ctx, field, value, "YYYY, YYYY-MM or YYYY-MM-DD");
    if (!*value)
        *out = GAZ_DATE_OPEN;
    return GAZ_OK;
}

/* "lon,lat" or "lon,lat,accuracy"; returns how many numbers there are. */
static int read_numbers(struct gaz_arena *arena, const char *value,
                        double out[3])
{
    int count = 0;
    for (;;) {
        size_t len = strcspn(value, ",");
        if (count == 3 ||
            !gaz_text_parse_double(gaz_arena_strndup(arena, value, len),
                                   &out[count]))
            return 0;
        count++;
        if (value[len] == '\0')
            return count;
        value += len + 1;
    }
}

static gaz_status read_position(struct gaz_ctx *ctx, const char *value,
                                struct gaz_position *position)
{
    double n[3] = {0, 0, 0};
    int count = read_numbers(&ctx->arena, value, n);
    bool is_own = position->method != GAZ_METHOD_NONE &&
                  position->method != GAZ_METHOD_INHERITED;
    if (!*value) {
        *position = (struct gaz_position){.method = GAZ_METHOD_NONE};
        return GAZ_OK;
    }
    if (count < 2 || n[0] < -180 || n[0] > 180 || n[1] < -90 || n[1] > 90 ||
        (count == 3 && (n[2] <= 0 || n[2] > ACCURACY_MAX_M)))
        return refuse(ctx, "position", value,
                      "lon,lat or lon,lat,accuracy in degrees and metres");
    if (count == 2 && !is_own)
        return gaz_fail(ctx, GAZ_INVALID,
                        "a first position needs its accuracy in metres: "
                        "lon,lat,accuracy");
    position->coord = (struct gaz_coord){n[0], n[1]};
    if (count == 3) { /* a clerk's own, not the source's any more */
        position->accuracy_m = n[2];
        position->method = GAZ_METHOD_SURVEYED;
        position->source = 0;
    }
    return GAZ_OK;
}

static gaz_status read_parent(struct gaz_ctx *ctx, struct gaz_store *store,
                              const char *value, gaz_id *out)
{
    struct gaz_place parent;
    gaz_id id;
    gaz_status status = GAZ_OK;
    if (!*value) {
        *out = 0;
        return GAZ_OK;
    }
    if (strlen(value) == GAZ_ID_TEXT_BYTES - 1 && gaz_id_parse(value, &id))
        status = gaz_store_place(ctx, store, id, &parent);
    else
        status = gaz_store_place_by_code(ctx, store, value, &parent);
    if (status == GAZ_OK)
        *out = parent.id;
    return status;
}

/* ---- places ---- */

/* Folded as an import would, and spelled by the rules. */
static gaz_status fold_name(struct gaz_ctx *ctx, const char *value,
                            int category, struct gaz_name *name)
{
    struct gaz_unicode *unicode = NULL;
    const char *folded = NULL;
    size_t size = 0;
    struct gaz_roman roman;
    gaz_status status = gaz_unicode_open(ctx, &unicode);
    if (status == GAZ_OK)
        status = gaz_unicode_fold(ctx, unicode, value, strlen(value), &folded,
                                  &size, NULL);
    if (status == GAZ_OK)
        name->text = gaz_arena_strndup(&ctx->arena, folded, size);
    if (status == GAZ_OK)
        status = gaz_romanise(ctx, unicode, name->text, category, &roman);
    if (status == GAZ_OK)
        name->roman = roman.text;
    gaz_unicode_close(unicode);
    return status;
}

static gaz_status set_name(struct gaz_ctx *ctx, struct gaz_place *place,
                           const char *field, const char *value)
{
    size_t size = (size_t)place->name_count * sizeof(*place->names);
    struct gaz_name *names =
        gaz_arena_grow(&ctx->arena, place->names, size, size);
    gaz_status status = GAZ_OK;
    if (place->name_count == 0)
        return gaz_fail(ctx, GAZ_INVALID, "a place without a name");
    if (strcmp(field, "roman") == 0)
        names[0].roman = or_none(dup(ctx, value));
    else if (!*value)
        return gaz_fail(ctx, GAZ_INVALID, "a place needs a name");
    else
        status = fold_name(ctx, value, place->category, &names[0]);
    place->names = names;
    return status;
}

static gaz_status set_code(struct gaz_ctx *ctx, struct gaz_place *place,
                           const char *value)
{
    size_t digits = strspn(value, "0123456789");
    if (value[digits] || digits > CODE_MAX_DIGITS)
        return refuse(ctx, "code", value, "a code of digits");
    place->code = or_none(dup(ctx, value));
    return GAZ_OK;
}

static gaz_status set_category(struct gaz_ctx *ctx, struct gaz_place *place,
                               const char *value)
{
    int64_t code = 0;
    if (!gaz_text_parse_int(value, &code) || code < 10000 || code > 29999)
        return refuse(ctx, "category", value, "five digits of GB/T 18521");
    place->category = (int)code;
    return GAZ_OK;
}

static gaz_status set_place(struct gaz_ctx *ctx, struct gaz_place *place,
                            const char *field, const char *value)
{
    const struct {
        const char *name;
        const char **text;
    } texts[] = {{"address", &place->address},
                 {"meaning", &place->meaning},
                 {"origin", &place->origin},
                 {"history", &place->history}};
    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
        if (strcmp(texts[i].name, field) == 0) {
            *texts[i].text = or_none(dup(ctx, value));
            return GAZ_OK;
        }
    if (strcmp(field, "code") == 0)
        return set_code(ctx, place, value);
    if (strcmp(field, "category") == 0)
        return set_category(ctx, place, value);
    return set_name(ctx, place, field, value);
}

/* ---- addresses ---- */

/* The text ends with the number and what follows; it goes on doing so. */
static gaz_status set_end(struct gaz_ctx *ctx, struct gaz_address *address,
                          const char *number, const char *tail)
{
    struct gaz_arena *arena = &ctx->arena;
    const char *old =
        gaz_arena_printf(arena, "%s%s", address->number, address->tail);
    int64_t value = 0;
    size_t digits = strspn(number, "0123456789");
    if (!gaz_text_ends_with(address->text, old))
        return gaz_fail(ctx, GAZ_INVALID,
                        "the text does not end with its number: edit text "
                        "first");
    const size_t kept = strlen(address->text) - strlen(old);
    address->text = gaz_arena_printf(arena, "%.*s%s%s", (int)kept,
                                     address->text, number, tail);
    address->number = number;
    address->tail = tail;
    address->number_value = 0;
    if (digits > 0 && strcmp(number + digits, "号") == 0 &&
        gaz_text_parse_int(gaz_arena_strndup(arena, number, digits), &value) &&
        value <= INT32_MAX)
        address->number_value = (int32_t)value;
    return GAZ_OK;
}

static gaz_status set_address(struct gaz_ctx *ctx, struct gaz_address *address,
                              const char *field, const char *value)
{
    const char *text = dup(ctx, value);
    if (strcmp(field, "number") == 0)
        return set_end(ctx, address, text, address->tail);
    if (strcmp(field, "tail") == 0)
        return set_end(ctx, address, address->number, text);
    if (!*text)
        return gaz_fail(ctx, GAZ_INVALID, "an address needs a text");
    address->text = text;
    return GAZ_OK;
}

/* ---- both ---- */

static const struct api_field *find_field(const struct api_record *record,
                                          const char *name)
{
    for (const struct api_field *field = API_FIELDS; field->name; field++)
        if (strcmp(field->name, name) == 0 && field->is_editable &&
            (record->is_address ? field->is_of_address : field->is_of_place))
            return field;
    return NULL;
}

static const char *known_fields(struct gaz_arena *arena,
                                const struct api_record *record)
{
    const char *text = "";
    for (const struct api_field *field = API_FIELDS; field->name; field++)
        if (find_field(record, field->name) == field)
            text = gaz_arena_printf(arena, "%s%s%s", text, *text ? ", " : "",
                                    field->name);
    return text;
}

gaz_status api_fields_set(struct gaz_ctx *ctx, struct gaz_store *store,
                          struct api_record *record, const char *field,
                          const char *value)
{
    const bool is_address = record->is_address;
    struct gaz_place *place = &record->place;
    struct gaz_address *address = &record->address;
    if (!find_field(record, field))
        return gaz_fail(ctx, GAZ_INVALID, "no field '%.40s' to edit: %s", field,
                        known_fields(&ctx->arena, record));
    if (strlen(value) > VALUE_MAX_BYTES ||
        !gaz_text_is_utf8(value, strlen(value), NULL))
        return gaz_fail(ctx, GAZ_INVALID,
                        "the value is not UTF-8, or longer than %d bytes",
                        VALUE_MAX_BYTES);
    if (strcmp(field, "status") == 0)
        return read_status(ctx, value,
                           is_address ? &address->status : &place->status);
    if (strcmp(field, "valid_from") == 0)
        return read_date(ctx, field, value,
                         is_address ? &address->valid_from
                                    : &place->valid_from);
    if (strcmp(field, "valid_to") == 0)
        return read_date(ctx, field, value,
                         is_address ? &address->valid_to : &place->valid_to);
    if (strcmp(field, "position") == 0)
        return read_position(
            ctx, value, is_address ? &address->position : &place->position);
    /* the code that a place waits for goes with its old parent */
    place->parent_code =
        strcmp(field, "parent") == 0 ? NULL : place->parent_code;
    if (strcmp(field, "parent") == 0)
        return read_parent(ctx, store, value,
                           is_address ? &address->parent : &place->parent);
    return is_address ? set_address(ctx, address, field, value)
                      : set_place(ctx, place, field, value);
}

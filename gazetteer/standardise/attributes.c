/* SPDX-License-Identifier: Apache-2.0 */
/* attributes.c - the fields of a record that the model has no member for. */
#include "gazetteer/standardise/entry.h"

static bool belongs(gaz_entry_kind entry, gaz_attribute_kind kind)
{
    return entry == GAZ_ENTRY_PLACE     ? gaz_attribute_is_of_place(kind)
           : entry == GAZ_ENTRY_ADDRESS ? gaz_attribute_is_of_address(kind)
                                        : false;
}

gaz_status gaz_entry_attributes(struct gaz_ctx *ctx, struct gaz_standardiser *s,
                                const struct gaz_record *record,
                                struct gaz_entry *out)
{
    struct gaz_attribute items[GAZ_ATTRIBUTES];
    int count = 0;
    for (int i = 0; i < record->field_count; i++) {
        struct gaz_attribute item;
        if (!gaz_attribute_find(record->fields[i].name, &item.kind) ||
            !belongs(record->kind, item.kind))
            continue;
        gaz_status status =
            gaz_entry_text(ctx, s, record, record->fields[i].name, &item.value);
        if (status != GAZ_OK)
            return status;
        if (item.value && count < GAZ_ATTRIBUTES)
            items[count++] = item;
    }
    size_t size = (size_t)count * sizeof(items[0]);
    out->attributes =
        count ? gaz_arena_grow(&ctx->arena, items, size, size) : NULL;
    out->attribute_count = count;
    return GAZ_OK;
}

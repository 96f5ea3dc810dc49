/* SPDX-License-Identifier: Apache-2.0 */
#include "gazetteer/quality/check.h"

#include "gazetteer/quality/note.h"

void gaz_check(struct gaz_ctx *ctx, const struct gaz_record *record,
               const struct gaz_entry *entry, struct gaz_issues *out)
{
    out->count = 0;
    out->errors = 0;
    const struct gaz_note note = {
        .ctx = ctx, .record = record, .entry = entry, .out = out};
    gaz_check_fields(&note);
    switch (entry->kind) {
    case GAZ_ENTRY_PLACE:
        gaz_check_names(&note);
        gaz_check_codes(&note);
        gaz_check_place(&note);
        break;
    case GAZ_ENTRY_ADDRESS:
        gaz_check_address(&note);
        break;
    case GAZ_ENTRY_CLAIM:
        gaz_check_claim(&note);
        break;
    case GAZ_ENTRY_CHANGE:
        gaz_check_change(&note);
        break;
    }
}

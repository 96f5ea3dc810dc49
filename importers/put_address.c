/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "importers/put.h"
#include "importers/report.h"

enum { COUNTY = 2, TOWN = 3, NUMBERED = 5 };

/* Makes the road, hamlet or estate that an address counts in. It has a name
 * and a parent and nothing else: this source says no more about it. */
static gaz_status make_numbered(struct imp_run *run,
                                const struct gaz_entry *entry, gaz_id parent,
                                int64_t record_id, gaz_id *out)
{
    struct gaz_arena *arena = &run->row.arena;
    const char *name = entry->components[NUMBERED];
    char parent_text[GAZ_ID_TEXT_BYTES];
    const struct gaz_field fields[] = {
        {"name", "", name},
        {"category", "", gaz_arena_printf(arena, "%d", entry->parent_category)},
    };
    struct gaz_record record = {
        .kind = GAZ_ENTRY_PLACE,
        .key = gaz_arena_printf(arena, "%s/%s",
                                gaz_id_write(parent, parent_text), name),
        .file = imp_run_file(run),
        .fields = fields,
        .field_count = 2,
        .verbatim = "{}",
    };
    struct gaz_entry made;
    gaz_status status =
        gaz_standardise(&run->row, run->standardiser, &record, &made);
    if (status != GAZ_OK)
        return status;
    struct gaz_name *names =
        gaz_arena_array(arena, (size_t)made.place.name_count, sizeof(*names));
    for (int i = 0; i < made.place.name_count; i++) {
        names[i] = made.place.names[i];
        names[i].source = run->source;
    }
    made.place.names = names;
    made.place.parent = parent;
    made.place.is_synthetic = entry->address.is_synthetic;
    made.place.grade = entry->address.grade; /* nobody else names it */
    return gaz_store_put_place(&run->row, run->store, &made.place,
                               run->mapping.source.key, record.key, record_id,
                               out);
}

/* Hangs the address into its chain; record_id 0 for what the record is not
 * itself about. */
static gaz_status put_in_chain(struct imp_run *run,
                               const struct gaz_entry *entry,
                               const struct imp_chain *chain, const char *key,
                               int64_t record_id, gaz_id *out)
{
    struct gaz_address address = entry->address;
    address.parent = chain->numbered ? chain->numbered : chain->division;
    address.source = run->source;
    if (address.position.method != GAZ_METHOD_NONE &&
        address.position.source == 0)
        address.position.source = run->source;
    if (entry->components[NUMBERED] && !chain->numbered) {
        gaz_status status = make_numbered(
            run, entry, imp_resolve_numbered(entry, chain), 0, &address.parent);
        if (status != GAZ_OK)
            return status;
    }
    if (address.id != 0) {
        gaz_status status =
            gaz_store_join_address(&run->row, run->store, &address);
        if (status != GAZ_OK)
            return status;
    }
    return gaz_store_put_address(&run->row, run->store, &address,
                                 run->mapping.source.key, key, record_id, out);
}

gaz_status imp_put_address(struct imp_run *run, const struct imp_kept *kept,
                           struct imp_outcome *out)
{
    struct imp_outcome outcome = {0};
    kept->entry->address.id = kept->links->known;
    gaz_status status =
        put_in_chain(run, kept->entry, &kept->links->chain, kept->record->key,
                     kept->record_id, &outcome.about);
    if (status == GAZ_OK)
        status = imp_put_attributes(run, kept, outcome.about);
    if (status != GAZ_OK)
        return status;
    outcome.merged = kept->links->known != 0;
    *out = outcome;
    return GAZ_OK;
}

/* The county of a place, by which an address without one is meant. */
static gaz_status find_county(struct imp_run *run,
                              const struct gaz_place *place, gaz_id *out)
{
    enum { CLIMB_MAX = 8 };
    struct gaz_place at = *place;
    *out = 0;
    for (int i = 0; i < CLIMB_MAX && at.parent; i++) {
        gaz_status status =
            gaz_store_place(&run->row, run->store, at.parent, &at);
        if (status != GAZ_OK)
            return status;
        if (at.level == GAZ_LEVEL_COUNTY) {
            *out = at.id;
            return GAZ_OK;
        }
    }
    return GAZ_OK;
}

static void note_skipped(struct imp_run *run, const char *text,
                         const struct imp_chain *chain, const char *number,
                         struct gaz_issues *issues)
{
    struct gaz_arena *arena = &run->row.arena;
    const char *zh = "没有门牌号";
    const char *en = "no number";
    if (number[0] != '\0') {
        zh = chain->missing
                 ? gaz_arena_printf(arena, "区划不在库中: %s", chain->missing)
                 : "没有区划";
        en = chain->missing ? "its division is not known" : "no division";
    }
    imp_report_note(
        issues,
        &(struct gaz_issue){
            .rule = "I11",
            .severity = GAZ_SEVERITY_WARNING,
            .message = gaz_arena_printf(arena, "地址未入库(%s): %s", zh, text),
            .message_en = gaz_arena_printf(arena, "address not stored (%s): %s",
                                           en, text),
            .column = "address",
        });
}

gaz_status imp_put_site_address(struct imp_run *run,
                                const struct imp_kept *kept,
                                const struct gaz_place *site,
                                struct gaz_issues *issues)
{
    struct gaz_arena *arena = &run->row.arena;
    const char *text = kept->entry->place.address;
    const struct gaz_field field = {"text", "", text};
    const struct gaz_record record = {
        .kind = GAZ_ENTRY_ADDRESS,
        .key = gaz_arena_printf(arena, "%s#address", kept->record->key),
        .file = imp_run_file(run),
        .fields = &field,
        .field_count = 1,
        .verbatim = "{}",
    };
    struct gaz_entry entry;
    struct imp_chain chain = {0};
    gaz_id county = 0;
    gaz_id id = 0;
    gaz_status status =
        gaz_standardise(&run->row, run->standardiser, &record, &entry);
    if (status == GAZ_OK && !entry.components[COUNTY])
        status = find_county(run, site, &county);
    if (status == GAZ_OK)
        status = imp_resolve_chain(run, &entry, county, &chain);
    if (status != GAZ_OK)
        return status;
    if (chain.missing || !chain.division || entry.address.number[0] == '\0') {
        note_skipped(run, text, &chain, entry.address.number, issues);
        return GAZ_OK;
    }
    entry.address.place = site->id;
    entry.address.position = site->position;
    entry.address.is_synthetic = site->is_synthetic;
    entry.address.grade = site->grade;
    return put_in_chain(run, &entry, &chain, record.key, 0, &id);
}

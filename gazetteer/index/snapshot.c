/* SPDX-License-Identifier: Apache-2.0 */
#include "gazetteer/index/snapshot.h"

#include <string.h>

#include "gazetteer/index/format.h"

struct open_snapshot {
    struct gaz_snapshot snap; /* first: the handle that the caller holds */
    struct gaz_format_index index;
};

/* ---- opening ---- */

/* Says what is wrong with a file; the remedy is always the same. */
static gaz_status damaged(struct gaz_ctx *ctx, const char *path,
                          const char *what)
{
    return gaz_fail(ctx, GAZ_INVALID,
                    "snapshot '%s' %s; make it again with 'diming build'", path,
                    what);
}

static gaz_status check_header(struct gaz_ctx *ctx, struct gaz_map map,
                               const char *path)
{
    const struct gaz_format_header *header = map.data;
    if (map.size <
        sizeof(*header) + GAZ_SECTION_COUNT * sizeof(struct gaz_format_section))
        return damaged(ctx, path, "is too short to be one");
    if (memcmp(header->magic, GAZ_FORMAT_MAGIC, sizeof(header->magic)) != 0)
        return damaged(ctx, path, "is not a Diming snapshot");
    if (header->version != GAZ_SNAPSHOT_VERSION)
        return gaz_fail(ctx, GAZ_INVALID,
                        "snapshot '%s' is of version %u and this program reads "
                        "version %d; make it again with 'diming build'",
                        path, header->version, GAZ_SNAPSHOT_VERSION);
    if (header->size != map.size)
        return gaz_fail(ctx, GAZ_INVALID,
                        "snapshot '%s' has %zu bytes and should have %llu; "
                        "make it again with 'diming build'",
                        path, map.size, (unsigned long long)header->size);
    if (header->section_count != GAZ_SECTION_COUNT)
        return damaged(ctx, path, "has another number of sections");
    if (header->checksum != gaz_format_checksum(map.data, map.size))
        return damaged(ctx, path, "is damaged: its checksum is wrong");
    return GAZ_OK;
}

static bool section_fits(const struct gaz_format_section *section,
                         uint32_t kind, uint64_t size)
{
    return section->kind == kind &&
           section->item_size == GAZ_FORMAT_ITEM_SIZES[kind] &&
           section->offset % GAZ_FORMAT_ALIGN == 0 && section->offset <= size &&
           section->count < GAZ_NONE &&
           section->count * section->item_size <= size - section->offset;
}

/* Points `out` at the items of a section; returns how many. */
static uint32_t bind_section(struct gaz_map map, enum gaz_section kind,
                             const void **out)
{
    const char *bytes = map.data;
    const struct gaz_format_section *sections =
        (const void *)(bytes + sizeof(struct gaz_format_header));
    *out = bytes + sections[kind].offset;
    return (uint32_t)sections[kind].count;
}

static void bind_rows(struct gaz_snapshot *snap, struct gaz_map map)
{
    const void *at;
    snap->place_count = bind_section(map, GAZ_SECTION_PLACES, &at);
    snap->places = at;
    snap->name_count = bind_section(map, GAZ_SECTION_NAMES, &at);
    snap->names = at;
    snap->address_count = bind_section(map, GAZ_SECTION_ADDRESSES, &at);
    snap->addresses = at;
    snap->claim_count = bind_section(map, GAZ_SECTION_CLAIMS, &at);
    snap->claims = at;
    snap->change_count = bind_section(map, GAZ_SECTION_CHANGES, &at);
    snap->changes = at;
    snap->source_count = bind_section(map, GAZ_SECTION_SOURCES, &at);
    snap->sources = at;
    snap->ring_count = bind_section(map, GAZ_SECTION_RINGS, &at);
    snap->rings = at;
    snap->point_count = bind_section(map, GAZ_SECTION_POINTS, &at);
    snap->points = at;
    snap->line_count = bind_section(map, GAZ_SECTION_LINES, &at);
    snap->lines = at;
    snap->child_count = bind_section(map, GAZ_SECTION_CHILDREN, &at);
    snap->children = at;
    (void)bind_section(map, GAZ_SECTION_STRINGS, &at);
    snap->strings = at;
}

static void bind_index(struct gaz_format_index *index, struct gaz_map map)
{
    const void *at;
    index->map = map;
    index->string_bytes = bind_section(map, GAZ_SECTION_STRINGS, &at);
    index->start_count = bind_section(map, GAZ_SECTION_KEY_STARTS, &at);
    index->key_starts = at;
    index->key_count = bind_section(map, GAZ_SECTION_KEYS, &at);
    index->keys = at;
    index->slot_count = bind_section(map, GAZ_SECTION_SLOTS, &at);
    index->slots = at;
    index->posting_count = bind_section(map, GAZ_SECTION_POSTINGS, &at);
    index->postings = at;
    index->rank_count = bind_section(map, GAZ_SECTION_RANKS, &at);
    index->ranks = at;
    index->minima_count = bind_section(map, GAZ_SECTION_MINIMA, &at);
    index->minima = at;
    index->near_count = bind_section(map, GAZ_SECTION_NEAR_REFS, &at);
    index->near_refs = at;
    index->near_point_count = bind_section(map, GAZ_SECTION_NEAR_POINTS, &at);
    index->near_points = at;
    index->area_count = bind_section(map, GAZ_SECTION_AREAS, &at);
    index->areas = at;
    index->place_point_count = bind_section(map, GAZ_SECTION_PLACE_POINTS, &at);
    index->place_points = at;
    index->address_id_count = bind_section(map, GAZ_SECTION_ADDRESS_IDS, &at);
    index->address_ids = at;
    index->redirect_count = bind_section(map, GAZ_SECTION_REDIRECTS, &at);
    index->redirects = at;
    index->box_count = bind_section(map, GAZ_SECTION_BOX_REFS, &at);
    index->box_refs = at;
    index->site_count = bind_section(map, GAZ_SECTION_SITES, &at);
    index->sites = at;
    index->reading_count = bind_section(map, GAZ_SECTION_READINGS, &at);
    index->readings = at;
}

static gaz_status open_lexicon(struct gaz_ctx *ctx, struct gaz_map map,
                               const char *path, struct gaz_lexicon *out)
{
    struct gaz_ctx own = {0}; /* its sentence does not name the file */
    const void *at;
    uint32_t size = bind_section(map, GAZ_SECTION_LEXICON, &at);
    gaz_status status = gaz_lexicon_open(&own, at, size, out);
    if (status != GAZ_OK)
        status = damaged(ctx, path, "is damaged: its lexicon cannot be read");
    gaz_ctx_close(&own);
    return status;
}

static gaz_status fill(struct gaz_ctx *ctx, struct gaz_map map,
                       const char *path, struct open_snapshot *open)
{
    const struct gaz_format_header *header = map.data;
    const struct gaz_format_section *sections =
        (const void *)((const char *)map.data + sizeof(*header));
    for (uint32_t i = 0; i < GAZ_SECTION_COUNT; i++)
        if (!section_fits(&sections[i], i, map.size))
            return damaged(ctx, path, "is damaged: a section lies outside");
    open->snap.index = &open->index;
    open->snap.journal_seq = header->journal_seq;
    open->snap.checksum = header->checksum;
    bind_rows(&open->snap, map);
    bind_index(&open->index, map);
    gaz_status status = gaz_format_check(ctx, &open->snap, path);
    return status == GAZ_OK ? open_lexicon(ctx, map, path, &open->snap.lexicon)
                            : status;
}

gaz_status gaz_format_view(struct gaz_ctx *ctx, struct gaz_map map,
                           const char *path, struct gaz_snapshot **out)
{
    gaz_status status = check_header(ctx, map, path);
    if (status != GAZ_OK)
        return status;
    struct open_snapshot *open = gaz_malloc(sizeof(*open));
    status = fill(ctx, map, path, open);
    if (status != GAZ_OK) {
        gaz_free(open);
        return status;
    }
    *out = &open->snap;
    return GAZ_OK;
}

gaz_status gaz_snapshot_open(struct gaz_ctx *ctx, const char *path,
                             struct gaz_snapshot **out)
{
    struct gaz_map map;
    gaz_status status = gaz_file_map(ctx, path, &map);
    if (status != GAZ_OK)
        return status;
    status = gaz_format_view(ctx, map, path, out);
    if (status != GAZ_OK)
        gaz_file_unmap(&map);
    return status;
}

void gaz_snapshot_close(struct gaz_snapshot *snap)
{
    if (!snap)
        return;
    struct gaz_map map = gaz_format_index_of(snap)->map;
    gaz_file_unmap(&map);
    gaz_free(snap);
}

/* ---- look-ups by id, number and place ---- */

static gaz_id redirected(const struct gaz_format_index *index, gaz_id id)
{
    uint32_t low = 0;
    uint32_t high = index->redirect_count;
    while (low < high) {
        uint32_t mid = low + (high - low) / 2;
        if (index->redirects[mid].merged < id)
            low = mid + 1;
        else
            high = mid;
    }
    return low < index->redirect_count && index->redirects[low].merged == id
               ? index->redirects[low].kept
               : id;
}

uint32_t gaz_snapshot_place(const struct gaz_snapshot *snap, gaz_id id)
{
    id = redirected(gaz_format_index_of(snap), id);
    uint32_t low = 0;
    uint32_t high = snap->place_count;
    while (low < high) {
        uint32_t mid = low + (high - low) / 2;
        if (snap->places[mid].id < id)
            low = mid + 1;
        else
            high = mid;
    }
    return low < snap->place_count && snap->places[low].id == id ? low
                                                                 : GAZ_NONE;
}

uint32_t gaz_snapshot_address(const struct gaz_snapshot *snap, gaz_id id)
{
    const struct gaz_format_index *index = gaz_format_index_of(snap);
    id = redirected(index, id);
    uint32_t low = 0;
    uint32_t high = snap->address_count;
    while (low < high) {
        uint32_t mid = low + (high - low) / 2;
        if (snap->addresses[index->address_ids[mid]].id < id)
            low = mid + 1;
        else
            high = mid;
    }
    if (low == snap->address_count)
        return GAZ_NONE;
    uint32_t found = index->address_ids[low];
    return snap->addresses[found].id == id ? found : GAZ_NONE;
}

/* First address of [begin, end) with that number or a greater one. */
static uint32_t number_bound(const struct gaz_snapshot *snap, uint32_t begin,
                             uint32_t end, int64_t number_value)
{
    while (begin < end) {
        uint32_t mid = begin + (end - begin) / 2;
        if (snap->addresses[mid].number_value < number_value)
            begin = mid + 1;
        else
            end = mid;
    }
    return begin;
}

uint32_t gaz_snapshot_numbers(const struct gaz_snapshot *snap, uint32_t parent,
                              int32_t number_value, uint32_t *first)
{
    *first = 0;
    if (parent >= snap->place_count)
        return 0;
    uint32_t begin = snap->places[parent].address_first;
    uint32_t end = begin + snap->places[parent].address_count;
    *first = number_bound(snap, begin, end, number_value);
    return number_bound(snap, *first, end, (int64_t)number_value + 1) - *first;
}

bool gaz_snapshot_lies_in(const struct gaz_snapshot *snap, uint32_t place,
                          uint32_t ancestor)
{
    while (place < snap->place_count) {
        if (place == ancestor)
            return true;
        place = snap->places[place].parent;
    }
    return false;
}

uint32_t gaz_snapshot_sites(const struct gaz_snapshot *snap,
                            const uint32_t **out)
{
    *out = gaz_format_index_of(snap)->sites;
    return gaz_format_index_of(snap)->site_count;
}

/* True when a name other than today's says by its dates that it was in use. */
static bool was_in_use(const struct gaz_snap_name *name, gaz_date day)
{
    return (name->kind == GAZ_NAME_FORMER || name->kind == GAZ_NAME_STANDARD) &&
           name->valid_to != GAZ_DATE_OPEN &&
           gaz_date_in(day, name->valid_from, name->valid_to);
}

uint32_t gaz_snapshot_name_at(const struct gaz_snapshot *snap, uint32_t place,
                              gaz_date day)
{
    const struct gaz_snap_place *row = &snap->places[place];
    const struct gaz_snap_name *names = snap->names + row->name_first;
    bool is_standard_known =
        names[0].valid_from != GAZ_DATE_OPEN && names[0].valid_from <= day;
    if (day == GAZ_DATE_OPEN || is_standard_known)
        return row->name_first;
    uint32_t best = 0;
    for (uint32_t i = 1; i < row->name_count; i++)
        if (was_in_use(&names[i], day) &&
            (best == 0 || names[i].valid_from > names[best].valid_from))
            best = i;
    return row->name_first + best;
}

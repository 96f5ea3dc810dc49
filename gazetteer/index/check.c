/* SPDX-License-Identifier: Apache-2.0 */
/* What makes reading a snapshot safe: one pass over every row that proves its
 * indexes and offsets. A row is judged by `bad |= ...` rather than by branches,
 * since all are good in a good file, and a million of them must not be felt.
 */
#include "gazetteer/index/format.h"
#include "gazetteer/model/record.h"

static const int32_t LON_MAX_E7 = 1800000000;
static const int32_t LAT_MAX_E7 = 900000000;

struct limits {
    uint32_t strings;
    uint32_t places;
    uint32_t sources;
};

/* A place index or GAZ_NONE: adding 1 makes GAZ_NONE the least of all. */
static bool is_no_place(const struct limits *limits, uint32_t place)
{
    return place + 1U > limits->places;
}

/* True when [first, first + count) leaves [0, total). */
static bool leaves(uint32_t first, uint32_t count, uint32_t total)
{
    return (uint64_t)first + count > total;
}

static bool is_off_earth(int32_t lon_e7, int32_t lat_e7)
{
    return lon_e7 < -LON_MAX_E7 || lon_e7 > LON_MAX_E7 ||
           lat_e7 < -LAT_MAX_E7 || lat_e7 > LAT_MAX_E7;
}

static bool is_no_position(int32_t lon_e7, int32_t lat_e7)
{
    return is_off_earth(lon_e7, lat_e7) &&
           (lon_e7 != INT32_MIN || lat_e7 != INT32_MIN);
}

static bool is_bad_place(const struct gaz_snapshot *snap,
                         const struct limits *limits, uint32_t i)
{
    const struct gaz_snap_place *row = &snap->places[i];
    bool bad = is_no_place(limits, row->parent) | (row->name_count == 0);
    bad |= leaves(row->name_first, row->name_count, snap->name_count);
    bad |= leaves(row->child_first, row->child_count, snap->child_count);
    bad |= leaves(row->address_first, row->address_count, snap->address_count);
    bad |= leaves(row->claim_first, row->claim_count, snap->claim_count);
    bad |= leaves(row->change_first, row->change_count, snap->change_count);
    bad |= leaves(row->area_first, row->area_count, snap->ring_count);
    bad |= is_no_position(row->lon_e7, row->lat_e7);
    bad |= row->source >= limits->sources;
    bad |= row->label >= limits->strings || row->code_text >= limits->strings;
    bad |= row->address_text >= limits->strings ||
           row->meaning >= limits->strings || row->origin >= limits->strings ||
           row->history >= limits->strings;
    bad |= row->level > GAZ_LEVEL_VILLAGE ||
           row->status > GAZ_STATUS_HISTORICAL ||
           row->method > GAZ_METHOD_SYNTHETIC || row->basis > GAZ_BASIS_EDITION;
    bad |= row->numbering_start > GAZ_BEARING_NORTHWEST ||
           row->odd_side > GAZ_BEARING_RIGHT;
    return bad;
}

/* Ids in order, and a top above every place: callers walk up the parents. */
static bool are_places_bad(const struct gaz_snapshot *snap,
                           const struct limits *limits)
{
    bool bad = false;
    for (uint32_t i = 0; i < snap->place_count; i++) {
        bad |= is_bad_place(snap, limits, i);
        bad |= i > 0 && snap->places[i - 1].id >= snap->places[i].id;
    }
    for (uint32_t i = 0; i < snap->place_count && !bad; i++) {
        int depth = 0;
        for (uint32_t at = i; at != GAZ_NONE && depth <= GAZ_FORMAT_DEPTH_MAX;
             at = snap->places[at].parent)
            depth++;
        bad = depth > GAZ_FORMAT_DEPTH_MAX;
    }
    return bad;
}

static bool are_names_bad(const struct gaz_snapshot *snap,
                          const struct limits *limits)
{
    bool bad = false;
    for (uint32_t i = 0; i < snap->name_count; i++) {
        const struct gaz_snap_name *row = &snap->names[i];
        bad |= row->place >= limits->places || row->text >= limits->strings;
        bad |= row->roman >= limits->strings || row->plain >= limits->strings;
        bad |= row->source >= limits->sources;
        bad |= row->kind >= GAZ_NAME_KINDS || row->basis > GAZ_BASIS_EDITION;
    }
    return bad;
}

static bool are_addresses_bad(const struct gaz_snapshot *snap,
                              const struct limits *limits)
{
    bool bad = false;
    for (uint32_t i = 0; i < snap->address_count; i++) {
        const struct gaz_snap_address *row = &snap->addresses[i];
        bad |= is_no_place(limits, row->parent);
        bad |= is_no_place(limits, row->place);
        bad |=
            (row->number >= limits->strings) | (row->tail >= limits->strings);
        bad |= is_no_position(row->lon_e7, row->lat_e7);
        bad |= row->source >= limits->sources;
        bad |= (row->method > GAZ_METHOD_SYNTHETIC) |
               (row->status > GAZ_STATUS_HISTORICAL);
    }
    return bad;
}

static bool are_facts_bad(const struct gaz_snapshot *snap,
                          const struct limits *limits)
{
    bool bad = false;
    for (uint32_t i = 0; i < snap->claim_count; i++) {
        const struct gaz_snap_claim *row = &snap->claims[i];
        bad |= row->place >= limits->places || row->property >= limits->strings;
        bad |=
            row->value >= limits->strings || row->value_date >= limits->strings;
        bad |= row->source_title >= limits->strings ||
               row->source_url >= limits->strings ||
               row->grade >= limits->strings;
    }
    for (uint32_t i = 0; i < snap->change_count; i++) {
        const struct gaz_snap_change *row = &snap->changes[i];
        bad |= row->owner >= limits->places || is_no_place(limits, row->from) ||
               is_no_place(limits, row->to);
        bad |= row->note >= limits->strings || row->source >= limits->sources;
        bad |= row->kind >= GAZ_CHANGE_KINDS || row->basis > GAZ_BASIS_EDITION;
    }
    for (uint32_t i = 0; i < snap->source_count; i++) {
        const struct gaz_snap_source *row = &snap->sources[i];
        bad |= row->key >= limits->strings || row->title >= limits->strings ||
               row->origin >= limits->strings ||
               row->edition >= limits->strings;
        bad |= row->licence >= limits->strings ||
               row->credit >= limits->strings || row->url >= limits->strings ||
               row->grade >= limits->strings;
    }
    return bad;
}

static bool are_shapes_bad(const struct gaz_snapshot *snap,
                           const struct limits *limits)
{
    bool bad = false;
    for (uint32_t i = 0; i < snap->ring_count; i++) {
        const struct gaz_snap_ring *row = &snap->rings[i];
        bad |= row->place >= limits->places || row->point_count == 0;
        bad |= leaves(row->point_first, row->point_count, snap->point_count);
    }
    for (uint32_t i = 0; i < snap->line_count; i++) {
        const struct gaz_snap_line *row = &snap->lines[i];
        bad |= row->name >= limits->strings || row->code >= limits->strings;
        bad |= leaves(row->point_first, row->point_count, snap->point_count);
        bad |= row->source >= limits->sources ||
               is_no_place(limits, row->left) ||
               is_no_place(limits, row->right);
        bad |= row->kind < GAZ_LINE_COAST || row->kind > GAZ_LINE_ROAD ||
               row->level > GAZ_LEVEL_VILLAGE;
    }
    for (uint32_t i = 0; i < snap->point_count; i++)
        bad |= is_off_earth(snap->points[i].lon_e7, snap->points[i].lat_e7);
    for (uint32_t i = 0; i < snap->child_count; i++)
        bad |= snap->children[i] >= limits->places;
    return bad;
}

static bool are_keys_bad(const struct gaz_snapshot *snap,
                         const struct limits *limits)
{
    enum { BLOCK = 16 }; /* of prefix.c */
    const struct gaz_format_index *index = gaz_format_index_of(snap);
    uint32_t blocks =
        index->rank_count / BLOCK + (index->rank_count % BLOCK != 0 ? 1U : 0U);
    bool bad = index->start_count != GAZ_FORMAT_KINDS + 1 ||
               index->slot_count == 0 ||
               (index->slot_count & (index->slot_count - 1)) != 0 ||
               index->rank_count > index->posting_count ||
               index->minima_count != 2 * blocks;
    for (uint32_t i = 0; i < GAZ_FORMAT_KINDS && !bad; i++)
        bad = index->key_starts[i] > index->key_starts[i + 1] ||
              index->key_starts[i + 1] > index->key_count;
    for (uint32_t i = 0; i < index->key_count; i++)
        bad |= index->keys[i].text >= limits->strings ||
               leaves(index->keys[i].posting_first,
                      index->keys[i].posting_count, index->posting_count);
    for (uint32_t i = 0; i < index->slot_count; i++)
        bad |= index->slots[i].key + 1U > index->key_count;
    for (uint32_t i = 0; i < index->posting_count; i++)
        bad |= (index->postings[i].name >= snap->name_count) |
               (index->postings[i].place >= limits->places);
    return bad;
}

static bool are_places_lost(const struct gaz_snapshot *snap,
                            const struct limits *limits)
{
    const struct gaz_format_index *index = gaz_format_index_of(snap);
    bool bad = index->place_point_count != snap->place_count ||
               index->address_id_count != snap->address_count ||
               index->near_count != index->near_point_count;
    uint64_t refs = (uint64_t)snap->place_count + snap->address_count;
    for (uint32_t i = 0; i < index->near_count; i++)
        bad |= index->near_refs[i] >= refs;
    for (uint32_t i = 0; i < index->box_count; i++)
        bad |= index->box_refs[i] >= limits->places;
    for (uint32_t i = 0; i < index->site_count; i++)
        bad |= index->sites[i] >= limits->places;
    for (uint32_t i = 0; i < index->reading_count; i++)
        bad |= index->readings[i]
                   .syllable[sizeof(index->readings->syllable) - 1] != '\0';
    for (uint32_t i = 0; i < index->address_id_count; i++)
        bad |= index->address_ids[i] >= snap->address_count;
    for (uint32_t i = 0; i < index->area_count; i++)
        bad |= index->areas[i].place >= limits->places;
    return bad;
}

gaz_status gaz_format_check(struct gaz_ctx *ctx,
                            const struct gaz_snapshot *snap, const char *path)
{
    const struct gaz_format_index *index = gaz_format_index_of(snap);
    const struct limits limits = {index->string_bytes, snap->place_count,
                                  snap->source_count};
    static const struct {
        const char *what;
        bool (*is_bad)(const struct gaz_snapshot *, const struct limits *);
    } PARTS[] = {
        {"places", are_places_bad},       {"names", are_names_bad},
        {"addresses", are_addresses_bad}, {"facts", are_facts_bad},
        {"shapes", are_shapes_bad},       {"keys", are_keys_bad},
        {"tables", are_places_lost},
    };
    const char *broken = NULL;
    if (limits.strings == 0 || snap->strings[0] != '\0' ||
        snap->strings[limits.strings - 1] != '\0')
        broken = "texts";
    for (size_t i = 0; i < sizeof(PARTS) / sizeof(PARTS[0]) && !broken; i++)
        if (PARTS[i].is_bad(snap, &limits))
            broken = PARTS[i].what;
    if (!broken)
        return GAZ_OK;
    return gaz_fail(ctx, GAZ_INVALID,
                    "snapshot '%s' is damaged: its %s do not hold together; "
                    "make it again with 'diming build'",
                    path, broken);
}

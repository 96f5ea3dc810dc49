/* SPDX-License-Identifier: Apache-2.0 */
#include "api/detail.h"

#include "api/part.h"

/* The sources that one representation used, each once. */
struct used {
    uint32_t items[API_DETAIL_SOURCES_MAX];
    int count;
};

static void use_source(struct used *used, const struct gaz_snapshot *snap,
                       uint32_t source)
{
    if (source == 0 || source >= snap->source_count)
        return;
    for (int i = 0; i < used->count; i++)
        if (used->items[i] == source)
            return;
    if (used->count < API_DETAIL_SOURCES_MAX)
        used->items[used->count++] = source;
}

static void write_source_key(struct gaz_json *json,
                             const struct gaz_snapshot *snap, uint32_t source)
{
    if (source > 0 && source < snap->source_count)
        gaz_json_string(json, "source",
                        gaz_snapshot_text(snap, snap->sources[source].key));
}

static void write_names(struct gaz_json *json, const struct gaz_snapshot *snap,
                        const struct gaz_snap_place *place, struct used *used)
{
    gaz_json_array(json, "names");
    for (uint32_t i = 0; i < place->name_count; i++) {
        const struct gaz_snap_name *name = &snap->names[place->name_first + i];
        gaz_json_object(json, NULL);
        gaz_json_string(json, "text", gaz_snapshot_text(snap, name->text));
        gaz_json_optional(json, "roman", gaz_snapshot_text(snap, name->roman));
        gaz_json_string(json, "kind", api_part_name_kind(name->kind));
        api_part_date(json, "valid_from", name->valid_from);
        api_part_date(json, "valid_to", name->valid_to);
        gaz_json_optional(json, "basis", api_part_basis(name->basis));
        write_source_key(json, snap, name->source);
        gaz_json_end(json);
        use_source(used, snap, name->source);
    }
    gaz_json_end(json);
}

static void write_changes(struct gaz_json *json,
                          const struct gaz_snapshot *snap,
                          const struct gaz_snap_place *place, struct used *used)
{
    gaz_json_array(json, "changes");
    for (uint32_t i = 0; i < place->change_count; i++) {
        const struct gaz_snap_change *change =
            &snap->changes[place->change_first + i];
        gaz_json_object(json, NULL);
        gaz_json_string(json, "kind", api_part_change_kind(change->kind));
        api_part_date(json, "date", change->date);
        gaz_json_optional(json, "basis", api_part_basis(change->basis));
        api_part_reference(json, "from", snap, change->from);
        api_part_reference(json, "to", snap, change->to);
        gaz_json_optional(json, "note", gaz_snapshot_text(snap, change->note));
        write_source_key(json, snap, change->source);
        gaz_json_end(json);
        use_source(used, snap, change->source);
    }
    gaz_json_end(json);
}

void api_detail_claims(struct gaz_json *json, const struct gaz_snapshot *snap,
                       uint32_t place)
{
    const struct gaz_snap_place *row = &snap->places[place];
    gaz_json_array(json, "claims");
    for (uint32_t i = 0; i < row->claim_count; i++) {
        const struct gaz_snap_claim *claim =
            &snap->claims[row->claim_first + i];
        gaz_json_object(json, NULL);
        gaz_json_string(json, "property",
                        gaz_snapshot_text(snap, claim->property));
        gaz_json_string(json, "value", gaz_snapshot_text(snap, claim->value));
        gaz_json_optional(json, "value_date",
                          gaz_snapshot_text(snap, claim->value_date));
        gaz_json_optional(json, "source_title",
                          gaz_snapshot_text(snap, claim->source_title));
        gaz_json_optional(json, "source_url",
                          gaz_snapshot_text(snap, claim->source_url));
        gaz_json_optional(json, "grade", gaz_snapshot_text(snap, claim->grade));
        gaz_json_bool(json, "preferred", claim->is_preferred != 0);
        gaz_json_end(json);
    }
    gaz_json_end(json);
}

static void write_sources(struct gaz_json *json,
                          const struct gaz_snapshot *snap,
                          const struct used *used)
{
    gaz_json_array(json, "sources");
    for (int i = 0; i < used->count; i++) {
        const struct gaz_snap_source *source = &snap->sources[used->items[i]];
        gaz_json_object(json, NULL);
        gaz_json_string(json, "key", gaz_snapshot_text(snap, source->key));
        gaz_json_string(json, "title", gaz_snapshot_text(snap, source->title));
        gaz_json_optional(json, "edition",
                          gaz_snapshot_text(snap, source->edition));
        gaz_json_optional(json, "licence",
                          gaz_snapshot_text(snap, source->licence));
        gaz_json_optional(json, "credit",
                          gaz_snapshot_text(snap, source->credit));
        gaz_json_optional(json, "url", gaz_snapshot_text(snap, source->url));
        gaz_json_optional(json, "grade",
                          gaz_snapshot_text(snap, source->grade));
        gaz_json_end(json);
    }
    gaz_json_end(json);
}

static void write_children(struct gaz_json *json,
                           const struct gaz_snapshot *snap,
                           const struct gaz_snap_place *place)
{
    gaz_json_int(json, "children_count", place->child_count);
    gaz_json_array(json, "children");
    for (uint32_t i = 0; i < place->child_count && i < API_DETAIL_CHILDREN_MAX;
         i++) {
        uint32_t index = snap->children[place->child_first + i];
        const struct gaz_snap_place *child = &snap->places[index];
        gaz_json_object(json, NULL);
        api_part_id(json, "id", child->id);
        gaz_json_string(json, "code",
                        gaz_snapshot_text(snap, child->code_text));
        gaz_json_string(json, "name", api_part_name(snap, index));
        gaz_json_string(json, "roman", api_part_roman(snap, index));
        gaz_json_int(json, "level", child->level);
        api_part_category(json, child->category);
        gaz_json_string(json, "status", api_part_status(child->status));
        gaz_json_end(json);
    }
    gaz_json_end(json);
}

static const char *address_label(struct api_worker *worker, uint32_t address,
                                 gaz_date at)
{
    const struct gaz_snapshot *snap = worker->snap;
    const struct gaz_snap_address *row = &snap->addresses[address];
    return gaz_arena_printf(
        &worker->ctx.arena, "%s%s%s",
        gaz_search_label(&worker->ctx, snap, row->parent, at),
        gaz_snapshot_text(snap, row->number),
        gaz_snapshot_text(snap, row->tail));
}

static void write_address_item(struct gaz_json *json, struct api_worker *worker,
                               uint32_t address, gaz_date at)
{
    gaz_json_object(json, NULL);
    api_part_id(json, "id", worker->snap->addresses[address].id);
    gaz_json_string(json, "label", address_label(worker, address, at));
    gaz_json_end(json);
}

/* The addresses counted on this place (a road, a village), and those at which
 * it stands (a site). The snapshot has no index of the latter: a site with no
 * address of its own costs a scan, which is a millisecond for 100,000. */
static void write_addresses(struct gaz_json *json, struct api_worker *worker,
                            uint32_t place, gaz_date at)
{
    const struct gaz_snapshot *snap = worker->snap;
    const struct gaz_snap_place *row = &snap->places[place];
    gaz_json_int(json, "addresses_count", row->address_count);
    gaz_json_array(json, "addresses");
    for (uint32_t i = 0; i < row->address_count && i < API_DETAIL_ADDRESSES_MAX;
         i++)
        write_address_item(json, worker, row->address_first + i, at);
    gaz_json_end(json);
    if (row->level != GAZ_LEVEL_NONE)
        return;
    gaz_json_array(json, "stands_at");
    int count = 0;
    for (uint32_t i = 0;
         i < snap->address_count && count < API_DETAIL_ADDRESSES_MAX; i++) {
        if (snap->addresses[i].place != place)
            continue;
        write_address_item(json, worker, i, at);
        count++;
    }
    gaz_json_end(json);
}

/* The name in force on the day, and the label. */
static void write_title(struct gaz_json *json, struct api_worker *worker,
                        uint32_t place, gaz_date at)
{
    const struct gaz_snapshot *snap = worker->snap;
    uint32_t index = gaz_snapshot_name_at(snap, place, at);
    const char *text = api_part_name(snap, place);
    const char *roman = api_part_roman(snap, place);
    if (index != GAZ_NONE) {
        text = gaz_snapshot_text(snap, snap->names[index].text);
        roman = gaz_snapshot_text(snap, snap->names[index].roman);
    }
    gaz_json_string(json, "name", text);
    gaz_json_string(json, "roman", roman);
    gaz_json_string(json, "label",
                    gaz_search_label(&worker->ctx, snap, place, at));
    api_part_date(json, "at", at);
}

/* Where the numbers of a road begin and where the odd ones are. */
static void write_numbering(struct gaz_json *json,
                            const struct gaz_snap_place *place)
{
    if (place->numbering_start == GAZ_BEARING_NONE &&
        place->odd_side == GAZ_BEARING_NONE)
        return;
    gaz_json_object(json, "numbering");
    gaz_json_optional(json, "start",
                      gaz_numbering_word((gaz_bearing)place->numbering_start));
    gaz_json_optional(json, "odd_side",
                      gaz_numbering_word((gaz_bearing)place->odd_side));
    gaz_json_end(json);
}

static void write_facts(struct gaz_json *json, const struct gaz_snapshot *snap,
                        const struct gaz_snap_place *place)
{
    gaz_json_int(json, "level", place->level);
    api_part_category(json, place->category);
    gaz_json_string(json, "code", gaz_snapshot_text(snap, place->code_text));
    gaz_json_string(json, "status", api_part_status(place->status));
    api_part_date(json, "valid_from", place->valid_from);
    api_part_date(json, "valid_to", place->valid_to);
    gaz_json_optional(json, "basis", api_part_basis(place->basis));
    gaz_json_bool(json, "heritage", (place->flags & GAZ_SNAP_HERITAGE) != 0);
    gaz_json_bool(json, "synthetic", (place->flags & GAZ_SNAP_SYNTHETIC) != 0);
    gaz_json_bool(json, "statistical",
                  (place->flags & GAZ_SNAP_STATISTICAL) != 0);
    gaz_json_bool(json, "schematic_area",
                  (place->flags & GAZ_SNAP_SCHEMATIC_AREA) != 0);
    gaz_json_optional(json, "address",
                      gaz_snapshot_text(snap, place->address_text));
    gaz_json_optional(json, "meaning", gaz_snapshot_text(snap, place->meaning));
    gaz_json_optional(json, "origin", gaz_snapshot_text(snap, place->origin));
    gaz_json_optional(json, "history", gaz_snapshot_text(snap, place->history));
    write_numbering(json, place);
}

static void open_feature(struct gaz_json *json, struct gaz_buffer *out,
                         gaz_id id, const struct gaz_position *position)
{
    gaz_json_open(json, out);
    gaz_json_object(json, NULL);
    gaz_json_string(json, "type", "Feature");
    api_part_id(json, "id", id);
    api_part_point(json, position);
    gaz_json_object(json, "properties");
    api_part_id(json, "id", id);
}

void api_detail_place(struct api_worker *worker, uint32_t place, gaz_date at,
                      struct gaz_buffer *out)
{
    const struct gaz_snapshot *snap = worker->snap;
    const struct gaz_snap_place *row = &snap->places[place];
    struct gaz_position position = api_part_place_position(snap, place);
    struct used used = {.count = 0};
    struct gaz_json json;
    open_feature(&json, out, row->id, &position);
    write_title(&json, worker, place, at);
    write_facts(&json, snap, row);
    api_part_position(&json, snap, &position);
    use_source(&used, snap, row->source);
    api_part_division(&json, snap, place);
    api_part_reference(&json, "parent", snap, row->parent);
    write_names(&json, snap, row, &used);
    write_changes(&json, snap, row, &used);
    api_detail_claims(&json, snap, place);
    write_children(&json, snap, row);
    write_addresses(&json, worker, place, at);
    write_sources(&json, snap, &used);
    gaz_json_end(&json);
    gaz_json_end(&json);
}

void api_detail_address(struct api_worker *worker, uint32_t address,
                        gaz_date at, struct gaz_buffer *out)
{
    const struct gaz_snapshot *snap = worker->snap;
    const struct gaz_snap_address *row = &snap->addresses[address];
    struct gaz_position position = {.method = GAZ_METHOD_NONE};
    if (row->lon_e7 != INT32_MIN)
        position = (struct gaz_position){
            .coord = {.lon = gaz_coord_from_e7(row->lon_e7),
                      .lat = gaz_coord_from_e7(row->lat_e7)},
            .method = (gaz_method)row->method,
            .accuracy_m = (double)row->accuracy_m,
            .source = row->source,
        };
    struct used used = {.count = 0};
    use_source(&used, snap, row->source);
    struct gaz_json json;
    open_feature(&json, out, row->id, &position);
    gaz_json_string(&json, "kind", "address");
    gaz_json_string(&json, "label", address_label(worker, address, at));
    gaz_json_string(&json, "number", gaz_snapshot_text(snap, row->number));
    gaz_json_optional(&json, "tail", gaz_snapshot_text(snap, row->tail));
    gaz_json_string(&json, "status", api_part_status(row->status));
    api_part_position(&json, snap, &position);
    api_part_division(&json, snap, row->parent);
    api_part_reference(&json, "parent", snap, row->parent);
    api_part_reference(&json, "place", snap, row->place);
    write_sources(&json, snap, &used);
    gaz_json_end(&json);
    gaz_json_end(&json);
}

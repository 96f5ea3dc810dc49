/* SPDX-License-Identifier: Apache-2.0 */
#include "gazetteer/twins/write.h"

#include <string.h>

#include "gazetteer/base/json.h"

/* What is told of one record of a pair. */
struct told {
    char id[GAZ_ID_TEXT_BYTES];
    const char *name; /* of a place; the text of an address */
    const char *code; /* "" */
    const char *in;   /* "" */
};

static const char *parent_of(const struct gaz_corpus *corpus, int parent)
{
    return parent >= 0 ? gaz_corpus_name(&corpus->places[parent]) : "";
}

static struct told tell(const struct gaz_corpus *corpus, gaz_twins_kind kind,
                        int index)
{
    struct told told = {.code = ""};
    if (kind == GAZ_TWINS_PLACES) {
        const struct gaz_corpus_place *place = &corpus->places[index];
        (void)gaz_id_write(place->place.id, told.id);
        told.name = gaz_corpus_name(place);
        told.code = place->place.code ? place->place.code : "";
        told.in = parent_of(corpus, place->parent);
    } else {
        const struct gaz_corpus_address *item = &corpus->addresses[index];
        (void)gaz_id_write(item->address.id, told.id);
        told.name = item->address.text ? item->address.text : "";
        told.in = parent_of(corpus, item->parent);
    }
    return told;
}

static void table_record(const struct gaz_corpus *corpus, gaz_twins_kind kind,
                         int index, struct gaz_buffer *out)
{
    const struct told told = tell(corpus, kind, index);
    gaz_buffer_printf(out, "%s %s", told.id, told.name);
    if (*told.code)
        gaz_buffer_printf(out, "（%s）", told.code);
    if (*told.in)
        gaz_buffer_printf(out, " 属%s", told.in);
}

void gaz_twins_table(const struct gaz_corpus *corpus,
                     const struct gaz_twins *twins, gaz_band least,
                     struct gaz_buffer *out)
{
    for (int i = 0; i < twins->count; i++) {
        const struct gaz_twin *twin = &twins->items[i];
        if (twin->band < least)
            continue;
        gaz_buffer_printf(out, "%s %.3f", gaz_band_zh(twin->band), twin->score);
        if (twin->cluster)
            gaz_buffer_printf(out, " 簇%d", twin->cluster);
        gaz_buffer_text(out, "\n  ");
        table_record(corpus, twins->kind, twin->a, out);
        gaz_buffer_text(out, "\n  ");
        table_record(corpus, twins->kind, twin->b, out);
        gaz_buffer_printf(out, "\n  %s\n", twin->zh);
    }
    gaz_buffer_printf(out, "重复 %d，待审 %d，不同 %d，簇 %d\n",
                      twins->by_band[GAZ_BAND_DUPLICATE],
                      twins->by_band[GAZ_BAND_REVIEW],
                      twins->by_band[GAZ_BAND_DIFFERENT], twins->cluster_count);
}

/* ---- JSON ---- */

static void json_record(const struct gaz_corpus *corpus, gaz_twins_kind kind,
                        int index, const char *key, struct gaz_json *json)
{
    const struct told told = tell(corpus, kind, index);
    gaz_json_object(json, key);
    gaz_json_string(json, "id", told.id);
    gaz_json_string(json, "name", told.name);
    gaz_json_optional(json, "code", *told.code ? told.code : NULL);
    gaz_json_optional(json, "in", told.in);
    gaz_json_end(json);
}

void gaz_twins_json(const struct gaz_corpus *corpus,
                    const struct gaz_twins *twins, gaz_band least,
                    struct gaz_buffer *out)
{
    struct gaz_json json;
    gaz_json_open(&json, out);
    gaz_json_object(&json, NULL);
    gaz_json_object(&json, "summary");
    gaz_json_string(&json, "kind", gaz_twins_kind_name(twins->kind));
    if (twins->kind == GAZ_TWINS_PLACES)
        gaz_json_int(&json, "places", corpus->place_count);
    else
        gaz_json_int(&json, "addresses", corpus->address_count);
    for (int band = GAZ_BAND_DUPLICATE; band >= GAZ_BAND_DIFFERENT; band--)
        gaz_json_int(&json, gaz_band_name((gaz_band)band),
                     twins->by_band[band]);
    gaz_json_int(&json, "clusters", twins->cluster_count);
    gaz_json_int(&json, "skipped", twins->skipped);
    gaz_json_end(&json);
    gaz_json_array(&json, "pairs");
    for (int i = 0; i < twins->count; i++) {
        const struct gaz_twin *twin = &twins->items[i];
        if (twin->band < least)
            continue;
        gaz_json_object(&json, NULL);
        gaz_json_string(&json, "band", gaz_band_name(twin->band));
        gaz_json_number(&json, "score", twin->score, 4);
        if (twin->cluster)
            gaz_json_int(&json, "cluster", twin->cluster);
        json_record(corpus, twins->kind, twin->a, "a", &json);
        json_record(corpus, twins->kind, twin->b, "b", &json);
        if (twin->distance_m >= 0)
            gaz_json_number(&json, "distance_m", twin->distance_m, 1);
        gaz_json_string(&json, "why", twin->zh);
        gaz_json_string(&json, "why_en", twin->en);
        gaz_json_end(&json);
    }
    gaz_json_end(&json);
    gaz_json_end(&json);
    gaz_buffer_char(out, '\n');
}

/* ---- CSV ---- */

static void csv_field(struct gaz_buffer *out, const char *text, char end)
{
    bool quotes = strpbrk(text, ",\"\r\n") != NULL;
    if (quotes)
        gaz_buffer_char(out, '"');
    for (; *text; text++) {
        if (*text == '"')
            gaz_buffer_char(out, '"');
        gaz_buffer_char(out, *text);
    }
    if (quotes)
        gaz_buffer_char(out, '"');
    gaz_buffer_char(out, end);
}

static void csv_record(const struct gaz_corpus *corpus, gaz_twins_kind kind,
                       int index, struct gaz_buffer *out)
{
    const struct told told = tell(corpus, kind, index);
    csv_field(out, told.id, ',');
    csv_field(out, told.name, ',');
    csv_field(out, told.code, ',');
    csv_field(out, told.in, ',');
}

void gaz_twins_csv(const struct gaz_corpus *corpus,
                   const struct gaz_twins *twins, gaz_band least,
                   struct gaz_buffer *out)
{
    gaz_buffer_text(out, "band,score,cluster,a,a_name,a_code,a_in,b,b_name,"
                         "b_code,b_in,distance_m,why,why_en\n");
    for (int i = 0; i < twins->count; i++) {
        const struct gaz_twin *twin = &twins->items[i];
        if (twin->band < least)
            continue;
        gaz_buffer_printf(out, "%s,%.4f,%d,", gaz_band_name(twin->band),
                          twin->score, twin->cluster);
        csv_record(corpus, twins->kind, twin->a, out);
        csv_record(corpus, twins->kind, twin->b, out);
        if (twin->distance_m >= 0)
            gaz_buffer_printf(out, "%.1f", twin->distance_m);
        gaz_buffer_char(out, ',');
        csv_field(out, twin->zh, ',');
        csv_field(out, twin->en, '\n');
    }
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "gazetteer/twins/write.h"

#include <string.h>

#include "gazetteer/base/json.h"

static const char *code_of(const struct gaz_corpus_place *place)
{
    return place->place.code ? place->place.code : "";
}

static const char *parent_of(const struct gaz_corpus *corpus,
                             const struct gaz_corpus_place *place)
{
    return place->parent >= 0 ? gaz_corpus_name(&corpus->places[place->parent])
                              : "";
}

static int count_of(const struct gaz_twins *twins, gaz_band band)
{
    int count = 0;
    for (int i = 0; i < twins->count; i++)
        count += twins->items[i].band == band;
    return count;
}

static void table_place(const struct gaz_corpus *corpus, int index,
                        struct gaz_buffer *out)
{
    const struct gaz_corpus_place *place = &corpus->places[index];
    char id[GAZ_ID_TEXT_BYTES];
    gaz_buffer_printf(out, "%s %s", gaz_id_write(place->place.id, id),
                      gaz_corpus_name(place));
    if (*code_of(place))
        gaz_buffer_printf(out, "（%s）", code_of(place));
    if (*parent_of(corpus, place))
        gaz_buffer_printf(out, " 属%s", parent_of(corpus, place));
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
        table_place(corpus, twin->a, out);
        gaz_buffer_text(out, "\n  ");
        table_place(corpus, twin->b, out);
        gaz_buffer_printf(out, "\n  %s\n", twin->zh);
    }
    gaz_buffer_printf(
        out, "重复 %d，待审 %d，不同 %d，簇 %d\n",
        count_of(twins, GAZ_BAND_DUPLICATE), count_of(twins, GAZ_BAND_REVIEW),
        count_of(twins, GAZ_BAND_DIFFERENT), twins->cluster_count);
}

/* ---- JSON ---- */

static void json_place(const struct gaz_corpus *corpus, int index,
                       const char *key, struct gaz_json *json)
{
    const struct gaz_corpus_place *place = &corpus->places[index];
    char id[GAZ_ID_TEXT_BYTES];
    gaz_json_object(json, key);
    gaz_json_string(json, "id", gaz_id_write(place->place.id, id));
    gaz_json_string(json, "name", gaz_corpus_name(place));
    gaz_json_optional(json, "code", place->place.code);
    gaz_json_optional(json, "in", parent_of(corpus, place));
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
    gaz_json_int(&json, "places", corpus->place_count);
    for (int band = GAZ_BAND_DUPLICATE; band >= GAZ_BAND_DIFFERENT; band--)
        gaz_json_int(&json, gaz_band_name((gaz_band)band),
                     count_of(twins, (gaz_band)band));
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
        json_place(corpus, twin->a, "a", &json);
        json_place(corpus, twin->b, "b", &json);
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

static void csv_place(const struct gaz_corpus *corpus, int index,
                      struct gaz_buffer *out)
{
    const struct gaz_corpus_place *place = &corpus->places[index];
    char id[GAZ_ID_TEXT_BYTES];
    csv_field(out, gaz_id_write(place->place.id, id), ',');
    csv_field(out, gaz_corpus_name(place), ',');
    csv_field(out, code_of(place), ',');
    csv_field(out, parent_of(corpus, place), ',');
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
        csv_place(corpus, twin->a, out);
        csv_place(corpus, twin->b, out);
        if (twin->distance_m >= 0)
            gaz_buffer_printf(out, "%.1f", twin->distance_m);
        gaz_buffer_char(out, ',');
        csv_field(out, twin->zh, ',');
        csv_field(out, twin->en, '\n');
    }
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "gazetteer/standardise/model.h"

#include <string.h>

#include "gazetteer/base/text.h"
#include "gazetteer/standardise/model_parts.h"

enum { TAGS = GAZ_MODEL_TAGS, WORST = -(1 << 29) };

typedef int32_t path_row[TAGS];

/* What one labelling needs. */
struct work {
    struct gaz_model_text text;
    struct gaz_model_chunks chunks;
    gaz_model_scores scores[GAZ_MODEL_TOKENS];
    uint8_t from[GAZ_MODEL_TOKENS][TAGS];
    uint8_t tags[GAZ_MODEL_TOKENS];
};

static uint32_t find_name(const void *names, uint64_t key)
{
    const struct gaz_model *m = names;
    uint32_t b = gaz_model_bucket(key, m->header->name_buckets);
    uint32_t print = gaz_model_name_fingerprint(key);
    for (uint32_t i = m->name_index[b]; i < m->name_index[b + 1]; i++) {
        if (m->names[i] >> GAZ_MODEL_KIND_BITS == print)
            return m->names[i] & ((1u << GAZ_MODEL_KIND_BITS) - 1);
    }
    return 0;
}

/* Offers tag x as the one before each first tag of an element. */
static void offer(int x, int32_t score, const int16_t *transitions,
                  int32_t *best, uint8_t *from)
{
    for (int y = 0; y < TAGS; y += 2) {
        int32_t s = score + transitions[x * TAGS + y];
        if (s > best[y]) {
            best[y] = s;
            from[y] = (uint8_t)x;
        }
    }
}

/* One step of the best paths. A tag whose score, with its best transition, is
 * below the worst of what others offer cannot be before anything: most are. */
static void step(const int16_t *transitions, const int32_t *reach,
                 const int32_t *before, int32_t *best, uint8_t *from)
{
    int top = 0;
    for (int y = 0; y < TAGS; y++) {
        top = before[y] > before[top] ? y : top;
        best[y] = WORST;
    }
    offer(top, before[top], transitions, best, from);
    int32_t floor = best[0];
    for (int y = 2; y < TAGS; y += 2)
        floor = best[y] < floor ? best[y] : floor;
    for (int x = 0; x < TAGS; x++) {
        if (x != top && before[x] + reach[x] > floor)
            offer(x, before[x], transitions, best, from);
    }
    for (int y = 1; y < TAGS; y += 2) { /* an inside tag has two choices */
        int32_t begun = before[y - 1] + transitions[(y - 1) * TAGS + y];
        int32_t inside = before[y] + transitions[y * TAGS + y];
        best[y] = begun > inside ? begun : inside;
        from[y] = (uint8_t)(begun > inside ? y - 1 : y);
    }
}

/* Viterbi, from the scores of each token alone. */
static void find_best(const struct gaz_model *m, struct work *w)
{
    int n = w->text.count;
    path_row paths[2];
    for (int y = 0; y < TAGS; y++)
        paths[0][y] = y & 1 ? WORST / 2 : w->scores[0][y];
    for (int i = 1; i < n; i++) {
        int32_t *here = paths[i & 1];
        step(m->transitions, m->reach, paths[(i - 1) & 1], here, w->from[i]);
        for (int y = 0; y < TAGS; y++)
            here[y] += w->scores[i][y];
    }
    const int32_t *last = paths[(n - 1) & 1];
    int best = 0;
    for (int y = 1; y < TAGS; y++) {
        if (last[y] > last[best])
            best = y;
    }
    for (int i = n; i-- > 0;) {
        w->tags[i] = (uint8_t)best;
        best = i > 0 ? w->from[i][best] : 0;
    }
}

static void emit(struct gaz_elements *out, gaz_element_label label, int end,
                 int byte_end)
{
    bool any = out->count > 0;
    struct gaz_element *last = any ? &out->items[out->count - 1] : NULL;
    if (out->count == GAZ_ELEMENTS_MAX) { /* the last one takes the rest */
        last->label = GAZ_ELEMENT_REDUNDANT;
        last->end = end;
        last->byte_end = byte_end;
        return;
    }
    out->items[out->count++] = (struct gaz_element){
        .label = label,
        .start = any ? last->end : 0,
        .end = end,
        .byte_start = any ? last->byte_end : 0,
        .byte_end = byte_end,
    };
}

static void emit_all(const struct work *w, const char *text, size_t size,
                     struct gaz_elements *out)
{
    const struct gaz_model_text *t = &w->text;
    for (int c = 0; c < w->chunks.chunks; c++) {
        int next = w->chunks.last[c] + 1;
        bool more = next < t->count;
        emit(out, (gaz_element_label)w->chunks.label[c],
             more ? t->tokens[next].start : t->code_points,
             more ? t->tokens[next].byte_start : t->bytes);
    }
    size_t read = (size_t)t->bytes;
    if (read < size)
        emit(out, GAZ_ELEMENT_REDUNDANT,
             t->code_points + (int)gaz_text_count(text + read, size - read),
             (int)size);
}

/* The label of a text that is the full name of a division and of one level
 * only; the corpus has no such texts to learn that from. */
static bool is_one_name(const struct gaz_model_text *text,
                        gaz_element_label *label)
{
    static const struct {
        gaz_model_name_kind kind;
        gaz_element_label label;
    } LEVELS[] = {{GAZ_MODEL_NAME_PROVINCE, GAZ_ELEMENT_PROV},
                  {GAZ_MODEL_NAME_CITY, GAZ_ELEMENT_CITY},
                  {GAZ_MODEL_NAME_DISTRICT, GAZ_ELEMENT_DISTRICT},
                  {GAZ_MODEL_NAME_TOWN, GAZ_ELEMENT_TOWN},
                  {GAZ_MODEL_NAME_VILLAGE, GAZ_ELEMENT_COMMUNITY}};
    int found = 0;
    for (size_t i = 0; i < sizeof LEVELS / sizeof LEVELS[0]; i++) {
        if (text->count > 0 &&
            text->hits[0][LEVELS[i].kind].length == text->count) {
            *label = LEVELS[i].label;
            found++;
        }
    }
    return found == 1;
}

void gaz_model_label(const struct gaz_model *model, const char *text,
                     size_t size, struct gaz_elements *out)
{
    out->count = 0;
    if (size == 0)
        return;
    struct work w;
    w.text.count = 0; /* all else is written before it is read */
    size_t limit = size;
    if (limit > GAZ_ADDRESS_MAX_BYTES) {
        limit = GAZ_ADDRESS_MAX_BYTES;
        while (((unsigned char)text[limit] & 0xC0) == 0x80 &&
               limit > GAZ_ADDRESS_MAX_BYTES - 4)
            limit--;
    }
    gaz_model_text_read(find_name, model, text, limit, &w.text);
    gaz_element_label label;
    if (limit == size && is_one_name(&w.text, &label)) {
        emit(out, label, w.text.code_points, w.text.bytes);
        return;
    }
    gaz_model_score(model, &w.text, w.scores);
    find_best(model, &w);
    gaz_model_chunks_read(w.tags, w.text.count, &w.chunks);
    emit_all(&w, text, size, out);
}

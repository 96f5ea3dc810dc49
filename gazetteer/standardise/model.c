/* SPDX-License-Identifier: Apache-2.0 */
#include "gazetteer/standardise/model.h"

#include <string.h>

#include "gazetteer/base/text.h"
#include "gazetteer/standardise/model_blob.h"
#include "gazetteer/standardise/model_features.h"

enum { TAGS = GAZ_MODEL_TAGS, WORST = -(1 << 29) };

struct gaz_model {
    const struct gaz_model_header *header;
    const int16_t *transitions;
    const uint32_t *name_index;
    const uint32_t *names;
    const uint32_t *row_index;
    const uint8_t *rows;
    int32_t reach[TAGS]; /* the best transition from a tag */
};

/* 112 features of at most 127 each: 16 bits hold any sum. */
typedef int16_t score_row[GAZ_MODEL_WIDTH];
typedef int32_t path_row[TAGS];

enum { STAGES = 3 };

/* The rows that one token wants. */
struct look_up {
    uint64_t keys[GAZ_MODEL_FEATURES];
    uint32_t buckets[GAZ_MODEL_FEATURES];
    const uint8_t *begin[GAZ_MODEL_FEATURES];
    const uint8_t *end[GAZ_MODEL_FEATURES];
    int count;
};

/* What one labelling needs. */
struct work {
    struct look_up look_ups[STAGES];
    struct gaz_model_text text;
    struct gaz_model_chunks chunks;
    score_row scores[GAZ_MODEL_TOKENS];
    uint8_t from[GAZ_MODEL_TOKENS][TAGS];
    uint8_t tags[GAZ_MODEL_TOKENS];
};

static uint64_t parts_size(const struct gaz_model_header *h)
{
    uint64_t words =
        (uint64_t)h->name_buckets + 1 + h->names + (uint64_t)h->row_buckets + 1;
    return sizeof *h + sizeof(int16_t) * TAGS * TAGS +
           sizeof(uint32_t) * words + h->row_bytes;
}

static const char *header_problem(const struct gaz_model_header *h, size_t size)
{
    if (h->magic != GAZ_MODEL_MAGIC)
        return "not a model of elements";
    if (h->version != GAZ_MODEL_VERSION)
        return "model of another version";
    if (h->size != size || h->name_buckets == 0 || h->row_buckets == 0 ||
        parts_size(h) != size)
        return "parts of the model do not fit";
    if (gaz_model_checksum(h, size) != h->checksum)
        return "checksum of the model is wrong";
    return NULL;
}

static void find_parts(struct gaz_model *m, const struct gaz_model_header *h)
{
    m->header = h;
    m->transitions = (const int16_t *)(h + 1);
    const void *end = m->transitions + (size_t)TAGS * TAGS;
    m->name_index = end;
    m->names = m->name_index + h->name_buckets + 1;
    m->row_index = m->names + h->names;
    m->rows = (const uint8_t *)(m->row_index + h->row_buckets + 1);
    for (int x = 0; x < TAGS; x++) {
        const int16_t *row = m->transitions + (size_t)x * TAGS;
        m->reach[x] = row[0];
        for (int y = 2; y < TAGS; y += 2)
            m->reach[x] = row[y] > m->reach[x] ? row[y] : m->reach[x];
    }
}

/* An index begins at 0, never falls, and ends at the number of what it is of.
 */
static bool is_index(const uint32_t *index, uint32_t buckets, uint32_t end)
{
    if (index[0] != 0 || index[buckets] != end)
        return false;
    for (uint32_t i = 0; i < buckets; i++) {
        if (index[i] > index[i + 1])
            return false;
    }
    return true;
}

static size_t row_size(const uint8_t *row)
{
    size_t weights = row[2];
    return GAZ_MODEL_ROW_HEAD +
           (weights == GAZ_MODEL_FULL ? GAZ_MODEL_WIDTH : 2 * weights);
}

/* The rows of a bucket fill it, and speak of tags that exist. */
static bool is_bucket(const uint8_t *row, const uint8_t *end)
{
    while (row < end) {
        if (end - row < GAZ_MODEL_ROW_HEAD)
            return false;
        size_t size = row_size(row);
        if ((size_t)(end - row) < size)
            return false;
        bool full = row[2] == GAZ_MODEL_FULL;
        for (size_t at = GAZ_MODEL_ROW_HEAD; at < size && !full; at += 2) {
            if (row[at] >= TAGS)
                return false;
        }
        row += size;
    }
    return true;
}

static const char *parts_problem(const struct gaz_model *m)
{
    const struct gaz_model_header *h = m->header;
    if (!is_index(m->name_index, h->name_buckets, h->names))
        return "index of names is damaged";
    if (!is_index(m->row_index, h->row_buckets, h->row_bytes))
        return "index of rows is damaged";
    for (uint32_t b = 0; b < h->row_buckets; b++) {
        if (!is_bucket(m->rows + m->row_index[b],
                       m->rows + m->row_index[b + 1]))
            return "a row of weights is damaged";
    }
    return NULL;
}

gaz_status gaz_model_open(struct gaz_ctx *ctx, const void *bytes, size_t size,
                          struct gaz_model **out)
{
    const struct gaz_model_header *h = bytes;
    if (size < sizeof *h)
        return gaz_fail(ctx, GAZ_INVALID, "model of %zu bytes", size);
    if ((uintptr_t)bytes % sizeof(uint64_t) != 0)
        return gaz_fail(ctx, GAZ_INVALID, "model is not aligned");
    const char *problem = header_problem(h, size);
    struct gaz_model m = {0};
    if (!problem) {
        find_parts(&m, h);
        problem = parts_problem(&m);
    }
    if (problem)
        return gaz_fail(ctx, GAZ_INVALID, "%s", problem);
    struct gaz_model *model = gaz_malloc(sizeof *model);
    *model = m;
    *out = model;
    return GAZ_OK;
}

void gaz_model_close(struct gaz_model *model)
{
    gaz_free(model);
}

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

/* Of its own, with a fixed count and no aliases: the compiler makes it six
 * vector additions, which is half the time of a labelling. */
static void add_full(const int8_t *restrict weights, int16_t *restrict scores)
{
    for (int y = 0; y < GAZ_MODEL_WIDTH; y++)
        scores[y] = (int16_t)(scores[y] + weights[y]);
}

static void add_weights(const uint8_t *row, int16_t *scores)
{
    const uint8_t *at = row + GAZ_MODEL_ROW_HEAD;
    if (row[2] == GAZ_MODEL_FULL) {
        add_full((const int8_t *)at, scores);
        return;
    }
    const uint8_t *end = row + row_size(row);
    for (; at < end; at += 2)
        scores[at[0]] = (int16_t)(scores[at[0]] + (int8_t)at[1]);
}

static void add_row(const uint8_t *row, const uint8_t *end, uint64_t key,
                    int16_t *scores)
{
    uint16_t print = gaz_model_fingerprint(key);
    for (; row < end; row += row_size(row)) {
        if ((row[0] | row[1] << 8) == print) {
            add_weights(row, scores);
            return;
        }
    }
}

/* The first of three stages: which rows a token wants. Each stage asks the
 * processor for the memory that the next one, a token later, will read. */
static void want_rows(const struct gaz_model *m, struct work *w, int i)
{
    struct look_up *l = &w->look_ups[i % STAGES];
    l->count = gaz_model_features(&w->text, i, l->keys);
    for (int k = 0; k < l->count; k++) {
        l->buckets[k] = gaz_model_bucket(l->keys[k], m->header->row_buckets);
        __builtin_prefetch(m->row_index + l->buckets[k]);
    }
}

static void locate_rows(const struct gaz_model *m, struct work *w, int i)
{
    struct look_up *l = &w->look_ups[i % STAGES];
    for (int k = 0; k < l->count; k++) {
        const uint32_t *index = m->row_index + l->buckets[k];
        l->begin[k] = m->rows + index[0];
        l->end[k] = m->rows + index[1];
        __builtin_prefetch(l->begin[k]);
    }
}

static void add_rows(struct work *w, int i)
{
    const struct look_up *l = &w->look_ups[i % STAGES];
    memset(w->scores[i], 0, sizeof w->scores[i]);
    for (int k = 0; k < l->count; k++)
        add_row(l->begin[k], l->end[k], l->keys[k], w->scores[i]);
}

static void score_tokens(const struct gaz_model *m, struct work *w)
{
    int n = w->text.count;
    for (int i = 0; i < n + STAGES - 1; i++) {
        if (i < n)
            want_rows(m, w, i);
        if (i >= 1 && i - 1 < n)
            locate_rows(m, w, i - 1);
        if (i >= 2)
            add_rows(w, i - 2);
    }
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

void gaz_model_label(const struct gaz_model *model, const char *text,
                     size_t size, struct gaz_elements *out)
{
    out->count = 0;
    if (size == 0)
        return;
    struct work w;
    size_t limit = size;
    if (limit > GAZ_ADDRESS_MAX_BYTES) {
        limit = GAZ_ADDRESS_MAX_BYTES;
        while (((unsigned char)text[limit] & 0xC0) == 0x80 &&
               limit > GAZ_ADDRESS_MAX_BYTES - 4)
            limit--;
    }
    gaz_model_text_read(find_name, model, text, limit, &w.text);
    score_tokens(model, &w);
    find_best(model, &w);
    gaz_model_chunks_read(w.tags, w.text.count, &w.chunks);
    emit_all(&w, text, size, out);
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/accuracy/model/earlier.h"

#include "gazetteer/standardise/model_keys.h"

enum { NONE = 31, PASS_TEMPLATES = 200 };

/* Labels of the chunks from `from` up to `to`, a bit set. */
static uint32_t labels_in(const struct gaz_model_chunks *c, int from, int to)
{
    uint32_t seen = 0;
    for (int i = from; i < to; i++)
        seen |= 1u << c->label[i];
    return seen;
}

static uint64_t tag_at(const struct gaz_model_chunks *c, int i)
{
    return i < 0 || i >= c->tokens ? 2 * NONE : c->tags[i];
}

static uint64_t label_at(const struct gaz_model_chunks *c, int chunk)
{
    return chunk < 0 || chunk >= c->chunks ? NONE : c->label[chunk];
}

static uint64_t text_of(const struct gaz_model_text *text, int first, int last)
{
    uint64_t key = 0;
    for (int i = first; i <= last; i++)
        key = key_mix(key, text->tokens[i].symbol);
    return key;
}

/* Each label that stands somewhere before and after. */
static void add_sets(const struct gaz_model_chunks *c, int chunk, uint64_t self,
                     uint32_t base, struct key_list *out)
{
    uint32_t before = labels_in(c, 0, chunk);
    uint32_t after = labels_in(c, chunk + 1, c->chunks);
    key_add(out, base + 14, key_mix(before, self));
    key_add(out, base + 15, key_mix(after, self));
    for (uint32_t label = 0; label < NONE; label++) {
        if (before >> label & 1)
            key_add(out, base + 16, key_pack(label, self));
        if (after >> label & 1)
            key_add(out, base + 17, key_pack(label, self));
    }
}

int earlier_features(const struct gaz_model_text *text,
                     const struct gaz_model_chunks *c, int i, uint32_t pass,
                     uint64_t keys[GAZ_MODEL_FEATURES])
{
    struct key_list out = {0};
    out.keys = keys;
    uint32_t base = PASS_TEMPLATES * pass;
    int chunk = c->chunk[i];
    uint64_t tag = c->tags[i];
    uint64_t before = tag_at(c, i - 1);
    uint64_t after = tag_at(c, i + 1);
    key_add(&out, base, tag);
    key_add(&out, base + 1, key_pack(before, tag));
    key_add(&out, base + 2, key_pack(tag, after));
    key_add(&out, base + 3, key_pack3(before, tag, after));
    key_add(&out, base + 4, key_pack(tag, text->tokens[i].symbol));
    uint64_t l1 = label_at(c, chunk - 1);
    uint64_t r1 = label_at(c, chunk + 1);
    key_add(&out, base + 5, key_pack(tag, l1));
    key_add(&out, base + 6, key_pack(tag, r1));
    key_add(&out, base + 7, key_pack3(l1, tag, r1));
    key_add(&out, base + 8, key_pack3(label_at(c, chunk - 2), l1, tag));
    key_add(&out, base + 9, key_pack3(tag, r1, label_at(c, chunk + 2)));
    uint64_t word = text_of(text, c->first[chunk], c->last[chunk]);
    key_add(&out, base + 10, key_mix(word, tag));
    uint64_t end = text->tokens[c->last[chunk]].symbol;
    int left = c->last[chunk] - i;
    key_add(&out, base + 11, key_pack3(tag, end, r1));
    key_add(&out, base + 12,
            key_pack3(tag, end, left > 5 ? 5 : (uint64_t)left));
    add_sets(c, chunk, tag, base, &out);
    return out.count;
}

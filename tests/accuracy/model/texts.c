/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/accuracy/model/texts.h"

#include <string.h>

#include "gazetteer/base/arena.h"
#include "gazetteer/model/address.h"
#include "tests/accuracy/model/score.h"

/* All texts but those of parse21, without labels. */
static void gather(struct texts *t, const char *pairs)
{
    struct corpus *more = &t->more;
    corpus_read_pairs(more, pairs);
    size_t count = (size_t)more->count;
    size_t others = (size_t)t->other.count;
    more->items =
        gaz_realloc(more->items, sizeof(struct example) * (count + others));
    memcpy(more->items + count, t->other.items,
           sizeof(struct example) * others);
    more->count += t->other.count;
    corpus_drop(more, &t->gold);
}

static struct lesson *lesson_of(struct texts *t, const struct example *e,
                                const uint8_t *tags)
{
    return lesson_make(&t->vocabulary, t->names, e->text, e->size, tags);
}

static struct lesson **room_for(int count)
{
    return gaz_malloc(sizeof(struct lesson *) * ((size_t)count + 1));
}

void texts_read(struct texts *t, const char *divisions, const char *parse21,
                const char *parse17, const char *match3)
{
    t->names = names_read(divisions);
    vocabulary_open(&t->vocabulary);
    corpus_read_bio(&t->gold, parse21);
    corpus_read_json(&t->other, parse17);
    gather(t, match3);
    t->lessons = room_for(t->gold.count + t->other.count);
    t->held_out = room_for(t->gold.count);
    t->plain = room_for(t->more.count);
    for (int i = 0; i < t->gold.count; i++) {
        const struct example *e = &t->gold.items[i];
        if (!e->held_out)
            t->lessons[t->lesson_count++] = lesson_of(t, e, e->tags);
    }
    for (int i = 0; i < t->other.count; i++) {
        const struct example *e = &t->other.items[i];
        if (e->held_out)
            continue;
        struct lesson *l = lesson_of(t, e, e->tags);
        l->scheme = 1;
        t->lessons[t->lesson_count++] = l;
    }
    for (int i = 0; i < t->more.count; i++)
        t->plain[i] = lesson_of(t, &t->more.items[i], NULL);
    vocabulary_settle(&t->vocabulary);
    for (int i = 0; i < t->gold.count; i++) {
        const struct example *e = &t->gold.items[i];
        if (e->held_out)
            t->held_out[t->held_out_count++] = lesson_of(t, e, e->tags);
    }
}

struct net *texts_train(const struct texts *t, struct net_options options,
                        struct lesson *const *lessons, int count)
{
    options.tags[0] = 2 * GAZ_ELEMENT_LABELS;
    options.tags[1] = 2 * t->other.label_count;
    struct net *net = net_open(&t->vocabulary, &options);
    int total = t->lesson_count + t->more.count;
    struct lesson **all = room_for(total);
    memcpy(all, t->lessons, sizeof(struct lesson *) * (size_t)t->lesson_count);
    memcpy(all + t->lesson_count, t->plain,
           sizeof(struct lesson *) * (size_t)t->more.count);
    net_read(net, all, total);
    gaz_free(all);
    net_learn(net, lessons, count);
    return net;
}

double texts_f1(const struct texts *t, texts_label *label, void *with)
{
    struct score score = {0};
    for (int i = 0; i < t->held_out_count; i++) {
        const struct lesson *l = t->held_out[i];
        uint8_t tags[GAZ_MODEL_TOKENS];
        label(with, l, tags);
        score_add_tags(&score, tags, l->tags, l->tokens);
    }
    return score_f1(&score);
}

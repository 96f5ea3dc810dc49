/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/accuracy/model/texts.h"

#include <string.h>

#include "gazetteer/base/arena.h"
#include "gazetteer/model/address.h"
#include "tests/accuracy/model/score.h"
#include "tests/accuracy/model/swap.h"

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

/* Adds the texts of a corpus that are not held out to the lessons. */
static void add_lessons(struct texts *t, const struct corpus *corpus,
                        int scheme, float weight)
{
    size_t room = (size_t)(t->lesson_count + corpus->count) + 1;
    t->lessons = gaz_realloc(t->lessons, sizeof(struct lesson *) * room);
    for (int i = 0; i < corpus->count; i++) {
        const struct example *e = &corpus->items[i];
        if (e->held_out)
            continue;
        struct lesson *l = lesson_of(t, e, e->tags);
        l->scheme = scheme;
        l->weight = weight;
        t->lessons[t->lesson_count++] = l;
    }
}

void texts_read(struct texts *t, const char *divisions, const char *parse21,
                const char *parse17, const char *match3,
                const struct texts_swaps *swaps)
{
    t->names = names_read(divisions);
    vocabulary_open(&t->vocabulary);
    corpus_read_bio(&t->gold, parse21);
    corpus_read_json(&t->other, parse17);
    gather(t, match3);
    swap_make(&t->gold, swaps->copies, swaps->chance, &t->swapped);
    add_lessons(t, &t->gold, 0, 1);
    add_lessons(t, &t->other, 1, 1);
    t->real_count = t->lesson_count;
    t->held_out = room_for(t->gold.count);
    t->plain = room_for(t->more.count);
    for (int i = 0; i < t->more.count; i++)
        t->plain[i] = lesson_of(t, &t->more.items[i], NULL);
    vocabulary_settle(&t->vocabulary);
    add_lessons(t, &t->swapped, 0, swaps->weight);
    for (int i = 0; i < t->gold.count; i++) {
        const struct example *e = &t->gold.items[i];
        if (e->held_out)
            t->held_out[t->held_out_count++] = lesson_of(t, e, e->tags);
    }
}

struct net *texts_train(const struct texts *t, struct net_options options)
{
    options.tags[0] = 2 * GAZ_ELEMENT_LABELS;
    options.tags[1] = 2 * t->other.label_count;
    struct net *net = net_open(&t->vocabulary, &options);
    int total = t->real_count + t->more.count;
    struct lesson **all = room_for(total);
    memcpy(all, t->lessons, sizeof(struct lesson *) * (size_t)t->real_count);
    memcpy(all + t->real_count, t->plain,
           sizeof(struct lesson *) * (size_t)t->more.count);
    net_read(net, all, total);
    gaz_free(all);
    net_learn(net, t->lessons, t->lesson_count);
    return net;
}

double texts_f1(const struct texts *t, struct net *net)
{
    struct score score = {0};
    for (int i = 0; i < t->held_out_count; i++) {
        const struct lesson *l = t->held_out[i];
        uint8_t tags[GAZ_MODEL_TOKENS];
        net_label(net, l, tags);
        score_add_tags(&score, tags, l->tags, l->tokens);
    }
    return score_f1(&score);
}

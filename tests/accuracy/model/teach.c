/* SPDX-License-Identifier: Apache-2.0 */
/* Labels texts that nobody labelled, with a teacher too large to ship.
 *
 *     model_teach DIVISIONS parse21.bio parse17.jsonl match3.tsv out.bio
 *
 * The teacher is a model of 21 labels that sees, beside the text, the labelling
 * of a model of parse17's 17 labels and that of a first model of 21. Both were
 * made for each text by models that had not learned from it (five folds), so
 * that the teacher learns how far to trust them. Held-out texts teach nothing.
 */
#include <stdio.h>
#include <stdlib.h>

#include "gazetteer/base/arena.h"
#include "tests/accuracy/model/score.h"
#include "tests/accuracy/model/sequences.h"

static const struct crf_options AUXILIARY = {.epochs = 4,
                                             .cutoff = 1,
                                             .rate = 0.1f,
                                             .decay = 1e-5f,
                                             .dropout = 0.3f,
                                             .seed = 7};
static const struct crf_options MAIN = {.tags = 2 * GAZ_ELEMENT_LABELS,
                                        .epochs = 6,
                                        .cutoff = 1,
                                        .rate = 0.1f,
                                        .decay = 1e-5f,
                                        .dropout = 0.3f,
                                        .seed = 1};

/* Sequences and labellings of a corpus, item by item. */
struct view {
    const struct corpus *corpus;
    struct sequence **sequences;
    uint8_t **labelled[EARLIER_PASSES]; /* by the models before the teacher */
};

static struct view view_open(const struct corpus *corpus)
{
    size_t count = (size_t)corpus->count + 1;
    struct view v = {.corpus = corpus};
    v.sequences = gaz_malloc(sizeof(struct sequence *) * count);
    for (int p = 0; p < EARLIER_PASSES; p++) {
        v.labelled[p] = gaz_malloc(sizeof(uint8_t *) * count);
        for (int i = 0; i < corpus->count; i++)
            v.labelled[p][i] = gaz_malloc((size_t)corpus->items[i].tokens + 1);
    }
    return v;
}

/* Makes the sequences anew: masked, or with the labellings so far. */
static void view_make(struct view *v, struct intern *intern,
                      const struct names *names, bool masked, bool earlier)
{
    for (int i = 0; i < v->corpus->count; i++) {
        const struct example *e = &v->corpus->items[i];
        sequence_free(v->sequences[i]);
        struct earlier passes = {{v->labelled[0][i], v->labelled[1][i]}};
        char *text = masked ? corpus_mask(e) : e->text;
        v->sequences[i] = sequence_make(intern, names, text, e->size, e->tags,
                                        earlier ? &passes : NULL);
        if (masked)
            gaz_free(text);
    }
}

/* Learns from the texts that are neither held out nor in the fold. */
static struct crf *train_without(const struct view *v, int fold,
                                 const struct intern *intern,
                                 const struct crf_options *options)
{
    struct sequence **chosen =
        gaz_malloc(sizeof(struct sequence *) * ((size_t)v->corpus->count + 1));
    int count = 0;
    for (int i = 0; i < v->corpus->count; i++) {
        const struct example *e = &v->corpus->items[i];
        if (!e->held_out && e->fold != fold)
            chosen[count++] = v->sequences[i];
    }
    struct crf *crf = crf_train(chosen, count, intern->count, options);
    gaz_free(chosen);
    return crf;
}

static void label_all(struct crf *crf, const struct view *v, int pass)
{
    for (int i = 0; i < v->corpus->count; i++)
        crf_label(crf, v->sequences[i], v->labelled[pass][i]);
}

static void label_fold(struct crf *crf, const struct view *v, int pass,
                       int fold)
{
    for (int i = 0; i < v->corpus->count; i++) {
        const struct example *e = &v->corpus->items[i];
        if (!e->held_out && e->fold == fold)
            crf_label(crf, v->sequences[i], v->labelled[pass][i]);
    }
}

/* Labels `gold` and `more` by models of `from`: texts of a fold by a model that
 * has not learned from that fold, all others by one of all folds. */
static void label_in_folds(const struct view *from, const struct view *gold,
                           const struct view *more, int pass,
                           const struct intern *intern,
                           const struct crf_options *options)
{
    struct crf *crf = train_without(from, CORPUS_FOLDS, intern, options);
    label_all(crf, gold, pass);
    label_all(crf, more, pass);
    crf_close(crf);
    for (int fold = 0; fold < CORPUS_FOLDS; fold++) {
        crf = train_without(from, fold, intern, options);
        label_fold(crf, gold, pass, fold);
        crf_close(crf);
    }
}

static void report(const char *what, const struct view *gold, struct crf *crf,
                   int pass)
{
    struct score score = {0};
    for (int i = 0; i < gold->corpus->count; i++) {
        const struct example *e = &gold->corpus->items[i];
        uint8_t tags[GAZ_MODEL_TOKENS];
        if (!e->held_out)
            continue;
        if (crf)
            crf_label(crf, gold->sequences[i], tags);
        score_add_tags(&score, crf ? tags : gold->labelled[pass][i], e->tags,
                       e->tokens);
    }
    printf("%s: F1 %.4f of %d held-out texts\n", what, score_f1(&score),
           score.texts);
    fflush(stdout);
}

static void write_bio(const char *path, const struct view *v, struct crf *crf)
{
    FILE *file = fopen(path, "w");
    if (!file) {
        fprintf(stderr, "cannot write '%s'\n", path);
        exit(2);
    }
    for (int i = 0; i < v->corpus->count; i++) {
        const struct example *e = &v->corpus->items[i];
        const struct gaz_model_text *text =
            cut_text(NULL, e->text, (size_t)e->size);
        uint8_t tags[GAZ_MODEL_TOKENS];
        crf_label(crf, v->sequences[i], tags);
        for (int t = 0; t < text->count; t++) {
            int start = text->tokens[t].byte_start;
            int end = t + 1 < text->count ? text->tokens[t + 1].byte_start
                                          : text->bytes;
            gaz_element_label label = (gaz_element_label)(tags[t] / 2);
            fprintf(file, "%.*s\t%c-%s\n", end - start, e->text + start,
                    tags[t] & 1 ? 'I' : 'B', gaz_element_name(label));
        }
        fputc('\n', file);
    }
    fclose(file);
}

/* All texts but those of parse21, without labels. */
static void gather(struct corpus *more, const struct corpus *aux,
                   const char *pairs, const struct corpus *gold)
{
    corpus_read_pairs(more, pairs);
    int count = more->count;
    more->items = gaz_realloc(more->items, sizeof(struct example) *
                                               (size_t)(count + aux->count));
    for (int i = 0; i < aux->count; i++) {
        more->items[count + i] = aux->items[i];
        more->items[count + i].tags = NULL;
    }
    more->count += aux->count;
    corpus_drop(more, gold);
}

int main(int argc, char **argv)
{
    static struct corpus gold;
    static struct corpus aux;
    static struct corpus more;
    if (argc != 6) {
        fprintf(stderr, "usage: model_teach DIVISIONS PARSE21 PARSE17 MATCH3 "
                        "OUT\n");
        return 2;
    }
    struct names *names = names_read(argv[1]);
    corpus_read_bio(&gold, argv[2]);
    corpus_read_json(&aux, argv[3]);
    gather(&more, &aux, argv[4], &gold);
    printf("%d labelled texts, %d of another scheme, %d to label\n", gold.count,
           aux.count, more.count);
    struct view g = view_open(&gold);
    struct view a = view_open(&aux);
    struct view m = view_open(&more);
    struct crf_options auxiliary = AUXILIARY;
    auxiliary.tags = 2 * aux.label_count;
    struct intern intern;
    intern_open(&intern);
    view_make(&a, &intern, names, true, false);
    view_make(&g, &intern, names, true, false);
    view_make(&m, &intern, names, true, false);
    label_in_folds(&a, &g, &m, 0, &intern, &auxiliary);
    view_make(&g, &intern, names, false, false);
    view_make(&m, &intern, names, false, false);
    label_in_folds(&g, &g, &m, 1, &intern, &MAIN);
    report("first model", &g, NULL, 1);
    view_make(&g, &intern, names, false, true);
    view_make(&m, &intern, names, false, true);
    struct crf *teacher = train_without(&g, CORPUS_FOLDS, &intern, &MAIN);
    report("teacher", &g, teacher, 0);
    write_bio(argv[5], &m, teacher);
    return 0;
}

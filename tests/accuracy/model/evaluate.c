/* SPDX-License-Identifier: Apache-2.0 */
/* Labels raw texts with a model file and compares with the labels of people.
 *
 *     model_evaluate elements.bin parse21.bio           the held-out texts
 *     model_evaluate elements.bin other.bio --all       every text
 *     model_evaluate ... --errors                       and prints the mistakes
 *
 * Elements are compared by label and by offsets in code points.
 */
#include <stdio.h>
#include <string.h>

#include "gazetteer/base/file.h"
#include "gazetteer/standardise/model.h"
#include "tests/accuracy/model/corpus.h"
#include "tests/accuracy/model/cut.h"
#include "tests/accuracy/model/score.h"

static void wanted_of(const struct example *e, struct gaz_elements *out)
{
    const struct gaz_model_text *text =
        cut_text(NULL, e->text, (size_t)e->size);
    struct gaz_model_chunks chunks;
    gaz_model_chunks_read(e->tags, text->count, &chunks);
    out->count = 0;
    for (int c = 0; c < chunks.chunks && c < GAZ_ELEMENTS_MAX; c++) {
        const struct gaz_model_token *t = text->tokens;
        int first = c > 0 ? chunks.last[c - 1] + 1 : 0;
        int next = chunks.last[c] + 1;
        bool more = next < text->count;
        out->items[out->count++] = (struct gaz_element){
            .label = (gaz_element_label)chunks.label[c],
            .start = t[first].start,
            .end = more ? t[next].start : text->code_points,
            .byte_start = t[first].byte_start,
            .byte_end = more ? t[next].byte_start : text->bytes,
        };
    }
}

static bool is_same(const struct gaz_elements *a, const struct gaz_elements *b)
{
    if (a->count != b->count)
        return false;
    for (int i = 0; i < a->count; i++) {
        if (a->items[i].label != b->items[i].label ||
            a->items[i].end != b->items[i].end)
            return false;
    }
    return true;
}

static void print_elements(const char *mark, const struct example *e,
                           const struct gaz_elements *list)
{
    fputs(mark, stdout);
    for (int i = 0; i < list->count; i++) {
        const struct gaz_element *x = &list->items[i];
        printf(" %.*s/%s", x->byte_end - x->byte_start, e->text + x->byte_start,
               gaz_element_name(x->label));
    }
    putchar('\n');
}

static void evaluate(const struct gaz_model *model, const struct corpus *corpus,
                     bool all, bool errors)
{
    struct score score = {0};
    for (int i = 0; i < corpus->count; i++) {
        const struct example *e = &corpus->items[i];
        struct gaz_elements got;
        struct gaz_elements want;
        if (!all && !e->held_out)
            continue;
        gaz_model_label(model, e->text, (size_t)e->size, &got);
        wanted_of(e, &want);
        score_add(&score, &got, &want);
        if (errors && !is_same(&got, &want)) {
            print_elements("want", e, &want);
            print_elements(" got", e, &got);
        }
    }
    score_print(&score);
}

int main(int argc, char **argv)
{
    static struct corpus corpus;
    struct gaz_ctx ctx = {0};
    struct gaz_map map = {0};
    struct gaz_model *model = NULL;
    if (argc < 3) {
        fprintf(stderr, "usage: model_evaluate MODEL BIO [--all] [--errors]\n");
        return 2;
    }
    if (gaz_file_map(&ctx, argv[1], &map) != GAZ_OK ||
        gaz_model_open(&ctx, map.data, map.size, &model) != GAZ_OK) {
        fprintf(stderr, "%s: %s\n", argv[1], gaz_ctx_failure(&ctx));
        return 2;
    }
    bool all = false;
    bool errors = false;
    for (int i = 3; i < argc; i++) {
        all |= strcmp(argv[i], "--all") == 0;
        errors |= strcmp(argv[i], "--errors") == 0;
    }
    corpus_read_bio(&corpus, argv[2]);
    evaluate(model, &corpus, all, errors);
    gaz_model_close(model);
    gaz_file_unmap(&map);
    gaz_ctx_close(&ctx);
    return 0;
}

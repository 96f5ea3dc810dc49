/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/accuracy/model/lesson.h"

#include "gazetteer/base/arena.h"

void vocabulary_open(struct vocabulary *vocabulary)
{
    for (int t = 0; t < GAZ_MODEL_TABLES; t++)
        intern_open(&vocabulary->tables[t]);
}

void vocabulary_settle(struct vocabulary *vocabulary)
{
    for (int t = 0; t < GAZ_MODEL_TABLES; t++)
        vocabulary->rows[t] = (int)vocabulary->tables[t].count;
}

struct lesson *lesson_make(struct vocabulary *vocabulary,
                           const struct names *names, const char *text,
                           int size, const uint8_t *tags)
{
    const struct gaz_model_text *cut = cut_text(names, text, (size_t)size);
    struct lesson *l = gaz_malloc(sizeof *l);
    *l = (struct lesson){.tokens = cut->count, .tags = tags, .weight = 1};
    size_t room = (size_t)cut->count + 1;
    for (int t = 0; t < GAZ_MODEL_TABLES; t++) {
        size_t most = t == GAZ_MODEL_SIGN_TABLE ? GAZ_MODEL_SIGNS : 1;
        l->ids[t] = gaz_malloc(sizeof(uint32_t) * room * most);
        l->begin[t] = gaz_malloc(sizeof(int) * room);
    }
    for (int i = 0; i < cut->count; i++) {
        struct gaz_model_features f;
        gaz_model_features_find(cut, i, &f);
        const uint64_t *keys[] = {&f.character, &f.pair, f.signs};
        const int counts[] = {1, 1, f.count};
        for (int t = 0; t < GAZ_MODEL_TABLES; t++) {
            int at = l->begin[t][i];
            for (int k = 0; k < counts[t]; k++)
                l->ids[t][at++] =
                    intern_number(&vocabulary->tables[t], keys[t][k]);
            l->begin[t][i + 1] = at;
        }
    }
    return l;
}

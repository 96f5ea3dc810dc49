/* SPDX-License-Identifier: Apache-2.0 */
#include "gazetteer/model/grade.h"

#include <string.h>

static const char *const NAMES[GAZ_GRADES] = {"public", "internal", "secret"};

const char *gaz_grade_name(gaz_grade grade)
{
    return NAMES[grade];
}

gaz_grade gaz_grade_read(const char *text)
{
    static const struct {
        const char *word;
        gaz_grade grade;
    } WORDS[] = {
        {"", GAZ_GRADE_PUBLIC},           {"public", GAZ_GRADE_PUBLIC},
        {"公开", GAZ_GRADE_PUBLIC},       {"可公开", GAZ_GRADE_PUBLIC},
        {"无", GAZ_GRADE_PUBLIC},         {"非密", GAZ_GRADE_PUBLIC},
        {"internal", GAZ_GRADE_INTERNAL}, {"内部", GAZ_GRADE_INTERNAL},
    };
    for (size_t i = 0; text && i < sizeof(WORDS) / sizeof(WORDS[0]); i++)
        if (strcmp(WORDS[i].word, text) == 0)
            return WORDS[i].grade;
    return text ? GAZ_GRADE_SECRET : GAZ_GRADE_PUBLIC;
}

bool gaz_grade_find(const char *name, gaz_grade *out)
{
    for (int i = 0; i < GAZ_GRADES; i++)
        if (strcmp(NAMES[i], name) == 0) {
            *out = (gaz_grade)i;
            return true;
        }
    return false;
}

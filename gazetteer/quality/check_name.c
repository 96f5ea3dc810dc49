/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>
#include <strings.h>

#include "gazetteer/base/text.h"
#include "gazetteer/quality/note.h"

/* Words that stand in a name's place when there is none. 备注项 ("remark item")
 * was published as the name of village 310116001031 in the edition of 2022. */
static const char *const PLACEHOLDERS[] = {
    "备注项", "备注", "无",   "未知", "不详",     "待定", "测试",      "暂无",
    "空",     "其他", "其它", "名称", "标准名称", "地名", "合计",      "总计",
    "小计",   "null", "none", "n/a",  "na",       "nan",  "undefined", "test",
    "-",      "--",   "—",    "/",    "?",        "？",   "xxx",
};

/* Latin in either case. */
static bool is_placeholder(const char *text)
{
    for (size_t i = 0; i < sizeof(PLACEHOLDERS) / sizeof(PLACEHOLDERS[0]); i++)
        if (strcasecmp(text, PLACEHOLDERS[i]) == 0)
            return true;
    return gaz_text_starts_with(text, "测试");
}

/* ---- N05: characters ---- */

typedef enum { FITS, DOUBTFUL, STRANGE } char_class;

/* Han fits. 、 (东礁一、三居委会), brackets ((筹), （南）) and the dot stand in
 * names that the bureaus publish: an officer should look. */
static char_class class_of(uint32_t c)
{
    static const uint32_t DOUBTFUL_CHARS[] = {
        0x3001 /* 、 */, 0x00B7 /* · */, 0xFF08, 0xFF09, '(', ')',
    };
    if (gaz_text_is_han(c))
        return FITS;
    for (size_t i = 0; i < sizeof(DOUBTFUL_CHARS) / sizeof(DOUBTFUL_CHARS[0]);
         i++)
        if (c == DOUBTFUL_CHARS[i])
            return DOUBTFUL;
    return STRANGE;
}

static char_class worst_class(const char *text)
{
    char_class worst = FITS;
    size_t len = strlen(text);
    for (size_t pos = 0; pos < len;) {
        char_class found = class_of(gaz_text_next(text, len, &pos));
        if (found > worst)
            worst = found;
    }
    return worst;
}

/* Blocks what would become a division's standard name; a name that was, an
 * alias or a site's is as its source writes it. */
static bool is_to_be_used(const struct gaz_place *place,
                          const struct gaz_name *name)
{
    return name->kind == GAZ_NAME_STANDARD && name->valid_to == GAZ_DATE_OPEN &&
           place->level != GAZ_LEVEL_NONE &&
           place->status != GAZ_STATUS_HISTORICAL;
}

static void check_characters(const struct gaz_note *note,
                             const struct gaz_name *name)
{
    char_class worst = worst_class(name->text);
    if (worst == STRANGE)
        gaz_note_add(note, "N05",
                     is_to_be_used(&note->entry->place, name)
                         ? GAZ_SEVERITY_ERROR
                         : GAZ_SEVERITY_WARNING,
                     "name", name->text, "地名用字不应有字母、数字或标点",
                     "a name has no letters, digits or punctuation");
    else if (worst == DOUBTFUL)
        gaz_note_add(note, "N05", GAZ_SEVERITY_WARNING, "name", name->text,
                     "地名中有顿号、括号或间隔号，请核实",
                     "a name with 、 brackets or a dot: please verify");
}

/* ---- N01, N02, N04: the generic term ---- */

struct generic_rule {
    int category;
    const char *words[8]; /* NULL ends */
};

/* 居委会 without 社区 keeps its suffix in the standard name (三村居委会). */
static const struct generic_rule GENERICS[] = {
    {GAZ_CATEGORY_PROVINCE, {"省", "市", "自治区", "特别行政区"}},
    {GAZ_CATEGORY_CITY, {"市", "地区", "盟", "自治州"}},
    {GAZ_CATEGORY_COUNTY, {"县", "市", "区", "旗", "特区", "林区"}},
    {GAZ_CATEGORY_TOWN, {"镇", "乡", "街道", "苏木", "公社", "区公所"}},
    {GAZ_CATEGORY_VILLAGE, {"村", "嘎查", "村民委员会", "村委会", "大队"}},
    {GAZ_CATEGORY_COMMUNITY,
     {"社区", "居委会", "居民委员会", "居民区", "生活区", "管理站"}},
    {GAZ_CATEGORY_ZONE,
     {"区", "园", "园区", "港", "农场", "林场", "公司", "基地"}},
    {GAZ_CATEGORY_ROAD, {"路", "街", "道", "巷", "弄", "大道", "里", "桥"}},
};

enum { RULES = sizeof(GENERICS) / sizeof(GENERICS[0]), WORDS = 8 };

static bool ends_with_generic(const struct generic_rule *rule, const char *text)
{
    for (int i = 0; i < WORDS && rule->words[i]; i++)
        if (gaz_text_ends_with(text, rule->words[i]))
            return true;
    return false;
}

static bool is_generic(const char *text)
{
    for (int r = 0; r < RULES; r++)
        for (int i = 0; i < WORDS && GENERICS[r].words[i]; i++)
            if (strcmp(text, GENERICS[r].words[i]) == 0)
                return true;
    return false;
}

static const struct generic_rule *rule_of(int category)
{
    for (int r = 0; r < RULES; r++)
        if (GENERICS[r].category == category)
            return &GENERICS[r];
    return NULL;
}

static bool fits_another(int category, const char *text)
{
    for (int r = 0; r < RULES; r++)
        if (GENERICS[r].category != category &&
            ends_with_generic(&GENERICS[r], text))
            return true;
    return false;
}

static void check_generic(const struct gaz_note *note,
                          const struct gaz_name *name)
{
    if (is_generic(name->text)) {
        gaz_note_add(note, "N04", GAZ_SEVERITY_ERROR, "name", name->text,
                     "只有通名，没有专名", "a generic term alone");
        return;
    }
    int category = note->entry->place.category;
    const struct generic_rule *rule = rule_of(category);
    if (!rule || ends_with_generic(rule, name->text))
        return;
    if (fits_another(category, name->text))
        gaz_note_add(note, "N02", GAZ_SEVERITY_WARNING, "name", name->text,
                     "通名与地名类别不符",
                     "the generic term does not fit the category");
    else
        gaz_note_add(note, "N01", GAZ_SEVERITY_WARNING, "name", name->text,
                     "没有该类别的通名", "no generic term of the category");
}

/* A short form or a spelling has no generic and is not written in Han. */
static bool is_full_name(const struct gaz_name *name)
{
    return name->kind == GAZ_NAME_STANDARD || name->kind == GAZ_NAME_FORMER;
}

void gaz_check_names(const struct gaz_note *note)
{
    const struct gaz_place *place = &note->entry->place;
    /* A row that adds to a place it names needs no name of its own. */
    if (place->name_count == 0 && !gaz_note_field(note, "subject"))
        gaz_note_add(note, "E1", GAZ_SEVERITY_ERROR, "name", NULL,
                     "缺少标准名称", "the name is missing");
    for (int i = 0; i < place->name_count; i++) {
        const struct gaz_name *name = &place->names[i];
        if (is_placeholder(name->text)) {
            gaz_note_add(note, "G01", GAZ_SEVERITY_ERROR, "name", name->text,
                         "占位文字，不是地名", "a placeholder, not a name");
        } else if (is_full_name(name)) {
            check_characters(note, name);
            check_generic(note, name);
        }
    }
}

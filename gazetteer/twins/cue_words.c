/* SPDX-License-Identifier: Apache-2.0 */
/* cue_words.c - the words of cues and what they say to a person. */
#include <stdio.h>

#include "gazetteer/twins/cue_words.h"

struct words {
    const char *word;
    const char *zh;
    const char *en;
};

static const struct words LIKES[GAZ_LIKES] = {
    [GAZ_LIKE_NONE] = {"name-none", "有一条没有名称", "one has no name"},
    [GAZ_LIKE_ONE] = {"name-one", "同一条路（村、小区）",
                      "counted in the same place"},
    [GAZ_LIKE_SAME] = {"name-same", "标准名称相同", "the same standard name"},
    [GAZ_LIKE_SHARED] = {"name-shared", "有一个名称相同", "a name in common"},
    [GAZ_LIKE_ORDINAL] = {"name-ordinal", "名称的序数或方位不同",
                          "names with another number or direction"},
    [GAZ_LIKE_BRANCH] = {"name-branch", "有一个名称多一个序数、方位或分支",
                         "one name has a number, direction or branch more"},
    [GAZ_LIKE_BARE] = {"name-bare", "名称只差通名或附注",
                       "names differ in the generic or a note"},
    [GAZ_LIKE_SOUND] = {"name-sound", "名称同音", "they sound alike"},
    [GAZ_LIKE_LETTER] = {"name-letter", "名称差一个字",
                         "one character of the name differs"},
    [GAZ_LIKE_LACKING] = {"name-lacking", "名称少一个字",
                          "one character of the name is missing"},
    [GAZ_LIKE_PARTLY] = {"name-like", "名称相近", "similar names"},
    [GAZ_LIKE_OTHER] = {"name-other", "名称不同", "other names"},
};

static const char *const NEARS[GAZ_NEARS] = {"unknown", "spot", "close", "away",
                                             "far"};

static const struct words OTHERS[GAZ_CUE_COUNT - GAZ_CUE_NAMES] = {
    {"town-same", "上级（乡镇）相同", "in the same division"},
    {"town-implied", "有一条未写乡镇，而只有一个乡镇有此名称",
     "one names no township; only one has that name"},
    {"town-open", "有一条未写乡镇，而几个乡镇有此名称",
     "one names no township; several have that name"},
    {"town-elsewhere", "有一条未写乡镇，而另有乡镇有此名称",
     "one names no township; another has that name"},
    {"town-nowhere", "有一条未写乡镇", "one names no township"},
    {"town-other", "上级不同", "in other divisions"},
    {"village-same", "村（社区）相同", "in the same village"},
    {"village-other", "村（社区）不同", "in other villages"},
    {"village-open", NULL, NULL},
    {"numbers-same", "门牌、幢、室相同", "all numbers the same"},
    {"numbers-plate", "门牌号相同", "the same number"},
    {"numbers-lacking", "有一条未写幢、单元或楼层",
     "one leaves out building, entrance or floor"},
    {"numbers-one", NULL, NULL},
    {"numbers-other", "地址不同", "other addresses"},
    {"numbers-none", NULL, NULL},
    {"site-same", "单位名称相同", "the same site"},
    {"site-like", "单位名称相近", "similar names of the site"},
    {"site-ordinal", "单位名称只差序数或分支",
     "sites differ in a number or branch"},
    {"site-other", "单位名称不同", "other sites"},
    {"site-one", NULL, NULL},
    {"site-none", NULL, NULL},
    {"category-same", "类别相同", "of one category"},
    {"category-class", "大类相同", "of one class"},
    {"category-other", "类别不同", "other categories"},
    {"category-open", NULL, NULL},
    {"code-same", "代码相同", "the same code"},
    {"code-one", "有一条有代码，一条没有", "one has a code, the other none"},
    {"code-open", NULL, NULL},
    {"life-meet", NULL, NULL},
    {"life-stale", "一条已废止，一条仍有效",
     "one has ended, the other has not"},
    {"life-apart", "有效期不相交：一个先废止，一个后设立",
     "one ended before the other began"},
    {"houses-many", "两个名称下都有许多门牌",
     "many addresses under both names"},
    {"houses-few", "其中一个名称下门牌很少",
     "few addresses under one of the names"},
    {"houses-shared", "两个名称下的同号门牌在一处",
     "their addresses of one number stand together"},
    {"houses-apart", "两个名称下的同号门牌不在一处",
     "their addresses of one number stand apart"},
    {"houses-listed", "其中一个名称下门牌很少，另一个名称下都有同号",
     "few addresses under one of the names, of numbers that the other has"},
    {"houses-bare", "一个名称下有门牌，另一个没有",
     "addresses under one of the names only"},
    {"houses-none", NULL, NULL},
    {"rivals-none", "别无名称同样相近的记录",
     "no third record is as much alike"},
    {"rivals-tied", "另有记录，名称同样相近",
     "a third record is as much alike"},
    {"rivals-beaten", "另有记录，名称更相近", "a third record is more alike"},
    {"rivals-blind", "另有记录，名称同样相近，位置也分不清",
     "a third record is as much alike, and no position tells"},
    {"rivals-above", "另有更可靠的记录，名称同样相近",
     "a third record, better known, is as much alike"},
    {"rivals-open", NULL, NULL},
};

static const int STARTS[GAZ_GROUPS] = {
    [GAZ_GROUP_NAME] = 0,
    [GAZ_GROUP_TOWN] = GAZ_CUE_NAMES,
    [GAZ_GROUP_VILLAGE] = GAZ_CUE_NAMES + 6,
    [GAZ_GROUP_NUMBERS] = GAZ_CUE_NAMES + 9,
    [GAZ_GROUP_SITE] = GAZ_CUE_NAMES + 15,
    [GAZ_GROUP_CATEGORY] = GAZ_CUE_NAMES + 21,
    [GAZ_GROUP_CODE] = GAZ_CUE_NAMES + 25,
    [GAZ_GROUP_LIFE] = GAZ_CUE_NAMES + 28,
    [GAZ_GROUP_HOUSES] = GAZ_CUE_NAMES + 31,
    [GAZ_GROUP_RIVALS] = GAZ_CUE_NAMES + 38,
};

static const struct words FORBIDS[GAZ_FORBIDS] = {
    [GAZ_FORBID_NONE] = {NULL, "", ""},
    [GAZ_FORBID_SYNTHETIC] = {NULL, "一条是模拟数据，一条是真实数据",
                              "one is synthetic"},
    [GAZ_FORBID_PROVINCE] = {NULL, "在省界两侧，各是各的地名",
                             "on two sides of the provincial line"},
    [GAZ_FORBID_VILLAGE_KIND] =
        {NULL, "一个是村，一个是社区（居委会），是并存的两个单位",
         "one is a village, the other a community"},
    [GAZ_FORBID_LEVEL] = {NULL, "政区级别不同",
                          "divisions of different levels"},
    [GAZ_FORBID_CODE] = {NULL, "两个不同的法定代码", "two official codes"},
    [GAZ_FORBID_TOWN] = {NULL, "在不同的乡镇（街道），是同名异地",
                         "in different townships: homonyms"},
    [GAZ_FORBID_NESTED] = {NULL, "一个在另一个之内", "one lies in the other"},
    [GAZ_FORBID_CHANGE] =
        {NULL, "有变更记录相连：一个由另一个改来，是沿革不是重复",
         "a change leads from one to the other: history, no duplicate"},
    [GAZ_FORBID_NUMBER] = {NULL, "门牌、幢或室号不同", "other numbers"},
    [GAZ_FORBID_PART] = {NULL, "一个是另一个的一部分",
                         "one is a part of the other"},
};

int gaz_cue_at(gaz_cue_group group, int value)
{
    return STARTS[group] + value;
}

const char *gaz_cue_word(int cue, char *out)
{
    const int like = cue / GAZ_NEARS;
    (void)snprintf(out, GAZ_CUE_WORD_BYTES, "%s%s%s",
                   cue < GAZ_CUE_NAMES ? LIKES[like].word
                                       : OTHERS[cue - GAZ_CUE_NAMES].word,
                   cue < GAZ_CUE_NAMES ? "/" : "",
                   cue < GAZ_CUE_NAMES ? NEARS[cue % GAZ_NEARS] : "");
    return out;
}

const char *gaz_cue_zh(int cue)
{
    return cue < GAZ_CUE_NAMES ? LIKES[cue / GAZ_NEARS].zh
                               : OTHERS[cue - GAZ_CUE_NAMES].zh;
}

const char *gaz_cue_en(int cue)
{
    return cue < GAZ_CUE_NAMES ? LIKES[cue / GAZ_NEARS].en
                               : OTHERS[cue - GAZ_CUE_NAMES].en;
}

const char *gaz_forbid_zh(gaz_forbid forbid)
{
    return FORBIDS[forbid].zh;
}

const char *gaz_forbid_en(gaz_forbid forbid)
{
    return FORBIDS[forbid].en;
}

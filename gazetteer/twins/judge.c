/* SPDX-License-Identifier: Apache-2.0 */
/* judge.c - one place or two? First what forbids it, then the evidence. */
#include <math.h>
#include <string.h>

#include "gazetteer/base/text.h"
#include "gazetteer/twins/twins.h"

enum { SIMILAR_MAX_CHARS = 64 };

/* A judgement under way: the sum and the sentences. */
struct judging {
    struct gaz_arena *arena;
    const struct gaz_corpus *corpus;
    const struct gaz_scale *scale;
    const struct gaz_corpus_place *a;
    const struct gaz_corpus_place *b;
    double sum;
    const char *zh;
    const char *en;
};

const char *gaz_band_name(gaz_band band)
{
    static const char *const NAMES[] = {"different", "review", "duplicate"};
    return NAMES[band];
}

const char *gaz_band_zh(gaz_band band)
{
    static const char *const NAMES[] = {"不同", "待审", "重复"};
    return NAMES[band];
}

static bool is_given(const char *text)
{
    return text && *text;
}

static void say(struct judging *j, const char *zh, const char *en)
{
    j->zh = gaz_arena_printf(j->arena, "%s%s%s", j->zh, *j->zh ? "；" : "", zh);
    j->en = gaz_arena_printf(j->arena, "%s%s%s", j->en, *j->en ? "; " : "", en);
}

static void weigh(struct judging *j, gaz_scale_word word, const char *zh,
                  const char *en)
{
    j->sum += j->scale->of[word];
    if (zh)
        say(j, zh, en);
}

/* ---- what forbids ---- */

static const char *code_of(const struct gaz_corpus *corpus,
                           const struct gaz_corpus_place *place)
{
    if (is_given(place->place.code))
        return place->place.code;
    if (place->parent >= 0 &&
        is_given(corpus->places[place->parent].place.code))
        return corpus->places[place->parent].place.code;
    return place->place.parent_code;
}

static bool across_provinces(const struct judging *j)
{
    const char *x = code_of(j->corpus, j->a);
    const char *y = code_of(j->corpus, j->b);
    if (j->a->province >= 0 && j->b->province >= 0)
        return j->a->province != j->b->province;
    return is_given(x) && is_given(y) && strncmp(x, y, 2) != 0;
}

/* 330482101 and 330482101000 are one code. */
static bool same_code(const char *x, const char *y)
{
    while (*x && *x == *y) {
        x++;
        y++;
    }
    return (*x == '\0' || *y == '\0') && strspn(x, "0") == strlen(x) &&
           strspn(y, "0") == strlen(y);
}

static bool is_linked(const struct judging *j)
{
    gaz_id a = j->a->place.id;
    gaz_id b = j->b->place.id;
    for (int i = 0; i < j->corpus->change_count; i++) {
        const struct gaz_change *change = &j->corpus->changes[i];
        if ((change->from == a && change->to == b) ||
            (change->from == b && change->to == a))
            return true;
    }
    return false;
}

/* Classes of self-government that stand side by side under one name. */
static bool is_village_pair(int x, int y)
{
    return (x == GAZ_CATEGORY_VILLAGE && y == GAZ_CATEGORY_COMMUNITY) ||
           (x == GAZ_CATEGORY_COMMUNITY && y == GAZ_CATEGORY_VILLAGE);
}

/* A township lies in itself: two records of one are no homonyms. */
static bool in_other_town(const struct judging *j)
{
    return j->a->place.level != GAZ_LEVEL_TOWN && j->a->town >= 0 &&
           j->b->town >= 0 && j->a->town != j->b->town;
}

/* Why it is two, whatever else is alike; false: nothing forbids it. */
static bool forbid(struct judging *j)
{
    const struct gaz_place *a = &j->a->place;
    const struct gaz_place *b = &j->b->place;
    bool coded = is_given(a->code) && is_given(b->code);
    if (a->is_synthetic != b->is_synthetic)
        say(j, "一条是模拟数据，一条是真实数据", "one is synthetic");
    else if (across_provinces(j))
        say(j, "在省界两侧，各是各的地名",
            "on two sides of the provincial line");
    else if (is_village_pair(a->category, b->category))
        say(j, "一个是村，一个是社区（居委会），是并存的两个单位",
            "one is a village, the other a community");
    else if (a->level != b->level)
        say(j, "政区级别不同", "divisions of different levels");
    else if (coded && !same_code(a->code, b->code))
        say(j, "两个不同的法定代码", "two official codes");
    else if (!coded && in_other_town(j))
        say(j, "在不同的乡镇（街道），是同名异地",
            "in different townships: homonyms");
    else if (a->level == GAZ_LEVEL_NONE && a->parent == b->id)
        say(j, "一个在另一个之内", "one lies in the other");
    else if (b->level == GAZ_LEVEL_NONE && b->parent == a->id)
        say(j, "一个在另一个之内", "one lies in the other");
    else if (is_linked(j))
        say(j, "有变更记录相连：一个由另一个改来，是沿革不是重复",
            "a change leads from one to the other: history, no duplicate");
    else
        return false;
    return true;
}

/* ---- evidence ---- */

static int decode(const char *text, uint32_t out[SIMILAR_MAX_CHARS])
{
    size_t len = strlen(text);
    int count = 0;
    for (size_t at = 0; at < len && count < SIMILAR_MAX_CHARS;)
        out[count++] = gaz_text_next(text, len, &at);
    return count;
}

double gaz_twins_similarity(const char *a, const char *b)
{
    uint32_t x[SIMILAR_MAX_CHARS];
    uint32_t y[SIMILAR_MAX_CHARS];
    int row[SIMILAR_MAX_CHARS + 1] = {0};
    int n = decode(a, x);
    int m = decode(b, y);
    if (n == 0 || m == 0)
        return 0;
    for (int i = 0; i < n; i++) {
        int corner = 0;
        for (int k = 0; k < m; k++) {
            int above = row[k + 1];
            if (x[i] == y[k])
                row[k + 1] = corner + 1;
            else if (row[k] > above)
                row[k + 1] = row[k];
            corner = above;
        }
    }
    return (double)row[m] / (n > m ? n : m);
}

static bool shares_name(const struct gaz_place *a, const struct gaz_place *b)
{
    for (int i = 0; i < a->name_count; i++)
        for (int k = 0; k < b->name_count; k++)
            if (strcmp(a->names[i].text, b->names[k].text) == 0)
                return true;
    return false;
}

static void weigh_names(struct judging *j)
{
    const char *a = gaz_corpus_name(j->a);
    const char *b = gaz_corpus_name(j->b);
    if (strcmp(a, b) == 0)
        weigh(j, GAZ_SCALE_NAME_SAME, "标准名称相同", "the same standard name");
    else if (shares_name(&j->a->place, &j->b->place))
        weigh(j, GAZ_SCALE_NAME_SHARED, "有一个名称相同", "a name in common");
    else if (is_given(j->a->sound) && strcmp(j->a->sound, j->b->sound) == 0)
        weigh(j, GAZ_SCALE_NAME_SOUND, "名称同音", "they sound alike");
    else if (gaz_twins_similarity(a, b) >=
             j->scale->of[GAZ_SCALE_NAME_LIKE_LEAST])
        weigh(j, GAZ_SCALE_NAME_LIKE, "名称相近", "similar names");
    else
        weigh(j, GAZ_SCALE_NAME_OTHER, "名称不同", "other names");
}

static void weigh_category(struct judging *j)
{
    int a = j->a->place.category;
    int b = j->b->place.category;
    if (a == 0 || b == 0)
        return;
    if (a == b)
        weigh(j, GAZ_SCALE_CATEGORY_SAME, "类别相同", "of one category");
    else if (a / 1000 == b / 1000)
        weigh(j, GAZ_SCALE_CATEGORY_CLASS, "大类相同", "of one class");
    else
        weigh(j, GAZ_SCALE_CATEGORY_OTHER, "类别不同", "other categories");
}

static void weigh_place(struct judging *j)
{
    const struct gaz_place *a = &j->a->place;
    const struct gaz_place *b = &j->b->place;
    if (is_given(a->code) && is_given(b->code))
        weigh(j, GAZ_SCALE_CODE_SAME, "代码相同", "the same code");
    if (a->parent && b->parent) {
        if (a->parent == b->parent)
            weigh(j, GAZ_SCALE_PARENT_SAME, "上级相同", "in the same division");
        else
            weigh(j, GAZ_SCALE_PARENT_OTHER, "上级不同", "in other divisions");
    }
    if (is_given(a->address) && is_given(b->address)) {
        if (strcmp(gaz_corpus_alike(j->arena, a->address),
                   gaz_corpus_alike(j->arena, b->address)) == 0)
            weigh(j, GAZ_SCALE_ADDRESS_SAME, "地址相同", "the same address");
        else
            weigh(j, GAZ_SCALE_ADDRESS_OTHER, "地址不同", "other addresses");
    }
}

static bool ended_before(const struct gaz_place *a, const struct gaz_place *b)
{
    return a->valid_to != GAZ_DATE_OPEN && b->valid_from != GAZ_DATE_OPEN &&
           a->valid_to <= b->valid_from;
}

static void weigh_lives(struct judging *j)
{
    const struct gaz_place *a = &j->a->place;
    const struct gaz_place *b = &j->b->place;
    if (ended_before(a, b) || ended_before(b, a))
        weigh(j, GAZ_SCALE_LIVES_APART, "有效期不相交：一个先废止，一个后设立",
              "one ended before the other began");
    else
        weigh(j, GAZ_SCALE_LIVES_MEET, NULL, NULL);
}

/* A position that tells where the place itself is. */
static bool has_own_position(const struct gaz_place *place)
{
    return place->position.method == GAZ_METHOD_SURVEYED ||
           place->position.method == GAZ_METHOD_GAZETTEER ||
           place->position.method == GAZ_METHOD_CENTROID ||
           place->position.method == GAZ_METHOD_DERIVED ||
           place->position.method == GAZ_METHOD_SYNTHETIC;
}

static double distance_of(const struct judging *j)
{
    return has_own_position(&j->a->place) && has_own_position(&j->b->place)
               ? gaz_coord_distance_m(j->a->place.position.coord,
                                      j->b->place.position.coord)
               : -1;
}

static void weigh_distance(struct judging *j, double m)
{
    double slack =
        j->a->place.position.accuracy_m + j->b->place.position.accuracy_m;
    gaz_scale_word word = GAZ_SCALE_NEAR;
    if (m < 0)
        return;
    if (m > j->scale->of[GAZ_SCALE_NEAR_M]) {
        if (m <= j->scale->of[GAZ_SCALE_FAR_M] + slack)
            return;
        word = GAZ_SCALE_FAR;
    }
    weigh(j, word, gaz_arena_printf(j->arena, "相距%.0f米", m),
          gaz_arena_printf(j->arena, "%.0f m apart", m));
}

static gaz_band band_of(const struct gaz_scale *scale, double score)
{
    if (score >= scale->of[GAZ_SCALE_DUPLICATE])
        return GAZ_BAND_DUPLICATE;
    return score >= scale->of[GAZ_SCALE_REVIEW] ? GAZ_BAND_REVIEW
                                                : GAZ_BAND_DIFFERENT;
}

struct gaz_twin gaz_twins_judge(struct gaz_arena *arena,
                                const struct gaz_corpus *corpus,
                                const struct gaz_scale *scale, int a, int b)
{
    struct judging j = {.arena = arena,
                        .corpus = corpus,
                        .scale = scale,
                        .a = &corpus->places[a < b ? a : b],
                        .b = &corpus->places[a < b ? b : a],
                        .sum = scale->of[GAZ_SCALE_START],
                        .zh = "",
                        .en = ""};
    struct gaz_twin made = {.a = a < b ? a : b, .b = a < b ? b : a};
    made.distance_m = distance_of(&j);
    if (!forbid(&j)) {
        weigh_names(&j);
        weigh_category(&j);
        weigh_place(&j);
        weigh_distance(&j, made.distance_m);
        weigh_lives(&j);
        made.score = 1 / (1 + exp(-j.sum));
        made.band = band_of(scale, made.score);
    }
    made.zh = j.zh;
    made.en = j.en;
    return made;
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "gazetteer/boundary/names.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "gazetteer/base/text.h"

#define LAW "《地名管理条例》（国务院令第753号）"

static const struct {
    const char *name;
    const char *zh;
    gaz_severity severity;
    const char *clause;
    const char *advice;
    const char *advice_en;
} KINDS[] = {
    [GAZ_BORDER_SAME] = {"same_name", "同名", GAZ_SEVERITY_WARNING,
                         LAW "第九条", "使用时冠以所属政区，新命名避免再用",
                         "write the division before the name; choose no more "
                         "such names"},
    [GAZ_BORDER_SAME_CORE] = {"same_core", "专名相同", GAZ_SEVERITY_INFO,
                              LAW "第九条", "使用时写全通名和所属政区",
                              "write generic and division in full"},
    [GAZ_BORDER_SOUND] = {"sounds_same", "同音", GAZ_SEVERITY_WARNING,
                          LAW "第九条", "报警、救援和导航中注意区分",
                          "tell them apart in emergency calls and navigation"},
    [GAZ_BORDER_SIMILAR] = {"similar", "近似", GAZ_SEVERITY_INFO, LAW "第九条",
                            "核对是否笔误或一地两写",
                            "check for a slip, or one place in two writings"},
    [GAZ_BORDER_VILLAGES] = {"cross_border_village", "毗邻同名村",
                             GAZ_SEVERITY_WARNING, LAW "第九条、第十二条",
                             "双方共同标示政区归属，门牌编排相互衔接",
                             "mark both divisions together; let the door "
                             "numbers follow each other"},
    [GAZ_BORDER_SHARED] = {"shared", "共有", GAZ_SEVERITY_INFO, LAW "第十二条",
                           "双方名称一致，更名须共同商定",
                           "both names agree; a change needs both sides"},
    [GAZ_BORDER_DIFFERENTLY] = {"named_differently", "一地两名",
                                GAZ_SEVERITY_WARNING, LAW "第九条、第十二条",
                                "双方协商统一名称，报共同的上级批准",
                                "agree on one name and submit it to the "
                                "authority above both"},
    [GAZ_BORDER_MISPLACED] = {"misplaced", "落区不符", GAZ_SEVERITY_WARNING,
                              LAW "第九条", "核对坐标和所属政区",
                              "check the position and the division"},
};

const char *gaz_border_kind_name(gaz_border_kind kind)
{
    return KINDS[kind].name;
}

const char *gaz_border_kind_zh(gaz_border_kind kind)
{
    return KINDS[kind].zh;
}

/* ---- cores ---- */

struct generic {
    uint32_t low; /* categories */
    uint32_t high;
    const char *text;
    const char *plain;
};

/* The longer first. */
static const struct generic GENERICS[] = {
    {21600, 22999, "村民委员会", "cunminweiyuanhui"},
    {21600, 22999, "居民委员会", "juminweiyuanhui"},
    {21600, 22999, "村委会", "cunweihui"},
    {21600, 22999, "居委会", "juweihui"},
    {21600, 22999, "社区", "shequ"},
    {21600, 22999, "村", "cun"},
    {21500, 21599, "街道", "jiedao"},
    {21500, 21599, "镇", "zhen"},
    {21500, 21599, "乡", "xiang"},
    {23210, 23599, "公路", "gonglu"},
    {23210, 23599, "大道", "dadao"},
    {23210, 23599, "路", "lu"},
    {23210, 23599, "街", "jie"},
};

static const struct generic *generic_of(const char *text, uint32_t category)
{
    for (size_t i = 0; i < sizeof(GENERICS) / sizeof(GENERICS[0]); i++)
        if (category >= GENERICS[i].low && category <= GENERICS[i].high &&
            strlen(text) > strlen(GENERICS[i].text) &&
            gaz_text_ends_with(text, GENERICS[i].text))
            return &GENERICS[i];
    return NULL;
}

const char *gaz_border_core(struct gaz_arena *arena, const char *text,
                            uint32_t category)
{
    const struct generic *generic = generic_of(text, category);
    return gaz_arena_strndup(
        arena, text, strlen(text) - (generic ? strlen(generic->text) : 0));
}

/* A name, what it is without its generic, and how that sounds. */
struct entry {
    const struct gaz_border_name *name;
    const char *core;
    const char *sound;
};

struct work {
    struct gaz_ctx *ctx;
    const struct gaz_border_options *options;
    struct gaz_track line;
    struct entry *entries;
    size_t count;
    struct gaz_border_item *items;
    size_t item_count;
    size_t capacity;
};

static struct entry make_entry(struct gaz_arena *arena,
                               const struct gaz_border_name *name)
{
    const struct generic *generic = generic_of(name->text, name->category);
    const char *plain = name->plain ? name->plain : "";
    size_t len = strlen(plain);
    if (generic && gaz_text_ends_with(plain, generic->plain))
        len -= strlen(generic->plain);
    return (struct entry){name,
                          gaz_border_core(arena, name->text, name->category),
                          gaz_arena_strndup(arena, plain, len)};
}

/* ---- near the line ---- */

static double distance_of(const struct work *w,
                          const struct gaz_border_name *name)
{
    double nearest_m = HUGE_VAL;
    struct gaz_track_foot foot = {.segment = 0};
    const struct gaz_track_point point = {name->at.east_m, name->at.north_m};
    const struct gaz_track_point *points =
        name->line_count > 0 ? name->line : &point;
    const size_t count = name->line_count > 0 ? name->line_count : 1;
    for (size_t i = 0; i < count; i++)
        if (gaz_track_nearest(&w->line, points[i], nearest_m, foot.segment,
                              &foot))
            nearest_m = foot.distance_m;
    return nearest_m;
}

static bool is_surely_within(const struct work *w,
                             const struct gaz_border_name *name)
{
    return name->distance_m + name->accuracy_m + w->options->line_accuracy_m <=
           w->options->within_m;
}

static bool may_be_within(const struct work *w,
                          const struct gaz_border_name *name)
{
    return name->distance_m - name->accuracy_m - w->options->line_accuracy_m <=
           w->options->within_m;
}

static int by_distance(const void *a, const void *b)
{
    const struct gaz_border_name *const *one = a;
    const struct gaz_border_name *const *other = b;
    if ((*one)->distance_m != (*other)->distance_m)
        return (*one)->distance_m < (*other)->distance_m ? -1 : 1;
    return ((*one)->id > (*other)->id) - ((*one)->id < (*other)->id);
}

static gaz_status gather(struct work *w, struct gaz_border_name *names,
                         size_t count, struct gaz_border_report *report)
{
    const struct gaz_border_name **near = gaz_arena_array(
        &w->ctx->arena, count + 1, sizeof(const struct gaz_border_name *));
    size_t found = 0;
    for (size_t i = 0; i < count; i++) {
        names[i].distance_m = distance_of(w, &names[i]);
        if (!may_be_within(w, &names[i]))
            continue;
        if (found == GAZ_BORDER_NAMES_MAX)
            return gaz_fail(w->ctx, GAZ_LIMIT,
                            "more than %d names along the line",
                            GAZ_BORDER_NAMES_MAX);
        report->possible_count += !is_surely_within(w, &names[i]);
        near[found++] = &names[i];
    }
    if (found > 1)
        qsort(near, found, sizeof(const struct gaz_border_name *), by_distance);
    w->entries =
        gaz_arena_array(&w->ctx->arena, found + 1, sizeof(*w->entries));
    for (size_t i = 0; i < found; i++)
        w->entries[i] = make_entry(&w->ctx->arena, near[i]);
    w->count = found;
    report->names = near;
    report->name_count = found;
    return GAZ_OK;
}

/* ---- findings ---- */

static struct gaz_border_item *note(struct work *w, gaz_border_kind kind,
                                    const struct gaz_border_name *a,
                                    const struct gaz_border_name *b)
{
    if (w->item_count == w->capacity) {
        const size_t bigger = w->capacity ? 2 * w->capacity : 64;
        const size_t bytes = sizeof(*w->items);
        w->items = gaz_arena_grow(&w->ctx->arena, w->items, w->capacity * bytes,
                                  bigger * bytes);
        w->capacity = bigger;
    }
    struct gaz_border_item *item = &w->items[w->item_count++];
    *item = (struct gaz_border_item){
        .kind = kind,
        .severity = KINDS[kind].severity,
        .a = a,
        .b = b,
        .distance_m = a->distance_m,
        .uncertainty_m = a->accuracy_m,
        .is_certain = is_surely_within(w, a) && (!b || is_surely_within(w, b)),
        .clause = KINDS[kind].clause,
        .advice = KINDS[kind].advice,
        .advice_en = KINDS[kind].advice_en};
    if (!b)
        return item;
    item->distance_m = fmax(a->distance_m, b->distance_m);
    item->uncertainty_m = fmax(a->accuracy_m, b->accuracy_m);
    item->apart_m =
        hypot(a->at.north_m - b->at.north_m, a->at.east_m - b->at.east_m);
    /* Near only perhaps, it is worth a look and no warning. */
    if (!item->is_certain)
        item->severity = GAZ_SEVERITY_INFO;
    return item;
}

/* Same class and a character of three or more apart. */
static bool is_similar(const char *one, const char *other)
{
    enum { LEAST = 3 };
    const size_t len = strlen(one);
    const size_t other_len = strlen(other);
    size_t i = 0;
    size_t j = 0;
    int differ = 0;
    int count = 0;
    while (i < len && j < other_len && differ < 2) {
        differ +=
            gaz_text_next(one, len, &i) != gaz_text_next(other, other_len, &j);
        count++;
    }
    return differ == 1 && i == len && j == other_len && count >= LEAST;
}

static uint32_t class_of(const struct gaz_border_name *name)
{
    enum { CLASS = 1000 };
    return name->category / CLASS;
}

static bool is_village(const struct gaz_border_name *name)
{
    return name->category == GAZ_CATEGORY_VILLAGE ||
           name->category == GAZ_CATEGORY_COMMUNITY ||
           name->category == GAZ_CATEGORY_HAMLET;
}

/* Rivers, canals, roads, bridges, ferries: what can go over a line. */
static bool crosses(const struct gaz_border_name *name)
{
    static const uint32_t KIND[][2] = {{12000, 12999}, {23150, 23159},
                                       {23210, 23219}, {23510, 23519},
                                       {23610, 23619}, {24400, 24599}};
    for (size_t i = 0; i < sizeof(KIND) / sizeof(KIND[0]); i++)
        if (name->category >= KIND[i][0] && name->category <= KIND[i][1])
            return true;
    return false;
}

/* ---- one thing ---- */

static double gap_of(const struct gaz_border_name *a,
                     const struct gaz_border_name *b)
{
    const struct gaz_track_point at = {a->at.east_m, a->at.north_m};
    const struct gaz_track_point bt = {b->at.east_m, b->at.north_m};
    const struct gaz_track_point *from = a->line_count > 0 ? a->line : &at;
    const struct gaz_track_point *to = b->line_count > 0 ? b->line : &bt;
    const size_t from_count = a->line_count > 0 ? a->line_count : 1;
    const size_t to_count = b->line_count > 0 ? b->line_count : 1;
    double gap_m = HUGE_VAL;
    for (size_t i = 0; i < from_count; i++)
        for (size_t j = 0; j < to_count; j++)
            gap_m =
                fmin(gap_m, hypot(from[i].x - to[j].x, from[i].y - to[j].y));
    return gap_m;
}

static bool has_alias(const struct gaz_border_name *name, const char *text)
{
    for (size_t i = 0; i < name->alias_count; i++)
        if (strcmp(name->aliases[i], text) == 0)
            return true;
    return false;
}

/* A name that the other side knows too is the first to propose; else both, as
 * a dual name, for the sides to choose from. */
static const char *propose(struct gaz_arena *arena, const struct entry *a,
                           const struct entry *b)
{
    if (has_alias(b->name, a->name->text))
        return gaz_arena_printf(arena, "%s（对方已作别名使用）", a->name->text);
    if (has_alias(a->name, b->name->text))
        return gaz_arena_printf(arena, "%s（对方已作别名使用）", b->name->text);
    if (strcmp(a->core, b->core) == 0)
        return gaz_arena_printf(arena, "专名“%s”不变，通名在“%s”“%s”中择一",
                                a->core, a->name->text, b->name->text);
    return gaz_arena_printf(arena, "“%s”“%s”择一；商定前并用：%s（%s）",
                            a->name->text, b->name->text, a->name->text,
                            b->name->text);
}

static bool try_joint(struct work *w, const struct entry *a,
                      const struct entry *b)
{
    const struct gaz_border_name *one = a->name;
    const struct gaz_border_name *other = b->name;
    if (!crosses(one) || one->category / 10 != other->category / 10 ||
        one->accuracy_m > w->options->joint_m ||
        other->accuracy_m > w->options->joint_m)
        return false;
    const double gap_m = gap_of(one, other);
    if (gap_m > w->options->joint_m)
        return false;
    const bool is_same = strcmp(one->text, other->text) == 0;
    struct gaz_border_item *item = note(
        w, is_same ? GAZ_BORDER_SHARED : GAZ_BORDER_DIFFERENTLY, one, other);
    item->apart_m = gap_m;
    item->zh =
        is_same ? gaz_arena_printf(&w->ctx->arena, "%s跨界共有, 双方名称一致",
                                   one->text)
                : gaz_arena_printf(&w->ctx->arena,
                                   "同一处（相距%.0f米）双方名称不同: %s、%s",
                                   gap_m, one->text, other->text);
    item->en =
        is_same ? gaz_arena_printf(&w->ctx->arena,
                                   "%s lies on both sides, under one name",
                                   one->text)
                : gaz_arena_printf(&w->ctx->arena,
                                   "one thing (%.0f m apart) has two names: %s "
                                   "and %s",
                                   gap_m, one->text, other->text);
    if (!is_same)
        item->proposal = propose(&w->ctx->arena, a, b);
    return true;
}

/* ---- two things, one name ---- */

static void note_names(struct work *w, gaz_border_kind kind,
                       const struct entry *a, const struct entry *b)
{
    static const char *const EN[] = {
        [GAZ_BORDER_SAME] = "the same name on both sides",
        [GAZ_BORDER_SAME_CORE] = "the same name but for its generic",
        [GAZ_BORDER_SOUND] = "names that sound the same",
        [GAZ_BORDER_SIMILAR] = "names that differ in one character",
        [GAZ_BORDER_VILLAGES] = "villages of one name on both sides"};
    struct gaz_border_item *item = note(w, kind, a->name, b->name);
    const char *doubt = item->is_certain ? "" : "（位置概略，可能毗邻）";
    item->zh =
        gaz_arena_printf(&w->ctx->arena, "两侧%s: %s、%s%s", KINDS[kind].zh,
                         a->name->label, b->name->label, doubt);
    item->en = gaz_arena_printf(
        &w->ctx->arena, "%s: %s, %s%s", EN[kind], a->name->label,
        b->name->label,
        item->is_certain ? "" : " (positions are rough; perhaps near)");
}

static void try_names(struct work *w, const struct entry *a,
                      const struct entry *b)
{
    const bool is_core = strcmp(a->core, b->core) == 0;
    if (class_of(a->name) != class_of(b->name))
        return;
    if (is_core && is_village(a->name) && is_village(b->name))
        note_names(w, GAZ_BORDER_VILLAGES, a, b);
    else if (strcmp(a->name->text, b->name->text) == 0)
        note_names(w, GAZ_BORDER_SAME, a, b);
    else if (is_core)
        note_names(w, GAZ_BORDER_SAME_CORE, a, b);
    else if (*a->sound && strcmp(a->sound, b->sound) == 0)
        note_names(w, GAZ_BORDER_SOUND, a, b);
    else if (is_similar(a->core, b->core))
        note_names(w, GAZ_BORDER_SIMILAR, a, b);
}

static void try_place(struct work *w, const struct entry *entry)
{
    const struct gaz_border_name *name = entry->name;
    if (name->inside < 0 || name->inside == name->side ||
        name->distance_m <= name->accuracy_m + w->options->line_accuracy_m)
        return;
    struct gaz_border_item *item = note(w, GAZ_BORDER_MISPLACED, name, NULL);
    item->zh = gaz_arena_printf(&w->ctx->arena,
                                "%s登记在本侧, 坐标在对侧, 离界线%.0f米",
                                name->label, name->distance_m);
    item->en = gaz_arena_printf(
        &w->ctx->arena,
        "%s is registered on one side and stands on the other, %.0f m from "
        "the line",
        name->label, name->distance_m);
}

static int by_weight(const void *a, const void *b)
{
    const struct gaz_border_item *one = a;
    const struct gaz_border_item *other = b;
    if (one->is_certain != other->is_certain)
        return one->is_certain ? -1 : 1;
    if (one->severity != other->severity)
        return one->severity < other->severity ? 1 : -1;
    if (one->kind != other->kind)
        return one->kind < other->kind ? -1 : 1;
    if (one->distance_m != other->distance_m)
        return one->distance_m < other->distance_m ? -1 : 1;
    return (one->a->id > other->a->id) - (one->a->id < other->a->id);
}

gaz_status gaz_border_names_find(struct gaz_ctx *ctx,
                                 struct gaz_border_name *names, size_t count,
                                 const struct gaz_grid *line, size_t line_count,
                                 const struct gaz_border_options *options,
                                 struct gaz_border_report *out)
{
    struct work w = {.ctx = ctx, .options = options};
    struct gaz_border_report report = {.name_count = 0};
    struct gaz_track_point *points =
        gaz_arena_array(&ctx->arena, line_count, sizeof(*points));
    for (size_t i = 0; i < line_count; i++)
        points[i] = (struct gaz_track_point){line[i].east_m, line[i].north_m};
    gaz_track_open(&ctx->arena, points, NULL, line_count, &w.line);
    if (w.line.count == 0)
        return gaz_fail(ctx, GAZ_INVALID, "the line has no length");
    gaz_status status = gather(&w, names, count, &report);
    if (status != GAZ_OK)
        return status;
    for (size_t i = 0; i < w.count; i++) {
        try_place(&w, &w.entries[i]);
        for (size_t j = 0; j < w.count; j++)
            if (w.entries[i].name->side == 0 && w.entries[j].name->side == 1 &&
                !try_joint(&w, &w.entries[i], &w.entries[j]))
                try_names(&w, &w.entries[i], &w.entries[j]);
    }
    if (w.item_count > 1)
        qsort(w.items, w.item_count, sizeof(*w.items), by_weight);
    report.items = w.items;
    report.item_count = w.item_count;
    *out = report;
    return GAZ_OK;
}

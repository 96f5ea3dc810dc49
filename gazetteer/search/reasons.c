/* SPDX-License-Identifier: Apache-2.0 */
#include "gazetteer/search/reasons.h"

#include <string.h>

#include "gazetteer/base/text.h"
#include "gazetteer/search/guess.h"
#include "gazetteer/search/label.h"

void gaz_reasons_add(struct gaz_answer *answer, const char *code,
                     const char *zh, const char *en)
{
    if (answer->reason_count == GAZ_REASONS_MAX)
        return;
    answer->reasons[answer->reason_count++] =
        (struct gaz_reason){.code = code, .zh = zh, .en = en};
}

/* "2009年" for the sentence, "" when the day is not known. */
static const char *year_zh(struct gaz_ctx *ctx, gaz_date date)
{
    return date > 0 ? gaz_arena_printf(&ctx->arena, "%d年", date / 10000) : "";
}

static const char *year_en(struct gaz_ctx *ctx, const char *word, gaz_date date)
{
    return date > 0
               ? gaz_arena_printf(&ctx->arena, " %s %d", word, date / 10000)
               : "";
}

static const struct {
    const char *code;
    const char *zh;
    const char *en;
} CHANGES[GAZ_CHANGE_KINDS] = {
    [GAZ_CHANGE_RENAME] = {"renamed_to", "更名为", "was renamed"},
    [GAZ_CHANGE_MERGE] = {"merged_into", "并入", "was merged into"},
    [GAZ_CHANGE_SPLIT] = {"split_into", "析出", "was split; part is"},
    [GAZ_CHANGE_UPGRADE] = {"upgraded_to", "改设为", "became"},
    [GAZ_CHANGE_RECODE] = {"recoded", "代码变更为", "has a new code as"},
};

static void add_heir(struct gaz_ctx *ctx, const struct gaz_snapshot *snap,
                     const struct gaz_link *link, gaz_date day,
                     struct gaz_answer *answer)
{
    struct gaz_arena *arena = &ctx->arena;
    const char *name = gaz_snapshot_text(snap, snap->names[link->name].text);
    const char *now = gaz_label_name(snap, link->place, day);
    const char *zh = year_zh(ctx, link->date);
    const char *in = year_en(ctx, "in", link->date);
    if (link->is_later && CHANGES[link->change].code) {
        gaz_reasons_add(answer, CHANGES[link->change].code,
                        gaz_arena_printf(arena, "%s%s%s%s", name, zh,
                                         CHANGES[link->change].zh, now),
                        gaz_arena_printf(arena, "%s %s %s%s", name,
                                         CHANGES[link->change].en, now, in));
        return;
    }
    gaz_reasons_add(
        answer, "formerly",
        gaz_arena_printf(arena, "%s%s设立，当时为%s", name, zh, now),
        gaz_arena_printf(arena, "%s was set up%s; on that day it was %s", name,
                         in, now));
}

static void add_former(struct gaz_ctx *ctx, const struct gaz_snapshot *snap,
                       const struct gaz_link *link, gaz_date day,
                       struct gaz_answer *answer)
{
    struct gaz_arena *arena = &ctx->arena;
    const struct gaz_snap_name *row = &snap->names[link->name];
    const char *name = gaz_snapshot_text(snap, row->text);
    const char *now = gaz_label_name(snap, link->place, day);
    if (row->valid_from > day) {
        gaz_reasons_add(
            answer, "later_name",
            gaz_arena_printf(arena, "%s%s起名为%s", now,
                             year_zh(ctx, row->valid_from), name),
            gaz_arena_printf(arena, "%s is named %s%s", now, name,
                             year_en(ctx, "since", row->valid_from)));
        return;
    }
    const char *until =
        row->valid_to > 0
            ? gaz_arena_printf(arena, "（至%d年）", row->valid_to / 10000)
            : "";
    gaz_reasons_add(
        answer, "former_name",
        gaz_arena_printf(arena, "%s是%s的曾用名%s", name, now, until),
        gaz_arena_printf(arena, "%s is a former name of %s%s", name, now,
                         year_en(ctx, "until", row->valid_to)));
}

/* "胡" read as "湖" when one character differs, else the names. */
static void add_guess(struct gaz_ctx *ctx, const struct gaz_snapshot *snap,
                      const struct gaz_link *link, const char *asked,
                      int asked_size, struct gaz_answer *answer)
{
    struct gaz_arena *arena = &ctx->arena;
    const char *code = link->how == GAZ_HOW_SOUND ? "sounds_like" : "read_as";
    const char *name = gaz_snapshot_text(snap, snap->names[link->name].text);
    const char *given = gaz_arena_strndup(arena, asked, (size_t)asked_size);
    uint32_t wrong = 0;
    uint32_t right = 0;
    if (gaz_guess_difference(asked, (size_t)asked_size, name, &wrong, &right)) {
        char a[8] = {0};
        char b[8] = {0};
        (void)gaz_text_encode(wrong, a);
        (void)gaz_text_encode(right, b);
        gaz_reasons_add(
            answer, code,
            gaz_arena_printf(arena, "“%s”按“%s”理解（%s）", a, b, name),
            gaz_arena_printf(arena, "%s read as %s (%s)", a, b, name));
        return;
    }
    gaz_reasons_add(answer, code,
                    gaz_arena_printf(arena, "“%s”按“%s”理解", given, name),
                    gaz_arena_printf(arena, "%s read as %s", given, name));
}

void gaz_reasons_link(struct gaz_ctx *ctx, const struct gaz_snapshot *snap,
                      const struct gaz_link *link, const char *asked,
                      int asked_size, gaz_date day, struct gaz_answer *answer)
{
    struct gaz_arena *arena = &ctx->arena;
    const char *name =
        link->name != GAZ_NONE
            ? gaz_snapshot_text(snap, snap->names[link->name].text)
            : "";
    switch ((gaz_how)link->how) {
    case GAZ_HOW_HEIR:
        add_heir(ctx, snap, link, day, answer);
        break;
    case GAZ_HOW_FORMER:
        add_former(ctx, snap, link, day, answer);
        break;
    case GAZ_HOW_GONE:
        gaz_reasons_add(
            answer, "abolished",
            gaz_arena_printf(arena, "%s在该日期不存在，后续不详", name),
            gaz_arena_printf(arena,
                             "%s does not exist on that day; what became of "
                             "it is not known",
                             name));
        break;
    case GAZ_HOW_ALIAS:
        gaz_reasons_add(
            answer, "alias",
            gaz_arena_printf(arena, "%s是%s的别名", name,
                             gaz_label_name(snap, link->place, day)),
            gaz_arena_printf(arena, "%s is another name of %s", name,
                             gaz_label_name(snap, link->place, day)));
        break;
    case GAZ_HOW_SOUND:
    case GAZ_HOW_FUZZY:
        add_guess(ctx, snap, link, asked, asked_size, answer);
        break;
    default:
        break;
    }
}

static void add_part(struct gaz_ctx *ctx, const struct gaz_snapshot *snap,
                     const struct gaz_asked *asked, const struct gaz_part *part,
                     const struct gaz_link *link, struct gaz_answer *answer)
{
    struct gaz_arena *arena = &ctx->arena;
    int size = part->end - part->start;
    const char *text = asked->text + part->start;
    if (link->how == GAZ_HOW_UNKNOWN) {
        gaz_reasons_add(
            answer, "part_not_found",
            gaz_arena_printf(arena, "未找到“%.*s”", size, text),
            gaz_arena_printf(arena, "%.*s was not found", size, text));
        return;
    }
    if (link->how == GAZ_HOW_AGAINST) {
        gaz_reasons_add(
            answer, "levels_contradict",
            gaz_arena_printf(arena, "“%.*s”与此地不相符", size, text),
            gaz_arena_printf(arena, "%.*s does not agree with this place", size,
                             text));
        return;
    }
    gaz_reasons_link(ctx, snap, link, part->text, part->size, asked->day,
                     answer);
}

/* The town of a place, or GAZ_NONE. */
static uint32_t town_of(const struct gaz_snapshot *snap, uint32_t place)
{
    for (int i = 0; i < 16 && place != GAZ_NONE; i++) {
        if (snap->places[place].level == GAZ_LEVEL_TOWN)
            return place;
        place = snap->places[place].parent;
    }
    return GAZ_NONE;
}

static void add_inferred(struct gaz_ctx *ctx, const struct gaz_snapshot *snap,
                         const struct gaz_asked *asked,
                         const struct gaz_cut *cut,
                         const struct gaz_chain *chain,
                         struct gaz_answer *answer)
{
    uint32_t town = town_of(snap, chain->place);
    if (town == GAZ_NONE || town == chain->place)
        return;
    for (int i = 0; i < cut->count; i++)
        if ((chain->visited >> i & 1U) && chain->links[i].place == town)
            return;
    const char *name = gaz_label_name(snap, town, asked->day);
    gaz_reasons_add(
        answer, "level_inferred",
        gaz_arena_printf(&ctx->arena, "乡镇街道由下级推得：%s", name),
        gaz_arena_printf(&ctx->arena, "town inferred: %s", name));
}

void gaz_reasons_chain(struct gaz_ctx *ctx, const struct gaz_snapshot *snap,
                       const struct gaz_asked *asked, const struct gaz_cut *cut,
                       const struct gaz_chain *chain, struct gaz_answer *answer)
{
    for (int i = 0; i < cut->count; i++)
        add_part(ctx, snap, asked, &cut->parts[i], &chain->links[i], answer);
    add_inferred(ctx, snap, asked, cut, chain, answer);
}

static const char *number_of(const struct gaz_snapshot *snap, uint32_t address)
{
    return gaz_snapshot_text(snap, snap->addresses[address].number);
}

static void add_no_number(struct gaz_ctx *ctx, const struct gaz_snapshot *snap,
                          const struct gaz_plate *plate,
                          const struct gaz_number_match *match,
                          struct gaz_answer *answer)
{
    struct gaz_arena *arena = &ctx->arena;
    uint32_t near = match->below != GAZ_NONE ? match->below : match->above;
    if (near == GAZ_NONE) {
        gaz_reasons_add(
            answer, "number_not_found",
            gaz_arena_printf(arena, "未找到%.*s，此处没有门牌数据",
                             plate->number_size, plate->number),
            gaz_arena_printf(arena, "%.*s not found; no numbers known here",
                             plate->number_size, plate->number));
        return;
    }
    const char *zh = "";
    const char *en = "";
    if (match->nearest_m >= 0) {
        zh = gaz_arena_printf(arena, "，约%.0f米", match->nearest_m);
        en = gaz_arena_printf(arena, ", about %.0f m away", match->nearest_m);
    }
    gaz_reasons_add(answer, "number_not_found",
                    gaz_arena_printf(arena, "未找到%.*s，最近的是%s%s",
                                     plate->number_size, plate->number,
                                     number_of(snap, near), zh),
                    gaz_arena_printf(arena, "%.*s not found, nearest %s%s",
                                     plate->number_size, plate->number,
                                     number_of(snap, near), en));
}

static void add_entrance(struct gaz_ctx *ctx, const struct gaz_snapshot *snap,
                         const struct gaz_plate *plate,
                         const struct gaz_number_match *match,
                         struct gaz_answer *answer)
{
    const char *tail =
        gaz_snapshot_text(snap, snap->addresses[match->address].tail);
    if (plate->tail_size == 0) {
        gaz_reasons_add(answer, "unit_added",
                        gaz_arena_printf(&ctx->arena, "该门牌下仅有%s", tail),
                        gaz_arena_printf(&ctx->arena,
                                         "only %s is known at this number",
                                         tail));
        return;
    }
    gaz_reasons_add(answer, "unit_not_found",
                    gaz_arena_printf(&ctx->arena, "未找到%.*s，答到门牌",
                                     plate->tail_size, plate->tail),
                    gaz_arena_printf(&ctx->arena,
                                     "%.*s not found; this is the entrance",
                                     plate->tail_size, plate->tail));
}

static void add_between(struct gaz_ctx *ctx, const struct gaz_snapshot *snap,
                        const struct gaz_number_match *match,
                        struct gaz_answer *answer)
{
    struct gaz_arena *arena = &ctx->arena;
    const char *below =
        match->from_start ? "道路起点" : number_of(snap, match->below);
    const char *above = number_of(snap, match->above);
    gaz_reasons_add(answer, "interpolated",
                    gaz_arena_printf(arena, "位置由%s与%s之间%s推算", below,
                                     above, match->along ? "沿道路" : ""),
                    gaz_arena_printf(
                        arena, "position between %s and %s%s",
                        match->from_start ? "the beginning of the road" : below,
                        above, match->along ? " along the road" : ""));
    if (match->at_odds)
        gaz_reasons_add(answer, "side_at_odds",
                        "已知门牌不在道路编制规则所说的一侧",
                        "the known numbers are not on the side that the "
                        "road's record says");
    else if (match->by_rule)
        gaz_reasons_add(answer, "side_recorded", "单双号所在一侧按道路编制规则",
                        "the side is the one in the road's record");
    else if (match->any_side)
        gaz_reasons_add(answer, "side_unknown",
                        "同侧无已知门牌，单双号在哪一侧未知",
                        "no number of this parity is known on both sides");
    else
        gaz_reasons_add(answer, "side_inferred", "单双号所在一侧由已知门牌推得",
                        "the side of this parity is inferred from the known "
                        "numbers");
}

/* A number that stands for the one that was asked. */
static void add_instead(struct gaz_ctx *ctx, const struct gaz_snapshot *snap,
                        const struct gaz_plate *plate,
                        const struct gaz_number_match *match,
                        struct gaz_answer *answer)
{
    static const struct {
        gaz_number_found found;
        const char *code;
        const char *zh; /* behind the asked number, before the found one */
        const char *en;
    } WAYS[] = {
        {GAZ_NUMBER_SIBLING, "nearest_number", "未找到，按",
         "not found; this is"},
        {GAZ_NUMBER_ANNEX, "annex_of", "为附号，答到", "is an annex of"},
        {GAZ_NUMBER_MEMBER, "in_range", "同属一组门牌，答到", "goes with"},
    };
    const char *found = number_of(snap, match->address);
    for (size_t i = 0; i < sizeof(WAYS) / sizeof(WAYS[0]); i++)
        if (WAYS[i].found == match->found)
            gaz_reasons_add(
                answer, WAYS[i].code,
                gaz_arena_printf(&ctx->arena, "%.*s%s%s", plate->number_size,
                                 plate->number, WAYS[i].zh, found),
                gaz_arena_printf(&ctx->arena, "%.*s %s %s", plate->number_size,
                                 plate->number, WAYS[i].en, found));
}

void gaz_reasons_number(struct gaz_ctx *ctx, const struct gaz_snapshot *snap,
                        const struct gaz_plate *plate,
                        const struct gaz_number_match *match,
                        struct gaz_answer *answer)
{
    struct gaz_arena *arena = &ctx->arena;
    if (!plate->number)
        return;
    if (match->found == GAZ_NUMBER_INTERPOLATED)
        add_between(ctx, snap, match, answer);
    else if (match->found == GAZ_NUMBER_NONE)
        add_no_number(ctx, snap, plate, match, answer);
    else if (match->found == GAZ_NUMBER_ENTRANCE)
        add_entrance(ctx, snap, plate, match, answer);
    else
        add_instead(ctx, snap, plate, match, answer);
    if (match->address != GAZ_NONE &&
        snap->addresses[match->address].place != GAZ_NONE) {
        const char *site =
            gaz_label_name(snap, snap->addresses[match->address].place, 0);
        gaz_reasons_add(answer, "site_here",
                        gaz_arena_printf(arena, "此门牌为%s", site),
                        gaz_arena_printf(arena, "%s is at this number", site));
    }
}

void gaz_reasons_position(const struct gaz_snapshot *snap,
                          struct gaz_answer *answer)
{
    if (answer->position.method == GAZ_METHOD_NONE)
        gaz_reasons_add(answer, "position_unknown", "没有已知位置",
                        "no position is known");
    else if (answer->position.method == GAZ_METHOD_INHERITED)
        gaz_reasons_add(answer, "position_inherited",
                        "位置取自所属区划，仅为概略",
                        "position of the division it lies in: approximate");
    if (answer->position.method == GAZ_METHOD_SYNTHETIC ||
        (snap->places[answer->place].flags & GAZ_SNAP_SYNTHETIC))
        gaz_reasons_add(answer, "synthetic", "演示用合成数据，并非真实",
                        "synthetic demonstration data, not real");
}

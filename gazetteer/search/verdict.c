/* SPDX-License-Identifier: Apache-2.0 */
#include "gazetteer/search/verdict.h"

static const struct {
    const char *name;
    const char *zh;
    const char *en;
} VERDICTS[GAZ_VERDICTS] = {
    [GAZ_VERDICT_UNCHECKED] = {"not_checked", "库中无从核对",
                               "nothing to check it against"},
    [GAZ_VERDICT_AGREES] = {"agrees", "相符", "agrees"},
    [GAZ_VERDICT_ALIAS] = {"alias", "别名", "another name"},
    [GAZ_VERDICT_FORMER] = {"former_name", "曾用名或已撤并",
                            "a former name, or merged since"},
    [GAZ_VERDICT_CORRECTED] = {"corrected", "按更正后理解",
                               "read with a correction"},
    [GAZ_VERDICT_CONTRADICTED] = {"contradicted", "与答案不符",
                                  "at odds with the answer"},
};

const char *gaz_verdict_name(gaz_verdict verdict)
{
    return VERDICTS[verdict].name;
}

const char *gaz_verdict_words(gaz_verdict verdict, bool in_english)
{
    return in_english ? VERDICTS[verdict].en : VERDICTS[verdict].zh;
}

static gaz_verdict verdict_of(const struct gaz_link *link)
{
    switch ((gaz_how)link->how) {
    case GAZ_HOW_EXACT:
    case GAZ_HOW_SHORT:
        return GAZ_VERDICT_AGREES;
    case GAZ_HOW_ALIAS:
        return GAZ_VERDICT_ALIAS;
    case GAZ_HOW_FORMER:
    case GAZ_HOW_HEIR:
    case GAZ_HOW_GONE:
        return GAZ_VERDICT_FORMER;
    case GAZ_HOW_SOUND:
    case GAZ_HOW_FUZZY:
        return GAZ_VERDICT_CORRECTED;
    case GAZ_HOW_AGAINST:
        return GAZ_VERDICT_CONTRADICTED;
    default:
        return GAZ_VERDICT_UNCHECKED;
    }
}

/* A division is called what it is, however the text was cut. */
static gaz_element_label label_of(const struct gaz_snapshot *snap,
                                  const struct gaz_part *part, uint32_t place)
{
    static const gaz_element_label LABELS[] = {
        [GAZ_LEVEL_PROVINCE] = GAZ_ELEMENT_PROV,
        [GAZ_LEVEL_CITY] = GAZ_ELEMENT_CITY,
        [GAZ_LEVEL_COUNTY] = GAZ_ELEMENT_DISTRICT,
        [GAZ_LEVEL_TOWN] = GAZ_ELEMENT_TOWN,
        [GAZ_LEVEL_VILLAGE] = GAZ_ELEMENT_COMMUNITY,
    };
    int level = place == GAZ_NONE ? GAZ_LEVEL_NONE : snap->places[place].level;
    return level == GAZ_LEVEL_NONE ? part->label : LABELS[level];
}

static gaz_verdict verdict_of_number(const struct gaz_scored *item)
{
    if (item->number.found == GAZ_NUMBER_SIBLING)
        return GAZ_VERDICT_CORRECTED;
    return item->site != GAZ_NONE || item->number.address != GAZ_NONE
               ? GAZ_VERDICT_AGREES
               : GAZ_VERDICT_UNCHECKED;
}

static void add(struct gaz_answer *out, gaz_element_label label,
                const char *text, const char *found, gaz_verdict verdict)
{
    if (out->evidence_count < GAZ_VERDICTS_MAX)
        out->evidence[out->evidence_count++] = (struct gaz_verdict_item){
            .text = text, .found = found, .label = label, .verdict = verdict};
}

static void add_number(struct gaz_ctx *ctx, const struct gaz_snapshot *snap,
                       const struct gaz_scored *item, struct gaz_answer *out)
{
    const struct gaz_plate *plate = &item->plate;
    uint32_t address = item->number.address;
    if (!plate->number)
        return;
    add(out, GAZ_ELEMENT_ROADNO,
        gaz_arena_strndup(&ctx->arena, plate->number,
                          (size_t)plate->number_size),
        address != GAZ_NONE
            ? gaz_snapshot_text(snap, snap->addresses[address].number)
            : NULL,
        verdict_of_number(item));
    if (plate->tail_size == 0)
        return;
    bool is_exact = item->number.found == GAZ_NUMBER_EXACT;
    add(out, GAZ_ELEMENT_ROOMNO,
        gaz_arena_strndup(&ctx->arena, plate->tail, (size_t)plate->tail_size),
        is_exact && address != GAZ_NONE
            ? gaz_snapshot_text(snap, snap->addresses[address].tail)
            : NULL,
        is_exact ? GAZ_VERDICT_AGREES : GAZ_VERDICT_UNCHECKED);
}

void gaz_verdict_fill(struct gaz_ctx *ctx, const struct gaz_snapshot *snap,
                      const struct gaz_asked *asked, const struct gaz_cut *cut,
                      const struct gaz_scored *item, struct gaz_answer *out)
{
    bool has_number = false;
    for (int i = 0; i < cut->count; i++) {
        const struct gaz_part *part = &cut->parts[i];
        const struct gaz_link *link = &item->chain->links[i];
        if (part->after_number && !has_number) {
            add_number(ctx, snap, item, out);
            has_number = true;
        }
        const char *found = NULL;
        if (link->place != GAZ_NONE && link->how != GAZ_HOW_UNKNOWN)
            found = gaz_snapshot_text(
                snap,
                snap->names[gaz_snapshot_name_at(snap, link->place, asked->day)]
                    .text);
        add(out, label_of(snap, part, found ? link->place : GAZ_NONE),
            gaz_arena_strndup(&ctx->arena, asked->text + part->start,
                              (size_t)(part->end - part->start)),
            found, verdict_of(link));
    }
    if (!has_number)
        add_number(ctx, snap, item, out);
}

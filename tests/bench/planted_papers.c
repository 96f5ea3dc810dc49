/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/bench/planted_city.h"

void planted_say(struct planted_city *c, gaz_id about, gaz_attribute_kind kind,
                 const char *value)
{
    gaz_corpus_attribute(
        c->corpus, &(struct gaz_corpus_attribute){.about = about,
                                                  .source = 1,
                                                  .attribute = {kind, value}});
}

/* 区2 镇3 year class serial, for the kinds of roads that have papers. */
enum {
    PAPERS = PLANTED_PAPERS,
    EXPIRED = 34,
    DEED = 35,
    AUDIT = 36,
    SHARED = 37,
    LATE = 38
};

static void spoil_code(struct planted_city *c, const struct gaz_address *a,
                       bool is_bad)
{
    const int town = (1000 + c->town) % 100;
    const int serial = (int)(a->id % 90000) + 1;
    const char *code =
        gaz_arena_printf(&c->ctx->arena, "%02d101%d%d%05d", town,
                         is_bad && c->kind == PAPERS ? 2023 : 2024, 2, serial);
    if (is_bad && c->kind == PAPERS)
        planted_label(c, "C04", a->id);
    if (is_bad && c->kind == PAPERS + 1) {
        code =
            gaz_arena_printf(&c->ctx->arena, "%02d10220242%05d", town, serial);
        planted_label(c, "C04P", a->id);
    }
    planted_say(c, a->id, GAZ_ATTRIBUTE_ADDRESS_CODE, code);
    planted_say(c, a->id, GAZ_ATTRIBUTE_COMPILED_ON, "2024-05-01");
    planted_say(c, a->id, GAZ_ATTRIBUTE_PLATE_TYPE, "road");
    if (c->kind != SHARED)
        return;
    const char *other = is_bad ? "990002024299999" : code;
    gaz_corpus_attribute(c->corpus,
                         &(struct gaz_corpus_attribute){
                             .about = a->id,
                             .source = 2,
                             .attribute = {GAZ_ATTRIBUTE_ADDRESS_CODE, other}});
    if (is_bad)
        planted_label(c, "V02", a->id);
}

void planted_spoil_papers(struct planted_city *c, const struct gaz_address *a,
                          bool is_bad)
{
    static const char *const RULES[] = {
        [EXPIRED] = "E14", [DEED] = "E15", [AUDIT] = "V01", [LATE] = "T01"};
    if (c->kind < PAPERS)
        return;
    spoil_code(c, a, is_bad);
    if (c->kind == EXPIRED)
        planted_say(c, a->id, GAZ_ATTRIBUTE_EXPIRES_ON,
                    is_bad ? "2020-01-01" : "2120-01-01");
    if (c->kind == DEED)
        planted_say(c, a->id, GAZ_ATTRIBUTE_DEED_ADDRESS,
                    gaz_arena_printf(&c->ctx->arena, "%s%s", c->name,
                                     is_bad ? "999号" : a->number));
    if (c->kind == AUDIT)
        planted_say(c, a->id, GAZ_ATTRIBUTE_FIELD_AUDIT,
                    is_bad ? "differs" : "same");
    if (c->kind == LATE) {
        planted_say(c, a->id, GAZ_ATTRIBUTE_APPROVED_ON, "2024-01-02");
        planted_say(c, a->id, GAZ_ATTRIBUTE_PUBLISHED_ON,
                    is_bad ? "2024-03-01" : "2024-01-08");
    }
    if (is_bad && c->kind < PLANTED_CLASSES - 1 && c->kind != SHARED &&
        c->kind >= EXPIRED)
        planted_label(c, RULES[c->kind], a->id);
}

/* 20 digits of the village's own class and township, or of others. */
void planted_spoil_toponym(struct planted_city *c, const struct gaz_place *v)
{
    const bool is_class = c->kind == 11;
    const bool is_place = c->kind == 12;
    if (c->kind < 11 || c->kind > 14)
        return;
    planted_say(c, v->id, GAZ_ATTRIBUTE_TOPONYM_CODE,
                gaz_arena_printf(&c->ctx->arena, "33%04d%s%s%06d",
                                 1000 + c->town, is_place ? "199" : "101",
                                 is_class ? "22200" : "21610", c->road + 1));
    if (is_class)
        planted_label(c, "C20", v->id);
    else if (is_place)
        planted_label(c, "C20P", v->id);
    if (c->kind == 13) {
        planted_say(c, v->id, GAZ_ATTRIBUTE_DERIVED_FROM, "竹竹竹河");
        planted_label(c, "N24", v->id);
    } else if (c->kind == 14) {
        planted_say(c, v->id, GAZ_ATTRIBUTE_DERIVED_FROM, c->name);
        planted_say(
            c, v->id, GAZ_ATTRIBUTE_APPLICANT,
            gaz_arena_printf(&c->ctx->arena, "合成市%s置业有限公司",
                             planted_syllables(c, 50000 + c->road, "")));
        planted_label(c, "N09", v->id);
    }
}

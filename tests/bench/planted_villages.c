/* SPDX-License-Identifier: Apache-2.0 */
/* Villages and buildings of the planted city. */
#include "tests/bench/planted_city.h"

/* 20 digits of the village's own class and township, or of others. */
static void spoil_toponym(struct planted_city *c, const struct gaz_place *v)
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

/* A building too small for its generic, and one that is not. */
void planted_put_buildings(struct planted_city *c)
{
    for (int i = 0; i < 2; i++) {
        struct gaz_place building = {.id = BUILDING_IDS + (gaz_id)c->town * 2 +
                                           (gaz_id)i,
                                     .category = 26100,
                                     .parent = TOWN_IDS + (gaz_id)c->town};
        c->name = planted_syllables(c, 55000 + i * 40, "大厦");
        planted_put_place(c, &building);
        planted_say(c, building.id, GAZ_ATTRIBUTE_FLOORS, i == 0 ? "6" : "20");
        planted_say(c, building.id, GAZ_ATTRIBUTE_SITE_AREA_M2, "300");
        if (i == 0)
            planted_label(c, "N21", building.id);
    }
}

static void spoil_village(struct planted_city *c, struct gaz_place *v)
{
    static struct gaz_name names[3];
    if (c->kind == 1) {
        v->code = gaz_arena_printf(&c->ctx->arena, "33%04d101%03d",
                                   1000 + c->town, c->road);
        planted_label(c, "C02", v->id);
    } else if (c->kind == 2) {
        v->code =
            gaz_arena_printf(&c->ctx->arena, "33A%d-%d", c->town, c->road);
        planted_label(c, "C01", v->id);
    } else if (c->kind == 3) {
        c->name = planted_syllables(c, 50000 + c->road - 1, "社区");
        v->category = GAZ_CATEGORY_COMMUNITY;
        v->code = NULL;
        planted_label_pair(c, "N10", v->id, v->id - 1);
    } else if (c->kind == 4) {
        c->name = planted_syllables(c, 50000 + c->road, "");
        c->name = gaz_arena_printf(&c->ctx->arena, "测试%s", c->name);
        planted_label(c, "G01", v->id);
        planted_label(c, "N01", v->id);
    } else if (c->kind == 5 && c->road < CLASSES) {
        c->name = "村";
        planted_label(c, "N04", v->id);
    } else if (c->kind == 6) {
        c->name = planted_syllables(c, 50000 + c->road, "A村");
        planted_label(c, "N05", v->id);
    } else if (c->kind == 7) {
        v->valid_from = 20180000;
        v->valid_to = 20170000;
        planted_label(c, "D01", v->id);
    } else if (c->kind >= 8 && c->kind <= 10) {
        names[0] = (struct gaz_name){.text = c->name};
        names[1] = (struct gaz_name){
            .text = planted_syllables(c, 52000 + c->road, "村"),
            .valid_from = 20100000,
            .kind = c->kind == 10 ? GAZ_NAME_FORMER : GAZ_NAME_STANDARD,
            .valid_to = c->kind == 8 ? 0 : 20170000};
        names[0].valid_from = c->kind == 9 ? 20150000 : 20190000;
        v->names = names;
        v->name_count = 2;
        planted_label(c,
                      c->kind == 8   ? "N23"
                      : c->kind == 9 ? "H01"
                                     : "H02",
                      v->id);
    }
}

void planted_put_village(struct planted_city *c)
{
    c->kind = c->road % CLASSES;
    struct gaz_place v = {
        .id = VILLAGE_IDS + (gaz_id)(c->town * VILLAGES + c->road),
        .code = gaz_arena_printf(&c->ctx->arena, "33%04d101%03d",
                                 1000 + c->town, 200 + c->road),
        .level = GAZ_LEVEL_VILLAGE,
        .category = GAZ_CATEGORY_VILLAGE,
        .parent = TOWN_IDS + (gaz_id)c->town};
    c->name = planted_syllables(c, 50000 + c->road, "村");
    spoil_village(c, &v);
    spoil_toponym(c, &v);
    planted_put_place(c, &v);
}

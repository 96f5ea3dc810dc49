/* SPDX-License-Identifier: Apache-2.0 */
/* The kinds of noise over real names. */
#include <stdio.h>
#include <string.h>

#include "gazetteer/base/text.h"
#include "tests/accuracy/noise/noise.h"

static bool finish(const struct noise_text *text, struct noise_question *out)
{
    *out = (struct noise_question){.address = GAZ_NONE};
    noise_join(text, out->text);
    out->truths[out->truth_count++] = text->places[text->finest];
    return true;
}

static void begin(struct noise_maker *maker, struct noise_text *text)
{
    noise_write(maker, noise_draw_base(maker), text);
}

static void drop_part(struct noise_text *text, int at)
{
    for (int i = at; i + 1 < text->count; i++) {
        memcpy(text->parts[i], text->parts[i + 1], NOISE_PART_BYTES);
        text->places[i] = text->places[i + 1];
    }
    text->count--;
    if (at < text->finest)
        text->finest--;
}

static void insert_part(struct noise_text *text, int at, const char *words)
{
    for (int i = text->count; i > at; i--) {
        memcpy(text->parts[i], text->parts[i - 1], NOISE_PART_BYTES);
        text->places[i] = text->places[i - 1];
    }
    (void)snprintf(text->parts[at], NOISE_PART_BYTES, "%s", words);
    text->places[at] = GAZ_NONE;
    text->count++;
    if (at <= text->finest)
        text->finest++;
}

static bool make_plain(struct noise_maker *maker, struct noise_question *out)
{
    struct noise_text text;
    begin(maker, &text);
    return finish(&text, out);
}

/* ---- characters ---- */

enum edit { EDIT_REPLACE, EDIT_DROP, EDIT_SWAP };

/* Edits the `at`-th character of a name; false when that changes nothing. */
static bool edit_name(struct noise_maker *maker, const char *name, int at,
                      enum edit edit, noise_letter_kind kind, char *out)
{
    uint32_t letters[NOISE_PART_BYTES];
    int count = 0;
    size_t offset = 0;
    size_t size = strlen(name);
    for (uint32_t c; (c = gaz_text_next(name, size, &offset)) != 0;)
        letters[count++] = c;
    if (at >= count || (edit == EDIT_SWAP && at + 1 >= count))
        return false;
    if (edit == EDIT_REPLACE)
        letters[at] = noise_letters_other(maker->letters, &maker->random, kind,
                                          letters[at]);
    if (letters[at] == 0)
        return false;
    if (edit == EDIT_SWAP) {
        uint32_t first = letters[at];
        letters[at] = letters[at + 1];
        letters[at + 1] = first;
    }
    size_t length = 0;
    for (int i = 0; i < count; i++)
        if (edit != EDIT_DROP || i != at)
            length += gaz_text_encode(letters[i], out + length);
    out[length] = '\0';
    return strcmp(out, name) != 0;
}

/* One character of the finest name or of its town. A text that is the name of
 * another place is thrown back: nobody could know what was meant. */
static bool make_edit(struct noise_maker *maker, struct noise_question *out,
                      enum edit edit, noise_letter_kind kind)
{
    struct noise_text text;
    begin(maker, &text);
    int at = text.finest;
    if (at > 0 && city_below(&maker->random, 4) == 0)
        at--;
    int letters =
        (int)gaz_text_count(text.parts[at], strlen(text.parts[at])) - 1;
    if (letters < 2)
        return false;
    int which = (int)city_below(&maker->random, (uint32_t)letters);
    if (edit == EDIT_SWAP && which + 1 >= letters)
        return false;
    char changed[NOISE_PART_BYTES + 4];
    if (!edit_name(maker, text.parts[at], which, edit, kind, changed) ||
        noise_is_name(maker->snap, changed))
        return false;
    memcpy(text.parts[at], changed, strlen(changed) + 1);
    return finish(&text, out);
}

static bool make_typo(struct noise_maker *maker, struct noise_question *out)
{
    return make_edit(maker, out, EDIT_REPLACE, NOISE_LETTER_ANY);
}

static bool make_shape(struct noise_maker *maker, struct noise_question *out)
{
    return make_edit(maker, out, EDIT_REPLACE, NOISE_LETTER_SHAPE);
}

static bool make_sound(struct noise_maker *maker, struct noise_question *out)
{
    return make_edit(maker, out, EDIT_REPLACE, NOISE_LETTER_SOUND);
}

static bool make_accent(struct noise_maker *maker, struct noise_question *out)
{
    return make_edit(maker, out, EDIT_REPLACE, NOISE_LETTER_ACCENT);
}

static bool make_missing(struct noise_maker *maker, struct noise_question *out)
{
    return make_edit(maker, out, EDIT_DROP, NOISE_LETTER_ANY);
}

static bool make_swapped(struct noise_maker *maker, struct noise_question *out)
{
    return make_edit(maker, out, EDIT_SWAP, NOISE_LETTER_ANY);
}

/* ---- levels ---- */

/* The finest name with its county, or alone. */
static bool make_omitted(struct noise_maker *maker, struct noise_question *out)
{
    struct noise_text text;
    begin(maker, &text);
    bool with_county = city_below(&maker->random, 3) > 0;
    for (int i = text.finest - 1; i >= 0; i--)
        if (!with_county ||
            maker->snap->places[text.places[i]].level != GAZ_LEVEL_COUNTY)
            drop_part(&text, i);
    return finish(&text, out);
}

/* The town or the finest name stands in front of the coarser ones. */
static bool make_order(struct noise_maker *maker, struct noise_question *out)
{
    struct noise_text text;
    begin(maker, &text);
    if (text.count < 2)
        return false;
    int from = city_below(&maker->random, 2) ? text.finest : text.finest - 1;
    if (from == 0)
        from = 1;
    char name[NOISE_PART_BYTES];
    memcpy(name, text.parts[from], sizeof(name));
    uint32_t place = text.places[from];
    bool is_finest = from == text.finest;
    drop_part(&text, from);
    insert_part(&text, 0, name);
    text.places[0] = place;
    text.finest = is_finest ? 0 : text.count - 1;
    return finish(&text, out);
}

/* A neighbouring county, where the town has another. */
static bool make_county(struct noise_maker *maker, struct noise_question *out)
{
    static const char *const COUNTIES[] = {"平湖市", "金山区", "海盐县",
                                           "嘉善县", "南湖区", "奉贤区"};
    struct noise_text text;
    begin(maker, &text);
    const char *other = COUNTIES[city_below(&maker->random, 6)];
    for (int i = text.finest - 1; i >= 0; i--)
        if (maker->snap->places[text.places[i]].level < GAZ_LEVEL_COUNTY)
            drop_part(&text, i);
    if (text.count < 3 || strcmp(text.parts[0], other) == 0 ||
        maker->snap->places[text.places[0]].level != GAZ_LEVEL_COUNTY)
        return false;
    (void)snprintf(text.parts[0], NOISE_PART_BYTES, "%s", other);
    return finish(&text, out);
}

static bool make_repeat(struct noise_maker *maker, struct noise_question *out)
{
    struct noise_text text;
    begin(maker, &text);
    if (text.count < 2)
        return false;
    int at = (int)city_below(&maker->random, (uint32_t)text.finest);
    char name[NOISE_PART_BYTES];
    memcpy(name, text.parts[at], sizeof(name));
    insert_part(&text, at, name);
    return finish(&text, out);
}

/* ---- names of another time ---- */

static bool old_name(struct noise_maker *maker, uint32_t place, char *out)
{
    const struct gaz_snapshot *snap = maker->snap;
    const struct gaz_snap_place *row = &snap->places[place];
    const char *now = noise_name(snap, place);
    const char *found[16];
    uint32_t count = 0;
    for (uint32_t i = 0; i < row->name_count; i++) {
        const struct gaz_snap_name *name = &snap->names[row->name_first + i];
        if ((name->kind == GAZ_NAME_FORMER ||
             name->valid_to != GAZ_DATE_OPEN) &&
            count < 16)
            found[count++] = gaz_snapshot_text(snap, name->text);
    }
    for (uint32_t i = 0; i < row->change_count; i++) {
        const struct gaz_snap_change *change =
            &snap->changes[row->change_first + i];
        if (change->to == place && change->from != GAZ_NONE &&
            change->from != place && count < 16)
            found[count++] = noise_name(snap, change->from);
    }
    if (count == 0)
        return false;
    const char *name = found[city_below(&maker->random, count)];
    (void)snprintf(out, NOISE_PART_BYTES, "%s", name);
    return strcmp(name, now) != 0;
}

static bool make_old(struct noise_maker *maker, struct noise_question *out)
{
    struct noise_text text;
    char name[NOISE_PART_BYTES];
    begin(maker, &text);
    bool changed = false;
    for (int i = 0; i < text.count; i++) {
        if (maker->snap->places[text.places[i]].level < GAZ_LEVEL_TOWN ||
            !old_name(maker, text.places[i], name))
            continue;
        memcpy(text.parts[i], name, sizeof(name));
        changed = true;
    }
    return changed && finish(&text, out);
}

/* ---- forms ---- */

/* 乍浦镇 as 乍浦: the towns and counties in front, or the finest itself. */
static bool make_suffix(struct noise_maker *maker, struct noise_question *out)
{
    static const char *const SUFFIXES[] = {"街道", "镇", "乡", "村", "社区",
                                           "市",   "区", "县", "省"};
    struct noise_text text;
    begin(maker, &text);
    bool changed = false;
    for (int i = 0; i < text.count; i++) {
        size_t size = strlen(text.parts[i]);
        for (size_t k = 0; k < sizeof(SUFFIXES) / sizeof(SUFFIXES[0]); k++) {
            size_t tail = strlen(SUFFIXES[k]);
            if (size < tail + 6 ||
                strcmp(text.parts[i] + size - tail, SUFFIXES[k]) != 0 ||
                city_below(&maker->random, 2) == 0)
                continue;
            text.parts[i][size - tail] = '\0';
            changed = true;
            break;
        }
    }
    return changed && finish(&text, out);
}

void noise_words(struct noise_maker *maker, char text[NOISE_TEXT_BYTES])
{
    static const char *const FORMS[] = {
        "收货地址：%s",
        "%s（送货上门）",
        "%s 电话13800000000",
        "%s，王先生收",
        "【家】%s",
        "地址:%s 联系人李女士",
        "%s(放门卫)13900000000",
        "寄到%s",
        "%s 邮编314200",
        "%s附近",
        "  %s  。",
        "%s 电联",
    };
    char plain[NOISE_TEXT_BYTES - 100];
    (void)snprintf(plain, sizeof(plain), "%s", text);
    const char *form = FORMS[city_below(&maker->random, 12)];
    const char *at = strstr(form, "%s");
    (void)snprintf(text, NOISE_TEXT_BYTES, "%.*s%s%s", (int)(at - form), form,
                   plain, at + 2);
}

static bool make_words(struct noise_maker *maker, struct noise_question *out)
{
    struct noise_text text;
    begin(maker, &text);
    (void)finish(&text, out);
    noise_words(maker, out->text);
    return true;
}

/* Full-width signs, ideographic blanks and commas between the levels. */
static bool make_width(struct noise_maker *maker, struct noise_question *out)
{
    static const char *const SIGNS[] = {"　", "，", " ", "、", "－", ", "};
    struct noise_text text;
    begin(maker, &text);
    const char *sign = SIGNS[city_below(&maker->random, 6)];
    if (text.count < 2)
        return false;
    for (int i = text.finest; i > 0; i--)
        insert_part(&text, i, sign);
    return finish(&text, out);
}

static bool make_traditional(struct noise_maker *maker,
                             struct noise_question *out)
{
    struct noise_text text;
    begin(maker, &text);
    (void)finish(&text, out);
    char plain[NOISE_TEXT_BYTES];
    (void)snprintf(plain, sizeof(plain), "%s", out->text);
    size_t size = strlen(plain);
    size_t at = 0;
    size_t length = 0;
    bool changed = false;
    for (uint32_t c; (c = gaz_text_next(plain, size, &at)) != 0;) {
        uint32_t other = noise_letters_other(maker->letters, &maker->random,
                                             NOISE_LETTER_TRADITIONAL, c);
        changed = changed || other != 0;
        length += gaz_text_encode(other ? other : c, out->text + length);
    }
    out->text[length] = '\0';
    return changed;
}

/* 十二村 as 12村. */
static bool make_numerals(struct noise_maker *maker, struct noise_question *out)
{
    static const char *const FROM[] = {"一", "二", "三", "四", "五",
                                       "六", "七", "八", "九", "十"};
    struct noise_text text;
    begin(maker, &text);
    char *name = text.parts[text.finest];
    for (int i = 0; i < 10; i++) {
        char *at = strstr(name, FROM[i]);
        const char *tail = at ? at + 3 : "";
        if (!at || (strcmp(tail, "村") != 0 && strcmp(tail, "居委会") != 0 &&
                    strcmp(tail, "组") != 0 && strcmp(tail, "社区") != 0 &&
                    strcmp(tail, "村居委会") != 0))
            continue;
        char changed[NOISE_PART_BYTES];
        (void)snprintf(changed, sizeof(changed), "%.*s%d%s", (int)(at - name),
                       name, i + 1, tail);
        memcpy(name, changed, sizeof(changed));
        return finish(&text, out);
    }
    return false;
}

/* A house of a village whose numbers the data does not have: the village. */
static bool make_house(struct noise_maker *maker, struct noise_question *out)
{
    static const char *const FORMS[] = {"%u号", "%u号101室", "%u组", "%u幢"};
    struct noise_text text;
    char number[NOISE_PART_BYTES];
    begin(maker, &text);
    if (maker->snap->places[text.places[text.finest]].level !=
        GAZ_LEVEL_VILLAGE)
        return false;
    const char *form = FORMS[city_below(&maker->random, 4)];
    const char *at = strstr(form, "%u");
    (void)snprintf(number, sizeof(number), "%u%s",
                   1 + city_below(&maker->random, 300), at + 2);
    insert_part(&text, text.count, number);
    return finish(&text, out);
}

/* A wrong character, short names and words around: as bad as it gets. */
static bool make_mixture(struct noise_maker *maker, struct noise_question *out)
{
    if (!make_edit(maker, out, EDIT_REPLACE,
                   city_below(&maker->random, 2) ? NOISE_LETTER_SOUND
                                                 : NOISE_LETTER_ANY))
        return false;
    noise_words(maker, out->text);
    return true;
}

const struct noise_kind NOISE_KINDS[] = {
    {"as it is", false, false, make_plain},
    {"wrong character", false, false, make_typo},
    {"look-alike", false, false, make_shape},
    {"sound-alike", false, false, make_sound},
    {"local accent", false, false, make_accent},
    {"missing character", false, false, make_missing},
    {"swapped characters", false, false, make_swapped},
    {"levels left out", false, false, make_omitted},
    {"levels out of order", false, false, make_order},
    {"level repeated", false, false, make_repeat},
    {"wrong county", false, false, make_county},
    {"old name", false, false, make_old},
    {"suffix dropped", false, false, make_suffix},
    {"words around", false, false, make_words},
    {"signs between", false, false, make_width},
    {"traditional", false, false, make_traditional},
    {"numeral in digits", false, false, make_numerals},
    {"house unknown", false, false, make_house},
    {"mixture", false, false, make_mixture},
    {"none: other county", false, true, noise_make_foreign},
    {"none: made-up village", false, true, noise_make_invented},
    {"none: elsewhere", false, true, noise_make_nowhere},
    {"city number", true, false, noise_make_number},
    {"city number, typo", true, false, noise_make_number_typo},
    {"city number, short", true, false, noise_make_number_short},
    {"city number, spelt", true, false, noise_make_number_spelt},
    {"city number, words", true, false, noise_make_number_words},
    {"city number, absent", true, false, noise_make_number_absent},
    {NULL, false, false, NULL},
};

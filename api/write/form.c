/* SPDX-License-Identifier: Apache-2.0 */
/* form.c - reading; form_out.c writes. */
#include "api/write/form.h"

#include <string.h>

#include "api/write/words.h"
#include "gazetteer/base/text.h"

enum { MEMBERS_MAX = 64, ACCURACY_MAX_M = 100000 };

/* An object while it is read: which members were asked for. */
struct object {
    struct api_form *form;
    const struct api_value *value; /* NULL: it is none */
    const char *pointer;
    bool is_taken[MEMBERS_MAX];
};

void api_form_slip(struct api_form *form, const char *pointer, const char *zh,
                   const char *en)
{
    if (form->slip_count < API_FORM_SLIPS_MAX)
        form->slips[form->slip_count++] =
            (struct api_form_slip){.pointer = pointer, .zh = zh, .en = en};
}

/* "/place" and "a/b" make "/place/a~1b". */
static const char *below(struct api_form *form, const char *pointer,
                         const char *name)
{
    const char *text = pointer;
    for (const char *at = name; *at; at++) {
        const char *piece = *at == '~' ? "~0" : *at == '/' ? "~1" : NULL;
        text = gaz_arena_printf(form->arena, "%s%s%.*s%s", text,
                                at == name ? "/" : "", piece ? 0 : 1, at,
                                piece ? piece : "");
    }
    return text;
}

static void blame(const struct object *object, const char *name, const char *zh,
                  const char *en)
{
    api_form_slip(object->form, below(object->form, object->pointer, name), zh,
                  en);
}

static struct object open_object(struct api_form *form,
                                 const struct api_value *value,
                                 const char *pointer)
{
    struct object object = {.form = form, .value = value, .pointer = pointer};
    if (!value || value->kind != API_VALUE_OBJECT ||
        value->count > MEMBERS_MAX) {
        api_form_slip(form, pointer, "应为对象", "must be an object");
        object.value = NULL;
    }
    return object;
}

/* NULL: absent. */
static const struct api_value *take(struct object *object, const char *name)
{
    for (int i = 0; object->value && i < object->value->count; i++)
        if (strcmp(object->value->items[i].name, name) == 0) {
            object->is_taken[i] = true;
            return &object->value->items[i];
        }
    return NULL;
}

static void close_object(struct object *object)
{
    for (int i = 0; object->value && i < object->value->count; i++)
        if (!object->is_taken[i])
            blame(object, object->value->items[i].name, "没有这一项",
                  "unknown member");
}

/* ---- members; each leaves *out alone when it is absent ---- */

/* Text; null clears. */
static void take_text(struct object *object, const char *name, size_t max,
                      const char **out)
{
    const struct api_value *value = take(object, name);
    if (!value)
        return;
    if (value->kind == API_VALUE_NULL)
        *out = NULL;
    else if (value->kind != API_VALUE_TEXT)
        blame(object, name, "应为字符串", "must be a string");
    else if (strlen(value->text) > max)
        blame(object, name, "过长",
              gaz_arena_printf(object->form->arena, "is longer than %zu bytes",
                               max));
    else
        *out = value->text[0] ? value->text : NULL;
}

static void take_date(struct object *object, const char *name, gaz_date *out)
{
    const char *text = NULL;
    if (!take(object, name))
        return;
    take_text(object, name, GAZ_DATE_MAX_BYTES, &text);
    if (!text)
        *out = GAZ_DATE_OPEN;
    else if (!gaz_date_parse(text, out))
        blame(object, name, "应为 YYYY、YYYY-MM 或 YYYY-MM-DD",
              "must be YYYY, YYYY-MM or YYYY-MM-DD, a day that exists");
}

static void take_id(struct object *object, const char *name, gaz_id *out)
{
    const char *text = NULL;
    if (!take(object, name))
        return;
    take_text(object, name, GAZ_ID_TEXT_BYTES, &text);
    if (!text)
        *out = 0;
    else if (!gaz_id_parse(text, out))
        blame(object, name, "应为 13 位编号", "must be an id of 13 characters");
}

static void take_flag(struct object *object, const char *name, bool *out)
{
    const struct api_value *value = take(object, name);
    if (value && value->kind == API_VALUE_BOOLEAN)
        *out = value->number != 0;
    else if (value)
        blame(object, name, "应为 true 或 false", "must be true or false");
}

/* One of the words; returns its place in the list, `otherwise` when absent. */
static int take_word(struct object *object, const char *name,
                     const char *const *words, int otherwise)
{
    const char *text = NULL;
    const char *all = "";
    if (!take(object, name))
        return otherwise;
    take_text(object, name, 32, &text);
    for (int i = 0; words[i]; i++) {
        if (text && strcmp(words[i], text) == 0)
            return i;
        all = gaz_arena_printf(object->form->arena, "%s%s%s", all,
                               *all ? ", " : "", words[i]);
    }
    blame(object, name, "不是规定的取值",
          gaz_arena_printf(object->form->arena, "must be one of %s", all));
    return otherwise;
}

static void take_number(struct object *object, const char *name, double min,
                        double max, double *out)
{
    const struct api_value *value = take(object, name);
    if (!value)
        return;
    if (value->kind == API_VALUE_NUMBER && value->number >= min &&
        value->number <= max)
        *out = value->number;
    else
        blame(object, name, "应为规定范围内的数",
              gaz_arena_printf(object->form->arena,
                               "must be a number from %g to %g", min, max));
}

/* ---- the parts ---- */

void api_form_name(struct api_form *form, const struct api_value *value,
                   const char *pointer, struct gaz_name *inout)
{
    struct object object = open_object(form, value, pointer);
    take_text(&object, "text", GAZ_ADDRESS_MAX_BYTES, &inout->text);
    take_text(&object, "roman", GAZ_ADDRESS_MAX_BYTES, &inout->roman);
    inout->kind = (gaz_name_kind)take_word(&object, "kind", API_WORDS_KIND,
                                           (int)inout->kind);
    take_date(&object, "valid_from", &inout->valid_from);
    take_date(&object, "valid_to", &inout->valid_to);
    const bool has_dates = inout->valid_from || inout->valid_to;
    inout->basis = (gaz_basis)take_word(
        &object, "basis", API_WORDS_BASIS,
        has_dates ? (inout->basis ? (int)inout->basis : GAZ_BASIS_DOCUMENT)
                  : GAZ_BASIS_NONE);
    if (object.value && !inout->text)
        blame(&object, "text", "名称不能为空", "a name needs its text");
    close_object(&object);
}

static void read_names(struct api_form *form, const struct api_value *value,
                       const char *pointer, struct gaz_place *inout)
{
    if (value->kind != API_VALUE_LIST || value->count < 1 ||
        value->count > GAZ_NAMES_MAX) {
        api_form_slip(form, pointer, "应为 1 至 64 个名称的数组",
                      "must be an array of 1 to 64 names");
        return;
    }
    struct gaz_name *names =
        gaz_arena_array(form->arena, (size_t)value->count, sizeof(*names));
    for (int i = 0; i < value->count; i++) {
        const char *at = gaz_arena_printf(form->arena, "%s/%d", pointer, i);
        names[i].kind = i == 0 ? GAZ_NAME_STANDARD : GAZ_NAME_ALIAS;
        api_form_name(form, &value->items[i], at, &names[i]);
        if ((names[i].kind == GAZ_NAME_STANDARD) != (i == 0))
            api_form_slip(form, gaz_arena_printf(form->arena, "%s/kind", at),
                          "第一个且仅第一个为标准名称",
                          "the first name is the standard one, and no other");
    }
    inout->names = names;
    inout->name_count = value->count;
}

static void take_position(struct object *outer, struct gaz_position *inout)
{
    struct api_form *form = outer->form;
    const struct api_value *value = take(outer, "position");
    if (!value)
        return;
    struct gaz_position position = {.method = GAZ_METHOD_NONE};
    if (value->kind == API_VALUE_NULL) {
        *inout = position;
        return;
    }
    struct object object =
        open_object(form, value, below(form, outer->pointer, "position"));
    const bool has_both = take(&object, "lon") && take(&object, "lat");
    take_number(&object, "lon", -180, 180, &position.coord.lon);
    take_number(&object, "lat", -90, 90, &position.coord.lat);
    take_number(&object, "accuracy_m", 0, ACCURACY_MAX_M, &position.accuracy_m);
    position.method = (gaz_method)take_word(&object, "method", API_WORDS_METHOD,
                                            GAZ_METHOD_NONE);
    if (object.value && (!has_both || position.method == GAZ_METHOD_NONE))
        api_form_slip(form, object.pointer,
                      "应有 lon、lat（CGCS2000，度）与 method",
                      "needs lon, lat (CGCS2000, degrees) and method; null for "
                      "no position");
    close_object(&object);
    *inout = position;
}

static void take_bearing(struct object *object, const char *name,
                         gaz_bearing *out)
{
    const char *text = NULL;
    take_text(object, name, 32, &text);
    if (text && gaz_numbering_bearing(text) == GAZ_BEARING_NONE)
        blame(object, name, "应为方位，如 north、东、left",
              "must be a direction, such as north or left");
    else if (text)
        *out = gaz_numbering_bearing(text);
}

/* How the doors of a road are numbered; comes whole, null for not recorded. */
static void take_numbering(struct object *outer, struct gaz_numbering *inout)
{
    const struct api_value *value = take(outer, "numbering");
    if (!value)
        return;
    *inout = (struct gaz_numbering){.rule = NULL};
    if (value->kind == API_VALUE_NULL)
        return;
    struct object object = open_object(
        outer->form, value, below(outer->form, outer->pointer, "numbering"));
    take_bearing(&object, "start", &inout->start);
    take_bearing(&object, "odd_side", &inout->odd_side);
    take_text(&object, "rule", GAZ_FIELD_MAX_BYTES, &inout->rule);
    close_object(&object);
}

static void check_same_id(struct object *object, gaz_id id)
{
    gaz_id given = id;
    take_id(object, "id", &given);
    if (given != id)
        blame(object, "id", "与地址中的编号不符",
              "is another than the one that is addressed");
}

static void take_category(struct object *object, int *out)
{
    const struct api_value *value = take(object, "category");
    int64_t code = 0;
    if (!value)
        return;
    if (value->text && gaz_text_parse_int(value->text, &code) &&
        code >= 10000 && code <= 29999)
        *out = (int)code;
    else
        blame(object, "category", "应为 GB/T 18521 的五位类别代码",
              "must be a category of GB/T 18521, five digits");
}

void api_form_place(struct api_form *form, const struct api_value *value,
                    const char *pointer, struct gaz_place *inout)
{
    struct object object = open_object(form, value, pointer);
    check_same_id(&object, inout->id);
    take_text(&object, "code", 32, &inout->code);
    inout->level = (gaz_level)take_word(&object, "level", API_WORDS_LEVEL,
                                        (int)inout->level);
    take_category(&object, &inout->category);
    inout->status = (gaz_place_status)take_word(
        &object, "status", API_WORDS_STATUS, (int)inout->status);
    take_date(&object, "valid_from", &inout->valid_from);
    take_date(&object, "valid_to", &inout->valid_to);
    inout->basis = (gaz_basis)take_word(&object, "basis", API_WORDS_BASIS,
                                        (int)inout->basis);
    take_flag(&object, "statistical", &inout->is_statistical);
    take_flag(&object, "synthetic", &inout->is_synthetic);
    take_id(&object, "parent", &inout->parent);
    take_position(&object, &inout->position);
    take_text(&object, "address", GAZ_ADDRESS_MAX_BYTES, &inout->address);
    take_numbering(&object, &inout->numbering);
    take_text(&object, "meaning", GAZ_FIELD_MAX_BYTES, &inout->meaning);
    take_text(&object, "origin", GAZ_FIELD_MAX_BYTES, &inout->origin);
    take_text(&object, "history", GAZ_FIELD_MAX_BYTES, &inout->history);
    const struct api_value *names = take(&object, "names");
    if (names)
        read_names(form, names, below(form, pointer, "names"), inout);
    if (object.value && inout->name_count == 0)
        blame(&object, "names", "缺少名称", "a place needs a name");
    if (object.value && inout->category == 0)
        blame(&object, "category", "缺少类别", "a place needs a category");
    close_object(&object);
}

void api_form_address(struct api_form *form, const struct api_value *value,
                      const char *pointer, struct gaz_address *inout)
{
    struct object object = open_object(form, value, pointer);
    const char *text = inout->text;
    check_same_id(&object, inout->id);
    take_text(&object, "text", GAZ_ADDRESS_MAX_BYTES, &text);
    if (text && inout->text && strcmp(text, inout->text) != 0)
        blame(&object, "text", "标准地址由系统生成，不能改写",
              "the text follows from parent, number and tail");
    take_id(&object, "parent", &inout->parent);
    take_text(&object, "number", 64, &inout->number);
    take_text(&object, "tail", 256, &inout->tail);
    take_id(&object, "place", &inout->place);
    inout->status = (gaz_place_status)take_word(
        &object, "status", API_WORDS_STATUS, (int)inout->status);
    take_date(&object, "valid_from", &inout->valid_from);
    take_date(&object, "valid_to", &inout->valid_to);
    take_flag(&object, "synthetic", &inout->is_synthetic);
    take_position(&object, &inout->position);
    if (object.value && !inout->parent)
        blame(&object, "parent", "缺少所在的道路、自然村、小区或村居",
              "needs the road, hamlet, estate or village");
    close_object(&object);
}

/* ---- the envelope ---- */

static void read_source(struct object *outer, struct gaz_source *out)
{
    struct api_form *form = outer->form;
    const struct api_value *value = take(outer, "source");
    const char *pointer = below(form, outer->pointer, "source");
    enum { TEXT_MAX = 1000 };
    struct object object = open_object(form, value, pointer);
    take_text(&object, "key", 64, &out->key);
    take_text(&object, "edition", 64, &out->edition);
    take_text(&object, "title", TEXT_MAX, &out->title);
    take_text(&object, "origin", TEXT_MAX, &out->origin);
    take_text(&object, "licence", TEXT_MAX, &out->licence);
    take_text(&object, "credit", TEXT_MAX, &out->credit);
    take_text(&object, "url", TEXT_MAX, &out->url);
    take_text(&object, "grade", 1, &out->grade);
    if (object.value && (!out->key || !out->edition))
        api_form_slip(form, pointer, "来源须有 key 与 edition",
                      "a source needs its key and edition");
    close_object(&object);
}

static void read_end(struct object *object, struct api_form_envelope *out)
{
    take_date(object, "date", &out->date);
    take_id(object, "successor", &out->successor);
    if (object->value && out->date == GAZ_DATE_OPEN)
        blame(object, "date", "缺少废止日期",
              "needs the first day that it is not any more");
}

void api_form_envelope_read(struct api_form *form, const struct api_value *body,
                            api_form_kind kind, struct api_form_envelope *out)
{
    static const char *const THINGS[] = {[API_FORM_PLACE] = "place",
                                         [API_FORM_ADDRESS] = "address",
                                         [API_FORM_NAME] = "name",
                                         [API_FORM_UNDO] = NULL};
    struct object object = open_object(form, body, "");
    take_text(&object, "why", GAZ_EDITOR_WHY_MAX_BYTES, &out->why);
    if (object.value && !out->why)
        blame(&object, "why", "须写明理由", "says why: a document, a reason");
    if (kind != API_FORM_UNDO)
        read_source(&object, &out->source);
    if (kind == API_FORM_END)
        read_end(&object, out);
    if (THINGS[kind]) {
        out->pointer = below(form, "", THINGS[kind]);
        out->thing = take(&object, THINGS[kind]);
        if (object.value && !out->thing)
            api_form_slip(form, out->pointer, "缺少这一项", "is missing");
    }
    close_object(&object);
}

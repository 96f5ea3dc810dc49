/* SPDX-License-Identifier: Apache-2.0 */
#include "gazetteer/standardise/standardise.h"

#include <string.h>

#include "gazetteer/base/text.h"
#include "gazetteer/standardise/entry.h"
#include "gazetteer/standardise/words.h"

gaz_status gaz_standardiser_open(struct gaz_ctx *ctx,
                                 const struct gaz_lexicon *lexicon,
                                 struct gaz_standardiser **out)
{
    struct gaz_standardiser *s = gaz_malloc(sizeof(*s));
    s->lexicon = lexicon ? lexicon : gaz_words_lexicon();
    gaz_status status = gaz_unicode_open(ctx, &s->unicode);
    if (status != GAZ_OK) {
        gaz_free(s);
        return status;
    }
    *out = s;
    return GAZ_OK;
}

void gaz_standardiser_close(struct gaz_standardiser *standardiser)
{
    if (standardiser)
        gaz_unicode_close(standardiser->unicode);
    gaz_free(standardiser);
}

struct gaz_unicode *gaz_standardiser_unicode(struct gaz_standardiser *s)
{
    return s->unicode;
}

/* Drops the blanks at both ends and next to a Han character. */
static void squeeze(char *text)
{
    size_t len = strlen(text);
    size_t size = 0;
    bool after_han = true;
    bool blank = false;
    for (size_t pos = 0; pos < len;) {
        size_t from = pos;
        uint32_t c = gaz_text_next(text, len, &pos);
        if (c <= ' ') {
            blank = true;
            continue;
        }
        bool han = gaz_text_is_han(c);
        if (blank && !after_han && !han)
            text[size++] = ' ';
        /* size <= from: what is left only moves forward. */
        memmove(text + size, text + from, pos - from);
        size += pos - from;
        after_han = han;
        blank = false;
    }
    text[size] = '\0';
}

gaz_status gaz_entry_fold(struct gaz_ctx *ctx, struct gaz_standardiser *s,
                          const char *text, const char **out)
{
    const char *folded = NULL;
    size_t size = 0;
    gaz_status status = gaz_unicode_fold(ctx, s->unicode, text, strlen(text),
                                         &folded, &size, NULL);
    if (status != GAZ_OK)
        return status;
    char *copy = gaz_arena_strndup(&ctx->arena, folded, size);
    squeeze(copy);
    *out = copy[0] ? copy : NULL;
    return GAZ_OK;
}

gaz_status gaz_entry_text(struct gaz_ctx *ctx, struct gaz_standardiser *s,
                          const struct gaz_record *record, const char *field,
                          const char **out)
{
    const char *value = gaz_record_field(record, field);
    if (value)
        return gaz_entry_fold(ctx, s, value, out);
    *out = NULL;
    return GAZ_OK;
}

gaz_date gaz_entry_date(const struct gaz_record *record, const char *field)
{
    gaz_date date = GAZ_DATE_OPEN;
    const char *value = gaz_record_field(record, field);
    if (value)
        (void)gaz_date_parse(value, &date); /* else open; check says so */
    return date;
}

bool gaz_entry_flag(const struct gaz_record *record, const char *field)
{
    static const char *const YES[] = {"1", "true", "yes", "是", NULL};
    return gaz_entry_word(record, field, YES, 1, -1) >= 0;
}

int gaz_entry_word(const struct gaz_record *record, const char *field,
                   const char *const *words, int columns, int otherwise)
{
    const char *value = gaz_record_field(record, field);
    for (int i = 0; value && words[i]; i++)
        if (strcmp(value, words[i]) == 0)
            return i / columns;
    return otherwise;
}

gaz_basis gaz_entry_basis(const struct gaz_record *record, bool has_dates)
{
    static const char *const WORDS[] = {"none", "document", "edition", NULL};
    return (gaz_basis)gaz_entry_word(record, "basis", WORDS, 1,
                                     has_dates ? GAZ_BASIS_DOCUMENT
                                               : GAZ_BASIS_NONE);
}

gaz_place_status gaz_entry_status(const struct gaz_record *record)
{
    static const char *const WORDS[] = {"current",    "现行", "planned", "规划",
                                        "historical", "废弃", NULL};
    return (gaz_place_status)gaz_entry_word(record, "status", WORDS, 2,
                                            GAZ_STATUS_CURRENT);
}

struct gaz_position gaz_entry_position(const struct gaz_record *record)
{
    static const char *const METHODS[] = {"none",      "surveyed",  "gazetteer",
                                          "centroid",  "inherited", "derived",
                                          "synthetic", NULL};
    struct gaz_position position = {0};
    if (!record->has_point)
        return position;
    bool synthetic = gaz_entry_flag(record, "synthetic");
    position.coord = record->point;
    /* A point of which nothing is said is as good as another gazetteer's. */
    position.method = (gaz_method)gaz_entry_word(
        record, "method", METHODS, 1,
        synthetic ? GAZ_METHOD_SYNTHETIC : GAZ_METHOD_GAZETTEER);
    const char *accuracy = gaz_record_field(record, "accuracy_m");
    double value = 0;
    if (accuracy && gaz_text_parse_double(accuracy, &value) && value > 0)
        position.accuracy_m = value;
    return position;
}

/* A field word for word, in the arena. */
static const char *copy(struct gaz_ctx *ctx, const struct gaz_record *record,
                        const char *field)
{
    return gaz_arena_strdup(&ctx->arena, gaz_record_field(record, field));
}

static void standardise_claim(struct gaz_ctx *ctx,
                              const struct gaz_record *record,
                              struct gaz_entry *out)
{
    out->claim = (struct gaz_claim){
        .subject = copy(ctx, record, "subject"),
        .property = copy(ctx, record, "property"),
        .value = copy(ctx, record, "value"),
        .value_date = copy(ctx, record, "value_date"),
        .source_title = copy(ctx, record, "source_title"),
        .source_url = copy(ctx, record, "source_url"),
        .grade = copy(ctx, record, "grade"),
        .is_preferred = gaz_entry_flag(record, "preferred"),
    };
}

static void standardise_change(struct gaz_ctx *ctx,
                               const struct gaz_record *record,
                               struct gaz_entry *out)
{
    static const char *const KINDS[] = {
        "rename",    "更名", "merge",   "合并",     "split",   "析置",
        "transfer",  "划归", "upgrade", "升级",     "abolish", "撤销",
        "establish", "设立", "recode",  "代码变更", NULL};
    gaz_date date = gaz_entry_date(record, "date");
    out->change = (struct gaz_change){
        .kind = (gaz_change_kind)gaz_entry_word(record, "kind", KINDS, 2,
                                                GAZ_CHANGE_RENAME),
        .date = date,
        .basis = gaz_entry_basis(record, date != GAZ_DATE_OPEN),
        .from_code = copy(ctx, record, "from_code"),
        .to_code = copy(ctx, record, "to_code"),
        .note = copy(ctx, record, "note"),
    };
}

gaz_status gaz_standardise(struct gaz_ctx *ctx, struct gaz_standardiser *s,
                           const struct gaz_record *record,
                           struct gaz_entry *out)
{
    for (int i = 0; i < record->field_count; i++) {
        const struct gaz_field *field = &record->fields[i];
        if (!gaz_text_is_utf8(field->value, strlen(field->value), NULL))
            return gaz_fail(ctx, GAZ_INVALID, "column '%s' is not UTF-8",
                            field->column);
    }
    struct gaz_entry entry = {.kind = record->kind};
    gaz_status status = GAZ_OK;
    switch (record->kind) {
    case GAZ_ENTRY_PLACE:
        status = gaz_entry_place(ctx, s, record, &entry);
        break;
    case GAZ_ENTRY_ADDRESS:
        status = gaz_entry_address(ctx, s, record, &entry);
        break;
    case GAZ_ENTRY_CLAIM:
        standardise_claim(ctx, record, &entry);
        break;
    case GAZ_ENTRY_CHANGE:
        standardise_change(ctx, record, &entry);
        break;
    }
    if (status == GAZ_OK)
        status = gaz_entry_attributes(ctx, s, record, &entry);
    if (status == GAZ_OK)
        *out = entry;
    return status;
}

gaz_status gaz_standardise_text(struct gaz_ctx *ctx, struct gaz_standardiser *s,
                                const char *text, const char **out)
{
    if (!gaz_text_is_utf8(text, strlen(text), NULL))
        return gaz_fail(ctx, GAZ_INVALID, "a text that is not UTF-8");
    return gaz_entry_fold(ctx, s, text, out);
}

/* note.h - how a rule writes down what it found; and the
 * predicates that look at one row; for gaz_check and gazetteer/audit. */
#ifndef GAZ_QUALITY_NOTE_H
#define GAZ_QUALITY_NOTE_H

#include "gazetteer/base/context.h"
#include "gazetteer/model/issue.h"
#include "gazetteer/model/record.h"
#include "gazetteer/quality/rule.h"

/* One entry under check, by one rule. */
struct gaz_note {
    struct gaz_ctx *ctx;
    const struct gaz_rule *rule;
    const struct gaz_record *record; /* NULL: an entry that no record gave */
    const struct gaz_entry *entry;
    gaz_date at;     /* the day whose rules judge */
    bool is_stored;  /* what is, not a name that is proposed */
    bool wants_info; /* hints too: diming check, not an import */
    struct gaz_issues *out;
};

/* gaz_note_add adds a sure finding, gaz_note_doubt a doubtful one. `field` is
 * the target field to blame, NULL: the whole row; the issue names the record's
 * own column. `value` is the text at fault: it ends both sentences, which are
 * constants, and is the evidence. NULL: none. */
void gaz_note_add(const struct gaz_note *note, const char *field,
                  const char *value, const char *zh, const char *en);
void gaz_note_doubt(const struct gaz_note *note, const char *field,
                    const char *value, const char *zh, const char *en);

/* gaz_note_fix says what mends the issue that was noted last. */
void gaz_note_fix(const struct gaz_note *note, const char *field,
                  const char *value);

/* gaz_note_field returns the record's value of a target field, or NULL. */
const char *gaz_note_field(const struct gaz_note *note, const char *field);

/* gaz_note_attribute returns the entry's first value of a kind, or NULL. */
const char *gaz_note_attribute(const struct gaz_note *note,
                               gaz_attribute_kind kind);

/* gaz_generic_strip gives what is left of a name without the longest generic of
 * its category ("" when nothing is); of a category without a line in the list,
 * without that of any. In the arena. */
const char *gaz_generic_strip(struct gaz_arena *arena,
                              const struct gaz_rule_list *generics,
                              int category, const char *name);

/* The predicates of one row. Each looks at note->entry and returns whether it
 * could judge it: false is not the same as "nothing found". */
typedef bool gaz_row_check(const struct gaz_note *note);

gaz_row_check gaz_row_required, gaz_row_field_date, gaz_row_field_number,
    gaz_row_field_word, gaz_row_span_order, gaz_row_synthetic_mix,
    gaz_row_claim_source, gaz_row_claim_grade, gaz_row_placeholder,
    gaz_row_generic_missing, gaz_row_generic_category, gaz_row_generic_alone,
    gaz_row_generic_stacked, gaz_row_characters, gaz_row_rare_characters,
    gaz_row_word_within, gaz_row_pure_ordinal, gaz_row_name_length,
    gaz_row_unit_in_name, gaz_row_code_grammar, gaz_row_code_suffix,
    gaz_row_code_prefix, gaz_row_code_statistical, gaz_row_position_range,
    gaz_row_position_accuracy, gaz_row_address_parent, gaz_row_address_number,
    gaz_row_address_characters, gaz_row_address_units, gaz_row_address_doubled,
    gaz_row_address_canonical, gaz_row_toponym_code, gaz_row_address_code,
    gaz_row_sign_codes, gaz_row_check_digits, gaz_row_word_unlinked,
    gaz_row_company_name, gaz_row_entity_name, gaz_row_generic_scale,
    gaz_row_derived_name, gaz_row_protected_renamed, gaz_row_expired,
    gaz_row_standard_text, gaz_row_field_audit;

/* gaz_row_find gives the function of a predicate of GAZ_STAGE_ROW, or NULL. */
gaz_row_check *gaz_row_find(const char *name);

#endif

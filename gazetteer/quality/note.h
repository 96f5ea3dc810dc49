/* note.h - how a rule writes down what it found; for this room only. */
#ifndef GAZ_QUALITY_NOTE_H
#define GAZ_QUALITY_NOTE_H

#include "gazetteer/base/context.h"
#include "gazetteer/model/issue.h"
#include "gazetteer/model/record.h"

/* One entry under check. */
struct gaz_note {
    struct gaz_ctx *ctx;
    const struct gaz_record *record; /* NULL: an entry that no record gave */
    const struct gaz_entry *entry;
    struct gaz_issues *out;
};

/* gaz_note_add adds an issue. `field` is the target field to blame, NULL: the
 * whole row; the issue names the record's own column. `value` is the text at
 * fault: it ends both sentences, which are constants, and is the evidence.
 * NULL: none. */
void gaz_note_add(const struct gaz_note *note, const char *rule,
                  gaz_severity severity, const char *field, const char *value,
                  const char *zh, const char *en);

/* gaz_note_field returns the record's value of a target field, or NULL. */
const char *gaz_note_field(const struct gaz_note *note, const char *field);

/* The subjects of the rules; each looks at what concerns it. */
void gaz_check_fields(const struct gaz_note *note);
void gaz_check_names(const struct gaz_note *note);
void gaz_check_codes(const struct gaz_note *note);
void gaz_check_place(const struct gaz_note *note);
void gaz_check_address(const struct gaz_note *note);
void gaz_check_claim(const struct gaz_note *note);
void gaz_check_change(const struct gaz_note *note);
/* gaz_check_position looks at the point of a place or an address. */
void gaz_check_position(const struct gaz_note *note,
                        const struct gaz_position *position, bool is_synthetic);
/* gaz_check_code looks at one official code, in `field`. */
void gaz_check_code(const struct gaz_note *note, const char *field,
                    const char *code);

#endif

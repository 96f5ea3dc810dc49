/* entry.h - what the kinds of entry share inside the standardiser. */
#ifndef GAZ_STANDARDISE_ENTRY_H
#define GAZ_STANDARDISE_ENTRY_H

#include "gazetteer/standardise/standardise.h"

struct gaz_standardiser {
    struct gaz_unicode *unicode;
    const struct gaz_lexicon *lexicon;
};

/* gaz_entry_text folds a field and trims it; *out is NULL when it is absent or
 * blank. */
gaz_status gaz_entry_text(struct gaz_ctx *ctx, struct gaz_standardiser *s,
                          const struct gaz_record *record, const char *field,
                          const char **out);

/* gaz_entry_fold is gaz_entry_text for a text in hand. Blanks between Han
 * characters go. */
gaz_status gaz_entry_fold(struct gaz_ctx *ctx, struct gaz_standardiser *s,
                          const char *text, const char **out);

gaz_date gaz_entry_date(const struct gaz_record *record, const char *field);
bool gaz_entry_flag(const struct gaz_record *record, const char *field);

/* gaz_entry_word finds the field's value in a table of words ended by NULL;
 * returns its place divided by `columns`, or `otherwise`. */
int gaz_entry_word(const struct gaz_record *record, const char *field,
                   const char *const *words, int columns, int otherwise);

struct gaz_position gaz_entry_position(const struct gaz_record *record);
gaz_basis gaz_entry_basis(const struct gaz_record *record, bool has_dates);
gaz_place_status gaz_entry_status(const struct gaz_record *record);

gaz_status gaz_entry_attributes(struct gaz_ctx *ctx, struct gaz_standardiser *s,
                                const struct gaz_record *record,
                                struct gaz_entry *out);
gaz_status gaz_entry_place(struct gaz_ctx *ctx, struct gaz_standardiser *s,
                           const struct gaz_record *record,
                           struct gaz_entry *out);
gaz_status gaz_entry_address(struct gaz_ctx *ctx, struct gaz_standardiser *s,
                             const struct gaz_record *record,
                             struct gaz_entry *out);

#endif

/* names.h - the names that one written name gives: standard, short, official.
 *
 * Private to the standardiser; texts live in the arena.
 */
#ifndef GAZ_STANDARDISE_NAMES_H
#define GAZ_STANDARDISE_NAMES_H

#include "gazetteer/base/context.h"
#include "gazetteer/model/place.h"

struct gaz_name_forms {
    const char *standard;   /* never "" for text that is not */
    const char *official;   /* NULL when the text was the standard name */
    const char *short_form; /* NULL when too little would be left */
};

/* gaz_names_forms takes folded `text` of a division or village apart; for
 * GAZ_LEVEL_NONE the text is the standard name and all. */
void gaz_names_forms(struct gaz_arena *arena, const char *text, gaz_level level,
                     struct gaz_name_forms *out);

/* gaz_names_level guesses the level from the generic of `text`. */
gaz_level gaz_names_level(const char *text);

/* gaz_names_is_village is true for 村 and 村委会, false for 社区 and 居委会. */
bool gaz_names_is_village(const char *text);

/* gaz_names_is_zone is true for a 开发区, 园区 or farm that stands where a town
 * does. */
bool gaz_names_is_zone(const char *text);

#endif

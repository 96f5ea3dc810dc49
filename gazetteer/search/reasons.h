/* reasons.h - why an answer is what it is, in Chinese and in English.
 *
 * Codes: former_name merged_into renamed_to recoded upgraded_to split_into
 * formerly abolished alias sounds_like read_as part_not_found
 * levels_contradict level_inferred number_not_found interpolated
 * side_inferred side_unknown annex_of in_range nearest_number unit_not_found
 * site_here ambiguous position_inherited position_unknown synthetic contains
 * area_schematic near_line areas_overlap no_area nearest contains_text
 */
#ifndef GAZ_SEARCH_REASONS_H
#define GAZ_SEARCH_REASONS_H

#include "gazetteer/search/rank.h"

/* gaz_reasons_add notes a reason; further ones than GAZ_REASONS_MAX are left
 * out. Texts are static or in the arena. */
void gaz_reasons_add(struct gaz_answer *answer, const char *code,
                     const char *zh, const char *en);

/* gaz_reasons_name says how a name that is not the standard one led here.
 * `asked` are the bytes that were asked for. */
void gaz_reasons_link(struct gaz_ctx *ctx, const struct gaz_snapshot *snap,
                      const struct gaz_link *link, const char *asked,
                      int asked_size, gaz_date day, struct gaz_answer *answer);

/* gaz_reasons_chain explains the parts of a reading. */
void gaz_reasons_chain(struct gaz_ctx *ctx, const struct gaz_snapshot *snap,
                       const struct gaz_asked *asked, const struct gaz_cut *cut,
                       const struct gaz_chain *chain,
                       struct gaz_answer *answer);

/* gaz_reasons_number explains what was found of the number. */
void gaz_reasons_number(struct gaz_ctx *ctx, const struct gaz_snapshot *snap,
                        const struct gaz_plate *plate,
                        const struct gaz_number_match *match,
                        struct gaz_answer *answer);

/* gaz_reasons_position says when a position is inherited, unknown or made up.
 */
void gaz_reasons_position(const struct gaz_snapshot *snap,
                          struct gaz_answer *answer);

#endif

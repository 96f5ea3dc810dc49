/* represent.h - answers as GeoJSON with the GeocodeJSON 0.1.0 block.
 *
 * One shape for geocode, reverse, suggest and search, over HTTP, on the
 * command line and in the page.
 */
#ifndef API_REPRESENT_H
#define API_REPRESENT_H

#include "api/part.h"

/* api_represent_rewrites writes the member "rewrites": kind, from, to, offset
 * in code points of the text that was asked. */
void api_represent_rewrites(struct gaz_json *json,
                            const struct gaz_rewrites *rewrites);

enum { API_WHOLE_ALL = GAZ_ANSWERS_MAX };

/* api_represent_answers appends a FeatureCollection. `query` is the text asked,
 * NULL for reverse. The first `whole` answers have every member
 * (API_WHOLE_ALL); those after them are brief: what a list shows and what says
 * how far to trust it, no division chain, reasons or notes. */
void api_represent_answers(struct api_worker *worker,
                           const struct gaz_answers *answers, const char *query,
                           api_lang lang, int whole, struct gaz_buffer *out);

/* api_represent_feature writes one answer, whole, as a Feature inside an array.
 */
void api_represent_feature(struct gaz_json *json, struct api_worker *worker,
                           const struct gaz_answer *answer, api_lang lang);

/* api_represent_csv appends a header row and one row an answer. */
void api_represent_csv(const struct api_worker *worker,
                       const struct gaz_answers *answers,
                       struct gaz_buffer *out);

/* api_represent_csv_cell appends one cell, quoted where RFC 4180 asks.
 * `is_ours`: a text that a spreadsheet would run as a formula gets an
 * apostrophe; what the asker sent is given back as it came. */
void api_represent_csv_cell(struct gaz_buffer *out, const char *text,
                            bool is_ours);

#endif

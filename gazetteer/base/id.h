/* id.h - our own permanent identifiers.
 *
 * An id is opaque, never reused, and survives renames and merges (a merged id
 * redirects). It is a 64-bit number derived from the first record that made the
 * place or address, so that loading the same data twice gives the same ids, and
 * is written as 13 characters of Crockford's base 32 ("0HQ4T0Q2C9V1K").
 * 0 is no id. The official codes (12-digit division code, 20-digit place-name
 * code) are attributes, not ids: they change when a division does.
 */
#ifndef GAZ_BASE_ID_H
#define GAZ_BASE_ID_H

#include <stdbool.h>
#include <stdint.h>

typedef uint64_t gaz_id;

enum { GAZ_ID_TEXT_BYTES = 14 }; /* 13 characters and the NUL */

/* gaz_id_make derives an id from who said it and which thing it was. `salt` is
 * 0, and counts up when the store finds the id taken by another thing. Never 0;
 * the top bit is clear, so that it fits SQLite's signed integers. */
gaz_id gaz_id_make(const char *source_key, const char *record_key, int salt);

/* gaz_id_write writes 13 characters into `out` (GAZ_ID_TEXT_BYTES); returns it.
 */
const char *gaz_id_write(gaz_id id, char *out);

/* gaz_id_parse reads what gaz_id_write wrote, in either case, O for 0 and I, L
 * for 1 as Crockford allows. False on anything else. */
bool gaz_id_parse(const char *text, gaz_id *out);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
#include "gazetteer/base/id.h"

#include <string.h>

#include "gazetteer/base/text.h"

static const char ALPHABET[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

gaz_id gaz_id_make(const char *source_key, const char *record_key, int salt)
{
    uint64_t a = gaz_text_hash(source_key, strlen(source_key));
    uint64_t b = gaz_text_hash(record_key, strlen(record_key));
    uint64_t parts[3] = {a, b, (uint64_t)salt};
    uint64_t id = gaz_text_hash((const char *)parts, sizeof(parts));
    id &= INT64_MAX;
    return id ? id : 1;
}

const char *gaz_id_write(gaz_id id, char *out)
{
    for (int i = GAZ_ID_TEXT_BYTES - 2; i >= 0; i--) {
        out[i] = ALPHABET[id & 31];
        id >>= 5;
    }
    out[GAZ_ID_TEXT_BYTES - 1] = '\0';
    return out;
}

static int digit_of(char c)
{
    if (c >= 'a' && c <= 'z')
        c = (char)(c - 'a' + 'A');
    if (c == 'O')
        c = '0';
    if (c == 'I' || c == 'L')
        c = '1';
    const char *at = c ? strchr(ALPHABET, c) : NULL;
    return at ? (int)(at - ALPHABET) : -1;
}

bool gaz_id_parse(const char *text, gaz_id *out)
{
    if (strlen(text) != GAZ_ID_TEXT_BYTES - 1)
        return false;
    gaz_id id = 0;
    for (int i = 0; i < GAZ_ID_TEXT_BYTES - 1; i++) {
        int digit = digit_of(text[i]);
        if (digit < 0 || (i == 0 && digit > 7)) /* 13 * 5 = 65 bits */
            return false;
        id = id << 5 | (gaz_id)digit;
    }
    if (id == 0 || id > INT64_MAX)
        return false;
    *out = id;
    return true;
}

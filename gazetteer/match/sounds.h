/* sounds.h - characters that sound alike, as one token.
 *
 * A table of syllables without tone, one for each character from U+4E00 on;
 * what people here do not tell apart is one syllable: n and ng at the end, l
 * and n, z and zh, c and ch, s and sh. 官渡 and 宫渡 differ, 悦宾 and 悦滨 do
 * not.
 */
#ifndef GAZ_MATCH_SOUNDS_H
#define GAZ_MATCH_SOUNDS_H

#include "gazetteer/match/side.h"

enum { GAZ_SOUND_FIRST = 0x4E00, GAZ_SOUND_COUNT = 0x9FFF - 0x4E00 + 1 };

/* A token from here on is a syllable; below GAZ_TOKEN_NUMBER. */
#define GAZ_TOKEN_SOUND 0x20000000u

/* gaz_sounds_of gives the syllable of a token, the token itself when it has
 * none (0 in the table). */
static inline uint32_t gaz_sounds_of(const uint16_t *table, uint32_t token)
{
    if (token < GAZ_SOUND_FIRST || token >= GAZ_SOUND_FIRST + GAZ_SOUND_COUNT ||
        table[token - GAZ_SOUND_FIRST] == 0)
        return token;
    return GAZ_TOKEN_SOUND | table[token - GAZ_SOUND_FIRST];
}

#endif

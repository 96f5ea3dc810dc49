/* numbering.h - how the doors of a road are numbered (编制规则).
 *
 * Where counting begins and which side has the odd numbers differ from city to
 * city and from road to road: the informative annex B of the address standard
 * counts east-west roads from the east with odd numbers on the north side, a
 * city's own rule says south. So both are recorded for each road, as the
 * civil-affairs record of a road has them (起点, 编制规则), and never assumed.
 */
#ifndef GAZ_MODEL_NUMBERING_H
#define GAZ_MODEL_NUMBERING_H

typedef enum {
    GAZ_BEARING_NONE = 0, /* not recorded */
    GAZ_BEARING_NORTH = 1,
    GAZ_BEARING_NORTHEAST = 2,
    GAZ_BEARING_EAST = 3,
    GAZ_BEARING_SOUTHEAST = 4,
    GAZ_BEARING_SOUTH = 5,
    GAZ_BEARING_SOUTHWEST = 6,
    GAZ_BEARING_WEST = 7,
    GAZ_BEARING_NORTHWEST = 8,
    GAZ_BEARING_LEFT = 9, /* of one who walks as the numbers grow */
    GAZ_BEARING_RIGHT = 10,
} gaz_bearing;

struct gaz_numbering {
    gaz_bearing start;    /* the end where counting begins; a compass point */
    gaz_bearing odd_side; /* of the odd numbers; the even face them */
    const char *rule;     /* 编制规则 as its source writes it, or NULL */
};

/* gaz_numbering_opposite turns north to south, left to right. */
static inline gaz_bearing gaz_numbering_opposite(gaz_bearing bearing)
{
    const int half = 4; /* of the eight points of the compass */
    if (bearing == GAZ_BEARING_LEFT)
        return GAZ_BEARING_RIGHT;
    if (bearing == GAZ_BEARING_RIGHT)
        return GAZ_BEARING_LEFT;
    if (bearing == GAZ_BEARING_NONE)
        return GAZ_BEARING_NONE;
    return (gaz_bearing)((int)bearing > half ? (int)bearing - half
                                             : (int)bearing + half);
}

/* gaz_numbering_word names a direction in English: "northeast"; "" for none. */
const char *gaz_numbering_word(gaz_bearing bearing);

/* gaz_numbering_bearing reads one direction: 北, 东南侧, 左, "north", "NE",
 * "left"; GAZ_BEARING_NONE when it is none. */
gaz_bearing gaz_numbering_bearing(const char *text);

/* gaz_numbering_rule finds where counting begins and the odd side in a text
 * like 自东向西，北单南双 or 起点为西端，单号在左侧. What the text does not
 * say, or says twice differently, is GAZ_BEARING_NONE. out->rule is `text`. */
void gaz_numbering_rule(const char *text, struct gaz_numbering *out);

#endif

/* survive_said.h - what an heir says of one field, for the criteria; private to
 * survive*.c. */
#ifndef GAZ_TWINS_SURVIVE_SAID_H
#define GAZ_TWINS_SURVIVE_SAID_H

#include "gazetteer/twins/survive.h"

struct gaz_said {
    bool is_given;
    bool is_coded;
    double accuracy_m; /* 0: not known */
    const char *text;  /* "": none */
    gaz_date from;
    const struct gaz_origin *origin;
};

/* True: what b says of the field stays. */
bool gaz_survive_prefers(const struct gaz_survival *survival,
                         gaz_survive_field field, const struct gaz_said *a,
                         const struct gaz_said *b);

#endif

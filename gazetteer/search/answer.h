/* answer.h - the parts of an answer that all kinds of search share. */
#ifndef GAZ_SEARCH_ANSWER_H
#define GAZ_SEARCH_ANSWER_H

#include "gazetteer/search/label.h"
#include "gazetteer/search/rank.h"

/* gaz_answer_place fills an answer for a place found by `name` (or GAZ_NONE):
 * label as of the asked day, match, position; confidence 0, no reasons. */
void gaz_answer_place(struct gaz_ctx *ctx, const struct gaz_snapshot *snap,
                      const struct gaz_asked *asked, uint32_t place,
                      uint32_t name, struct gaz_answer *out);

/* gaz_answer_distance sets distance_m from the focus; -1 without. */
void gaz_answer_distance(const struct gaz_asked *asked, struct gaz_answer *out);

/* A place found by a name in gaz_search or gaz_suggest. */
struct gaz_found {
    uint32_t place;
    uint32_t name;
    struct gaz_link link; /* how the name led to the place */
    double closeness;     /* 0 to 1: how much of the name was given */
    double worth;         /* to sort by, the larger the better */
};

enum { GAZ_FOUND_MAX = 256 };

struct gaz_found_list {
    struct gaz_found items[GAZ_FOUND_MAX];
    int count;
};

/* gaz_answer_take adds the place of a name as of the asked day (or its heirs)
 * when it is below in_code and of the category; a place twice keeps the closer
 * name. */
void gaz_answer_take(const struct gaz_snapshot *snap,
                     const struct gaz_asked *asked, uint32_t place,
                     uint32_t name, double closeness, gaz_how how,
                     struct gaz_found_list *list);

/* gaz_answer_write sorts by worth and turns the best into answers. */
void gaz_answer_write(struct gaz_ctx *ctx, const struct gaz_snapshot *snap,
                      const struct gaz_asked *asked,
                      struct gaz_found_list *list, struct gaz_answers *out);

#endif

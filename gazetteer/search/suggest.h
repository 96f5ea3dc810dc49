/* suggest.h - the hits of a beginning, for gaz_suggest and gaz_search. */
#ifndef GAZ_SEARCH_SUGGEST_H
#define GAZ_SEARCH_SUGGEST_H

#include "gazetteer/search/answer.h"

/* gaz_suggest_find adds the places whose names begin as the text does. */
gaz_status gaz_suggest_find(struct gaz_ctx *ctx,
                            const struct gaz_snapshot *snap,
                            const struct gaz_asked *asked,
                            struct gaz_found_list *list);

#endif

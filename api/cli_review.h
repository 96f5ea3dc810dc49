/* cli_review.h - what the queue looks like in a terminal. */
#ifndef API_CLI_REVIEW_H
#define API_CLI_REVIEW_H

#include "gazetteer/store/review.h"

/* "待审" of a state. */
const char *api_review_state_zh(const char *state);

/* Prints one line: number, state, rule, what it is about, the sentence. */
void api_review_print_line(struct gaz_ctx *ctx, struct gaz_store *store,
                           const struct gaz_review *review);

/* Prints the lines, and how many there are. */
gaz_status api_review_print_list(struct gaz_ctx *ctx, struct gaz_store *store,
                                 const struct gaz_review_filter *filter);

/* Prints one with its records side by side, its fix and its trail. */
gaz_status api_review_print_one(struct gaz_ctx *ctx, struct gaz_store *store,
                                int64_t id);

#endif

/* handlers.h - one handler a route; the table is in table.c. */
#ifndef API_REVIEW_HANDLERS_H
#define API_REVIEW_HANDLERS_H

#include "api/http.h"

/* read.c */
api_handler api_review_list_get;
api_handler api_review_summary_get;
api_handler api_review_item_get;
api_handler api_review_sheet_get;
api_handler api_review_page;
/* post.c */
api_handler api_review_decide_post;
api_handler api_review_bulk_post;
api_handler api_review_sheet_post;

#endif

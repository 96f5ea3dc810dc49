/* keyring.h - the keys that are in force, and who sent one.
 *
 * A key reads "dm-" id "-" secret: 8 and 32 characters of Crockford's base 32,
 * 40 and 160 bits. It comes as "Authorization: Bearer KEY" or "X-Api-Key: KEY"
 * and never in a URL, which ends up in logs. The ring is read again from the
 * database at most once a second, so that a key that is made, revoked or
 * rotated counts without a restart.
 */
#ifndef API_ACCESS_KEYRING_H
#define API_ACCESS_KEYRING_H

#include "api/http.h"

enum { API_KEY_CHARS = 3 + GAZ_KEY_ID_CHARS + 1 + 32 };

struct api_keyring;

typedef enum {
    API_KEY_GOOD,
    API_KEY_UNKNOWN, /* not a key, not ours, expired or revoked: all one, so
                      * that nothing can be learned by trying */
    API_KEY_SPENT,   /* the day's quota */
    API_KEY_UNREAD,  /* the keys could never be read: nobody knows */
} api_key_answer;

/* @param db  path of the database; it may come later, or never */
struct api_keyring *api_keyring_open(const char *db);
void api_keyring_close(struct api_keyring *ring); /* accepts NULL */

/* api_keyring_check finds whose key `text` is and counts the request. */
api_key_answer api_keyring_check(struct api_keyring *ring, const char *text,
                                 struct api_caller *out);

/* What was counted since it was taken last, for the database: at most `max`
 * keys at a time. Each that was taken must be settled: with the count of all
 * servers, or with -1 when it could not be stored. */
struct gaz_trail_use;
int api_keyring_take_uses(struct api_keyring *ring, struct gaz_trail_use *out,
                          int max);
void api_keyring_settle(struct api_keyring *ring,
                        const struct gaz_trail_use *use, int64_t total);

/* api_keyring_make makes a new key: its text in `text`, id and digest in *key
 * (the id lives in ctx->arena). */
gaz_status api_keyring_make(struct gaz_ctx *ctx, char text[API_KEY_CHARS + 1],
                            struct gaz_key *key);

#endif

/* status.h - how a function says that it failed.
 *
 * A function that can fail returns a gaz_status and hands its result back
 * through its last parameter, `out`. `out` is written on GAZ_OK only; on any
 * other status it is left exactly as it was. A function that cannot fail
 * returns its result directly. The status is for the program; the sentence for
 * the human is kept in the gaz_ctx by whoever noticed the failure first.
 *
 *     if (size > GAZ_QUERY_MAX_BYTES)
 *         return gaz_fail(ctx, GAZ_LIMIT, "query of %zu bytes", size);
 */
#ifndef GAZ_BASE_STATUS_H
#define GAZ_BASE_STATUS_H

/* Ignoring a status is a compile error where the compiler can see it on the
 * type (clang); gcc 12 knows the attribute on functions only. */
#if defined(__clang__)
#define GAZ_CHECKED __attribute__((warn_unused_result))
#else
#define GAZ_CHECKED
#endif

/* Chosen by what the caller should do, not by what broke. */
typedef enum GAZ_CHECKED {
    GAZ_OK = 0,
    GAZ_END,       /* an iteration has no more; not an error */
    GAZ_NOT_FOUND, /* the thing asked for does not exist */
    GAZ_INVALID,   /* the input is wrong; asking again will not help */
    GAZ_LIMIT,     /* the input is larger than a named limit */
    GAZ_IO,        /* a file or the network failed */
    GAZ_DB,        /* the database failed or is damaged */
} gaz_status;

/* gaz_status_name returns the status in lower case, "not found"; never NULL. */
const char *gaz_status_name(gaz_status status);

#endif

/* rewriter.h - one pass over an address. Private to rewrite.c and rules*.c.
 *
 * A pass reads the plain characters of a text from the left; each rule looks at
 * one place and either takes some characters, saying what to write for them, or
 * leaves them. rules.c and rules_words.c have the rules, rewrite.c the loop and
 * the log.
 */
#ifndef GAZ_STANDARDISE_REWRITER_H
#define GAZ_STANDARDISE_REWRITER_H

#include "gazetteer/model/address.h"
#include "gazetteer/standardise/chars.h"
#include "gazetteer/standardise/rewrite.h"

enum { GAZ_REWRITTEN_MAX_BYTES = 192, GAZ_REWRITER_SEEN_MAX = 16 };

/* A name that was passed. */
struct gaz_passed {
    int from;
    int end;
    uint32_t kinds;
};

struct gaz_rewriter {
    const struct gaz_chars *chars;
    int at; /* the next character */
    struct gaz_passed seen[GAZ_REWRITER_SEEN_MAX];
    int seen_count;
};

/* What a rule says of the characters [at, end). */
struct gaz_ruling {
    int end; /* p->at: nothing */
    bool is_kept;
    gaz_rewrite_kind kind;
    char to[GAZ_REWRITTEN_MAX_BYTES]; /* when not kept */
};

/* gaz_rules_apply asks the rules in turn; the first that takes characters is
 * heard. */
void gaz_rules_apply(struct gaz_rewriter *p, struct gaz_ruling *out);

#endif

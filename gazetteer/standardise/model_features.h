/* model_features.h - what the element model sees of a text.
 *
 * The trainer (tests/accuracy/model) and the reader of the weights (model.h)
 * both call these functions, so that they cannot drift apart. A text becomes
 * tokens (a character, a run of digits or a run of Latin letters); each token
 * gets 64-bit keys: of its character, of the pair it begins, and of each other
 * thing that holds there.
 *
 * No allocation: a struct gaz_model_text is about 20 KB and may stand on the
 * stack.
 */
#ifndef GAZ_STANDARDISE_MODEL_FEATURES_H
#define GAZ_STANDARDISE_MODEL_FEATURES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    GAZ_MODEL_TOKENS = 160, /* a text's tokens past this are not looked at */
    GAZ_MODEL_SIGNS = 28,   /* most keys of one token beside the first two */
    GAZ_MODEL_KINDS = 9,    /* kinds of names, see gaz_model_name_kind */
    GAZ_MODEL_NAME_TOKENS = 10,   /* longest name looked up */
    GAZ_MODEL_NAME_MIN_TOKENS = 2 /* shortest */
};

/* Names of divisions; the short ones are without 省, 市, 区... at the end. */
typedef enum {
    GAZ_MODEL_NAME_PROVINCE,
    GAZ_MODEL_NAME_CITY,
    GAZ_MODEL_NAME_DISTRICT,
    GAZ_MODEL_NAME_TOWN,
    GAZ_MODEL_NAME_VILLAGE,
    GAZ_MODEL_NAME_SHORT_PROVINCE,
    GAZ_MODEL_NAME_SHORT_CITY,
    GAZ_MODEL_NAME_SHORT_DISTRICT,
    GAZ_MODEL_NAME_SHORT_TOWN
} gaz_model_name_kind;

typedef enum {
    GAZ_MODEL_TOKEN_CHARACTER,
    GAZ_MODEL_TOKEN_DIGITS,
    GAZ_MODEL_TOKEN_LATIN,
    GAZ_MODEL_TOKEN_SIGN
} gaz_model_token_class;

struct gaz_model_token {
    uint32_t symbol;       /* code point; '0' for digits, 'A' for Latin */
    uint32_t exact;        /* hash of the characters */
    int start;             /* code points of the text before it */
    int byte_start;        /* bytes of the text before it */
    uint8_t class;         /* gaz_model_token_class */
    uint8_t length;        /* code points, 255: or more */
    uint8_t digits_before; /* tokens of digits in the text before it */
    uint8_t digits_after;
    uint8_t levels_before; /* bits of the levels that words there stand for */
    uint8_t levels_after;
    uint8_t later;    /* tokens of the longest run here that comes again */
    uint8_t earlier;  /* tokens of the longest run here that came before */
    bool later_first; /* the run `later` begins here */
    bool earlier_first;
};

/* The longest name of a kind that a token lies in. */
struct gaz_model_hit {
    uint8_t length; /* tokens, 0: none */
    uint8_t offset; /* of the token in the name */
};

struct gaz_model_text {
    struct gaz_model_token tokens[GAZ_MODEL_TOKENS];
    struct gaz_model_hit hits[GAZ_MODEL_TOKENS][GAZ_MODEL_KINDS];
    int count;       /* tokens */
    int code_points; /* in the tokens */
    int bytes;       /* in the tokens; the rest of the text was not read */
};

/* gaz_model_names_find returns a set of gaz_model_name_kind bits for the key of
 * a name; 0: no such name. */
typedef uint32_t gaz_model_names_find(const void *names, uint64_t key);

/* gaz_model_text_read cuts the text into tokens and looks up the names. Bytes
 * that are not UTF-8 are a token each. `names` is handed to `find`. */
void gaz_model_text_read(gaz_model_names_find *find, const void *names,
                         const char *text, size_t size,
                         struct gaz_model_text *out);

/* gaz_model_name_key returns the key of a run of tokens as a name. */
uint64_t gaz_model_name_key(const struct gaz_model_token *tokens, int count);

/* What holds at a token, as keys. */
struct gaz_model_features {
    uint64_t character;
    uint64_t pair; /* the character and the next one */
    uint64_t signs[GAZ_MODEL_SIGNS];
    int count; /* of signs */
};

/* gaz_model_features_find writes the keys of token i. */
void gaz_model_features_find(const struct gaz_model_text *text, int i,
                             struct gaz_model_features *out);

/* A labelling. Tags are 2 * label for the first token of an element,
 * 2 * label + 1 for the others. */
struct gaz_model_chunks {
    uint8_t label[GAZ_MODEL_TOKENS]; /* of a chunk */
    uint8_t last[GAZ_MODEL_TOKENS];  /* token of a chunk */
    int chunks;
};

/* gaz_model_chunks_read finds the elements in tags; an inside tag that follows
 * another label begins one too. */
void gaz_model_chunks_read(const uint8_t *tags, int tokens,
                           struct gaz_model_chunks *out);

#endif

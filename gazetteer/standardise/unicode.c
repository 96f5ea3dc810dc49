/* SPDX-License-Identifier: Apache-2.0 */
#include "gazetteer/standardise/unicode.h"

#include <assert.h>
#include <pthread.h>
#include <string.h>

#include <unicode/ubrk.h>
#include <unicode/uchar.h>
#include <unicode/ucnv.h>
#include <unicode/unorm2.h>
#include <unicode/uset.h>
#include <unicode/ustring.h>
#include <unicode/utext.h>
#include <unicode/utrans.h>

#include "gazetteer/base/text.h"

enum {
    BMP = 0x10000,
    HAN_FIRST = 0x3400, /* extension A */
    HAN_END = 0xA000,
    HAN_COUNT = HAN_END - HAN_FIRST,
    CHAIN_MAX = 4, /* steps from a variant to its simplified form */
    CACHE_SLOTS = 2048,
};

struct cached_reading {
    uint32_t code_point;
    char text[GAZ_READING_BYTES - 4];
};

struct gaz_unicode {
    const UNormalizer2 *nfkc;
    const UNormalizer2 *nfd;
    UTransliterator *han_latin; /* opened by the first reading: 0.2 s */
    UBreakIterator *words;      /* opened by the first cut into words */
    struct cached_reading cache[CACHE_SLOTS]; /* direct-mapped */
};

/* Shared by all threads, made once, read-only after. */
static pthread_once_t plain_once = PTHREAD_ONCE_INIT;
static uint8_t plain[BMP / 8]; /* bit: folding leaves the character alone */
static UErrorCode plain_error = U_ZERO_ERROR;

static pthread_once_t simple_once = PTHREAD_ONCE_INIT;
static uint16_t simple[HAN_COUNT]; /* Traditional to Simplified */
static UErrorCode simple_error = U_ZERO_ERROR;

/* ICU's creation of transliterators is not proved thread-safe by Debian's
 * build (no instrumentation), and it is rare: one at a time. */
static pthread_mutex_t open_lock = PTHREAD_MUTEX_INITIALIZER;

/* What ICU's table lacks or GB 2312 keeps, and place names here need. */
static const struct {
    uint16_t from;
    uint16_t to;
} EXTRA[] = {
    {0x5F8C, 0x540E}, /* 後 后: in GB 2312 for a surname only */
    {0x953A, 0x949F}, /* 锺 钟: 锺埭 is an old print of 钟埭 */
    {0x57BB, 0x575D}, /* 垻 坝 */
    {0x58B0, 0x575B}, /* 墰 坛 */
    {0x537D, 0x5373}, /* 卽 即 */
};

static bool is_plain(uint32_t c)
{
    return c < BMP && (plain[c >> 3] >> (c & 7) & 1) != 0;
}

static void make_plain(void)
{
    const UNormalizer2 *nfkc = unorm2_getNFKCInstance(&plain_error);
    UConverter *gb2312 = ucnv_open("gb2312", &plain_error);
    USet *set = uset_openEmpty();
    ucnv_getUnicodeSet(gb2312, set, UCNV_ROUNDTRIP_SET, &plain_error);
    if (U_SUCCESS(plain_error)) {
        for (UChar32 c = 0; c < BMP; c++) {
            bool inert =
                c < 0x80 || (uset_contains(set, c) && unorm2_isInert(nfkc, c));
            if (inert)
                plain[c >> 3] |= (uint8_t)(1U << (c & 7));
        }
        for (size_t i = 0; i < sizeof(EXTRA) / sizeof(EXTRA[0]); i++)
            plain[EXTRA[i].from >> 3] &= (uint8_t) ~(1U << (EXTRA[i].from & 7));
    }
    uset_close(set);
    ucnv_close(gb2312);
}

static UTransliterator *open_transliterator(const char *id, UErrorCode *error)
{
    UChar name[64];
    UParseError where;
    u_uastrcpy(name, id);
    (void)pthread_mutex_lock(&open_lock);
    UTransliterator *transliterator =
        utrans_openU(name, -1, UTRANS_FORWARD, NULL, 0, &where, error);
    (void)pthread_mutex_unlock(&open_lock);
    return transliterator;
}

/* One step of the table: the character itself when GB 2312 has it. */
static uint16_t simplify_step(const uint16_t *icu, uint16_t c)
{
    for (size_t i = 0; i < sizeof(EXTRA) / sizeof(EXTRA[0]); i++)
        if (EXTRA[i].from == c)
            return EXTRA[i].to;
    if (c < HAN_FIRST || c >= HAN_END || is_plain(c))
        return c;
    return icu[c - HAN_FIRST];
}

static void make_simple(void)
{
    UTransliterator *icu =
        open_transliterator("Traditional-Simplified", &simple_error);
    UChar *table = gaz_malloc(HAN_COUNT * sizeof(UChar));
    for (int i = 0; i < HAN_COUNT; i++)
        table[i] = (UChar)(HAN_FIRST + i);
    int32_t len = HAN_COUNT;
    int32_t limit = HAN_COUNT;
    if (U_SUCCESS(simple_error))
        utrans_transUChars(icu, table, &len, HAN_COUNT, 0, &limit,
                           &simple_error);
    /* Each character must give exactly one, or the positions are off. */
    if (U_SUCCESS(simple_error) && len != HAN_COUNT)
        simple_error = U_INVALID_STATE_ERROR;
    for (int i = 0; i < HAN_COUNT && U_SUCCESS(simple_error); i++) {
        uint16_t c = (uint16_t)(HAN_FIRST + i);
        for (int step = 0; step < CHAIN_MAX; step++)
            c = simplify_step(table, c);
        simple[i] = c;
    }
    gaz_free(table);
    if (icu)
        utrans_close(icu);
}

static uint32_t simplify(uint32_t c)
{
    return c >= HAN_FIRST && c < HAN_END && !is_plain(c) ? simple[c - HAN_FIRST]
                                                         : c;
}

gaz_status gaz_unicode_open(struct gaz_ctx *ctx, struct gaz_unicode **out)
{
    (void)pthread_once(&plain_once, make_plain);
    UErrorCode error = plain_error;
    struct gaz_unicode *unicode = gaz_malloc(sizeof(*unicode));
    unicode->nfkc = unorm2_getNFKCInstance(&error);
    unicode->nfd = unorm2_getNFDInstance(&error);
    if (U_FAILURE(error)) {
        gaz_unicode_close(unicode);
        return gaz_fail(ctx, GAZ_IO, "cannot open the Unicode data of ICU: %s",
                        u_errorName(error));
    }
    *out = unicode;
    return GAZ_OK;
}

void gaz_unicode_close(struct gaz_unicode *unicode)
{
    if (unicode && unicode->han_latin)
        utrans_close(unicode->han_latin);
    if (unicode && unicode->words)
        ubrk_close(unicode->words);
    gaz_free(unicode);
}

bool gaz_unicode_is_folded(const struct gaz_unicode *unicode, const char *text,
                           size_t len)
{
    (void)unicode; /* the table is shared; the handle proves that it is made */
    const unsigned char *s = (const unsigned char *)text;
    size_t i = 0;
    while (i < len) {
        if (s[i] < 0x80) {
            i++;
            continue;
        }
        /* Three bytes are all that a plain character beyond ASCII has, but for
         * a few signs; anything else goes the long way. */
        if ((s[i] & 0xF0U) != 0xE0 || i + 2 >= len ||
            (s[i + 1] & 0xC0U) != 0x80 || (s[i + 2] & 0xC0U) != 0x80)
            return false;
        uint32_t c =
            (s[i] & 0x0FU) << 12 | (s[i + 1] & 0x3FU) << 6 | (s[i + 2] & 0x3FU);
        if (c < 0x800 || !is_plain(c))
            return false;
        i += 3;
    }
    return true;
}

/* ICU's U16_NEXT does not pass -Wconversion. */
static uint32_t next_utf16(const UChar *text, int32_t len, int32_t *at)
{
    uint32_t c = text[(*at)++];
    if ((c & 0xFC00U) != 0xD800 || *at >= len)
        return c;
    uint32_t trail = text[*at];
    if ((trail & 0xFC00U) != 0xDC00)
        return c;
    (*at)++;
    return 0x10000U + ((c & 0x3FFU) << 10 | (trail & 0x3FFU));
}

uint32_t gaz_unicode_fold_one(uint32_t code_point)
{
    (void)pthread_once(&plain_once, make_plain);
    if (is_plain(code_point))
        return code_point;
    (void)pthread_once(&simple_once, make_simple);
    UErrorCode error = plain_error;
    const UNormalizer2 *nfkc = unorm2_getNFKCInstance(&error);
    UChar in[2];
    UChar out[64];
    UBool fails = code_point > 0x10FFFF || U_IS_SURROGATE(code_point);
    int32_t in_len = 0;
    if (!fails)
        U16_APPEND(in, in_len, 2, code_point, fails);
    if (fails || U_FAILURE(error) || U_FAILURE(simple_error))
        return code_point;
    int32_t len = unorm2_normalize(nfkc, in, in_len, out, 64, &error);
    int32_t at = 0;
    if (U_FAILURE(error) || len == 0)
        return code_point;
    uint32_t folded = next_utf16(out, len, &at);
    return at == len ? simplify(folded) : code_point;
}

/* The output of a fold, growing in the arena. */
struct folding {
    struct gaz_arena *arena;
    char *text;
    int *map;
    size_t size;
    size_t capacity;
};

static void fold_put(struct folding *f, const char *bytes, size_t size,
                     size_t from)
{
    if (f->size + size + 1 > f->capacity) {
        size_t capacity = (f->capacity + size) * 2 + 16;
        f->text = gaz_arena_grow(f->arena, f->text, f->size, capacity);
        if (f->map)
            f->map = gaz_arena_grow(f->arena, f->map, f->size * sizeof(int),
                                    capacity * sizeof(int));
        f->capacity = capacity;
    }
    assert(f->text); /* a capacity of 0 has grown above */
    memcpy(f->text + f->size, bytes, size);
    if (f->map)
        for (size_t i = 0; i < size; i++)
            f->map[f->size + i] = (int)from;
    f->size += size;
}

/* A stretch that NFKC may join or reorder, from one boundary to the next. */
static bool fold_segment(const struct gaz_unicode *unicode, struct folding *f,
                         const char *text, size_t from, size_t to)
{
    UErrorCode error = U_ZERO_ERROR;
    size_t room = to - from + 1;
    UChar *in = gaz_arena_array(f->arena, room, sizeof(UChar));
    int32_t in_len = 0;
    u_strFromUTF8(in, (int32_t)room, &in_len, text + from, (int32_t)(to - from),
                  &error);
    /* No character grows to more than 18 units (Unicode, Annex 15). */
    size_t out_room = (size_t)in_len * 18 + 1;
    UChar *out = gaz_arena_array(f->arena, out_room, sizeof(UChar));
    int32_t out_len = unorm2_normalize(unicode->nfkc, in, in_len, out,
                                       (int32_t)out_room, &error);
    if (U_FAILURE(error))
        return false;
    for (int32_t i = 0; i < out_len;) {
        uint32_t c = simplify(next_utf16(out, out_len, &i));
        char bytes[4];
        fold_put(f, bytes, gaz_text_encode(c, bytes), from);
    }
    return true;
}

/* The end of the segment that begins at `from`. */
static size_t segment_end(const struct gaz_unicode *unicode, const char *text,
                          size_t len, size_t from)
{
    size_t pos = from;
    (void)gaz_text_next(text, len, &pos);
    while (pos < len) {
        size_t next = pos;
        uint32_t c = gaz_text_next(text, len, &next);
        if (is_plain(c) || unorm2_hasBoundaryBefore(unicode->nfkc, (UChar32)c))
            break;
        pos = next;
    }
    return pos;
}

static gaz_status fold_slowly(struct gaz_ctx *ctx,
                              const struct gaz_unicode *unicode,
                              const char *text, size_t len, struct folding *f)
{
    (void)pthread_once(&simple_once, make_simple);
    if (U_FAILURE(simple_error))
        return gaz_fail(ctx, GAZ_IO, "cannot open Traditional-Simplified: %s",
                        u_errorName(simple_error));
    size_t pos = 0;
    while (pos < len) {
        size_t end = segment_end(unicode, text, len, pos);
        size_t next = pos;
        uint32_t c = gaz_text_next(text, len, &next);
        if (next == end && is_plain(c))
            fold_put(f, text + pos, end - pos, pos);
        else if (!fold_segment(unicode, f, text, pos, end))
            return gaz_fail(ctx, GAZ_INVALID,
                            "cannot fold the text at byte %zu", pos);
        pos = end;
    }
    return GAZ_OK;
}

gaz_status gaz_unicode_fold(struct gaz_ctx *ctx, struct gaz_unicode *unicode,
                            const char *text, size_t len, const char **out,
                            size_t *out_len, const int **map)
{
    size_t bad = 0;
    if (len > GAZ_UNICODE_MAX_BYTES)
        return gaz_fail(ctx, GAZ_LIMIT, "text of %zu bytes, at most %d", len,
                        GAZ_UNICODE_MAX_BYTES);
    struct folding f = {.arena = &ctx->arena, .capacity = len + 1};
    bool quick = gaz_unicode_is_folded(unicode, text, len);
    if (!quick && !gaz_text_is_utf8(text, len, &bad))
        return gaz_fail(ctx, GAZ_INVALID, "text is not UTF-8 at byte %zu", bad);
    f.text = gaz_arena_alloc(&ctx->arena, f.capacity);
    if (map)
        f.map = gaz_arena_array(&ctx->arena, f.capacity, sizeof(int));
    if (quick) {
        memcpy(f.text, text, len);
        f.size = len;
        for (size_t i = 0; map && i < len; i++)
            f.map[i] = (int)i;
    } else {
        gaz_status status = fold_slowly(ctx, unicode, text, len, &f);
        if (status != GAZ_OK)
            return status;
    }
    f.text[f.size] = '\0';
    if (map) {
        f.map[f.size] = (int)len;
        *map = f.map;
    }
    *out = f.text;
    *out_len = f.size;
    return GAZ_OK;
}

/* Asks ICU for the reading of one character; "" when it has none. */
static bool ask_reading(struct gaz_unicode *unicode, uint32_t code_point,
                        char out[GAZ_READING_BYTES])
{
    UErrorCode error = U_ZERO_ERROR;
    if (!unicode->han_latin)
        unicode->han_latin = open_transliterator("Han-Latin", &error);
    if (U_FAILURE(error))
        return false;
    UChar text[32];
    int32_t len = 0;
    U16_APPEND_UNSAFE(text, len, code_point);
    int32_t limit = len;
    utrans_transUChars(unicode->han_latin, text, &len, 32, 0, &limit, &error);
    int32_t size = 0;
    u_strToUTF8(out, GAZ_READING_BYTES - 4, &size, text, len, &error);
    char *blank = U_SUCCESS(error) ? memchr(out, ' ', (size_t)size) : NULL;
    if (blank)
        *blank = '\0';
    size_t pos = 0;
    return U_SUCCESS(error) && error != U_STRING_NOT_TERMINATED_WARNING &&
           !gaz_text_is_han(gaz_text_next(out, (size_t)size, &pos));
}

bool gaz_unicode_reading(struct gaz_unicode *unicode, uint32_t code_point,
                         char out[GAZ_READING_BYTES])
{
    struct cached_reading *slot =
        &unicode->cache[code_point * 2654435761U >> 21 & (CACHE_SLOTS - 1)];
    if (!gaz_text_is_han(code_point))
        return false;
    if (slot->code_point != code_point) {
        char text[GAZ_READING_BYTES] = "";
        bool found = ask_reading(unicode, code_point, text);
        memset(slot->text, 0, sizeof(slot->text));
        if (found)
            memcpy(slot->text, text, strlen(text));
        slot->code_point = code_point;
    }
    memcpy(out, slot->text, sizeof(slot->text));
    return out[0] != '\0';
}

gaz_status gaz_unicode_pinyin(struct gaz_ctx *ctx, struct gaz_unicode *unicode,
                              const char *text, const char **out)
{
    size_t len = strlen(text);
    if (!gaz_text_is_utf8(text, len, NULL))
        return gaz_fail(ctx, GAZ_INVALID, "text is not UTF-8");
    if (len > GAZ_UNICODE_MAX_BYTES)
        return gaz_fail(ctx, GAZ_LIMIT, "text of %zu bytes, at most %d", len,
                        GAZ_UNICODE_MAX_BYTES);
    struct folding f = {.arena = &ctx->arena};
    bool apart = false;
    for (size_t pos = 0; pos < len;) {
        size_t from = pos;
        uint32_t c = gaz_text_next(text, len, &pos);
        char reading[GAZ_READING_BYTES] = "";
        bool read =
            gaz_text_is_han(c) && gaz_unicode_reading(unicode, c, reading);
        if (f.size > 0 && f.text[f.size - 1] != ' ' && (read || apart))
            fold_put(&f, " ", 1, from);
        if (read)
            fold_put(&f, reading, strlen(reading), from);
        else
            fold_put(&f, text + from, pos - from, from);
        apart = read;
    }
    fold_put(&f, "", 1, len);
    *out = f.text;
    return GAZ_OK;
}

static UBreakIterator *open_words(void)
{
    UErrorCode error = U_ZERO_ERROR;
    (void)pthread_mutex_lock(&open_lock);
    UBreakIterator *words = ubrk_open(UBRK_WORD, "zh", NULL, 0, &error);
    (void)pthread_mutex_unlock(&open_lock);
    return words; /* NULL when ICU's data lack it */
}

int gaz_unicode_words(struct gaz_unicode *unicode, const char *text,
                      size_t size, size_t *starts, int max)
{
    UErrorCode error = U_ZERO_ERROR;
    UText source = UTEXT_INITIALIZER;
    if (!unicode->words)
        unicode->words = open_words();
    if (!unicode->words || size == 0 || size > GAZ_UNICODE_MAX_BYTES)
        return 0;
    utext_openUTF8(&source, text, (int64_t)size, &error);
    ubrk_setUText(unicode->words, &source, &error);
    int count = 0;
    int32_t at = U_SUCCESS(error) ? ubrk_first(unicode->words) : UBRK_DONE;
    while (at != UBRK_DONE && (size_t)at < size && count < max) {
        starts[count++] = (size_t)at;
        at = ubrk_next(unicode->words);
    }
    utext_close(&source);
    return count;
}

gaz_status gaz_unicode_ascii(struct gaz_ctx *ctx, struct gaz_unicode *unicode,
                             const char *text, const char **out)
{
    UErrorCode error = U_ZERO_ERROR;
    size_t len = strlen(text);
    if (len > GAZ_UNICODE_MAX_BYTES)
        return gaz_fail(ctx, GAZ_LIMIT, "text of %zu bytes, at most %d", len,
                        GAZ_UNICODE_MAX_BYTES);
    UChar *in = gaz_arena_array(&ctx->arena, len + 1, sizeof(UChar));
    size_t room = len * 4 + 1;
    UChar *apart = gaz_arena_array(&ctx->arena, room, sizeof(UChar));
    int32_t in_len = 0;
    u_strFromUTF8(in, (int32_t)len + 1, &in_len, text, (int32_t)len, &error);
    int32_t size = U_SUCCESS(error)
                       ? unorm2_normalize(unicode->nfd, in, in_len, apart,
                                          (int32_t)room, &error)
                       : 0;
    if (U_FAILURE(error))
        return gaz_fail(ctx, GAZ_INVALID, "text is not UTF-8");
    struct folding f = {.arena = &ctx->arena};
    for (int32_t i = 0; i < size;) {
        UChar32 c = (UChar32)next_utf16(apart, size, &i);
        bool diaeresis = c == 0x0308 && f.size > 0 && f.text[f.size - 1] == 'u';
        if (diaeresis)
            f.text[f.size - 1] = 'v';
        if (u_charType(c) == U_NON_SPACING_MARK)
            continue;
        char bytes[4];
        fold_put(&f, bytes, gaz_text_encode((uint32_t)u_tolower(c), bytes), 0);
    }
    fold_put(&f, "", 1, 0);
    *out = f.text;
    return GAZ_OK;
}

uint32_t gaz_unicode_lower(uint32_t code_point)
{
    return (uint32_t)u_tolower((UChar32)code_point);
}

uint32_t gaz_unicode_upper(uint32_t code_point)
{
    return (uint32_t)u_toupper((UChar32)code_point);
}

bool gaz_unicode_is_word(uint32_t code_point)
{
    return u_isalnum((UChar32)code_point);
}

/* SPDX-License-Identifier: Apache-2.0 */
/* The text is folded first; then passes of the rules go over it until one
 * changes nothing, which is what makes the writing of a writing the same.
 * Every byte knows which byte of the input it came from. */
#include "gazetteer/standardise/rewrite.h"

#include <string.h>

#include "gazetteer/base/text.h"
#include "gazetteer/standardise/rewriter.h"

enum { PASSES_MAX = 6 };

const char *gaz_rewrite_name(gaz_rewrite_kind kind)
{
    static const char *const NAMES[GAZ_REWRITE_KINDS] = {
        [GAZ_REWRITE_WIDTH] = "width",
        [GAZ_REWRITE_COMPATIBILITY] = "compatibility",
        [GAZ_REWRITE_TRADITIONAL] = "traditional",
        [GAZ_REWRITE_BLANK] = "blank",
        [GAZ_REWRITE_SIGN] = "sign",
        [GAZ_REWRITE_NOTE] = "note",
        [GAZ_REWRITE_NOISE] = "noise",
        [GAZ_REWRITE_REPEATED] = "repeated",
        [GAZ_REWRITE_NUMERAL] = "numeral",
        [GAZ_REWRITE_UNIT] = "unit",
        [GAZ_REWRITE_ANNEX] = "annex",
        [GAZ_REWRITE_RANGE] = "range",
        [GAZ_REWRITE_CHAIN] = "chain",
    };
    return NAMES[kind];
}

/* A text on its way, with the byte of the input that each byte came from;
 * map[size] is the end. */
struct draft {
    char text[GAZ_ADDRESS_MAX_BYTES + GAZ_REWRITTEN_MAX_BYTES + 1];
    int map[GAZ_ADDRESS_MAX_BYTES + GAZ_REWRITTEN_MAX_BYTES + 1];
    size_t size;
};

struct job {
    struct gaz_ctx *ctx;
    const char *input;
    struct gaz_rewrites *out;
};

static void note(struct job *job, gaz_rewrite_kind kind, int byte_offset,
                 const char *from, const char *to)
{
    struct gaz_rewrites *out = job->out;
    if (out->count == GAZ_REWRITES_MAX) {
        out->dropped++;
        return;
    }
    out->items[out->count++] = (struct gaz_rewrite){
        .kind = kind,
        .from = from,
        .to = to,
        .offset = (int)gaz_text_count(job->input, (size_t)byte_offset),
        .byte_offset = byte_offset,
    };
}

/* ---- folding ---- */

static gaz_rewrite_kind fold_kind(uint32_t c)
{
    if ((c >= 0xFF00 && c <= 0xFFEF) || c == 0x3000)
        return GAZ_REWRITE_WIDTH;
    return gaz_text_is_han(c) ? GAZ_REWRITE_TRADITIONAL
                              : GAZ_REWRITE_COMPATIBILITY;
}

/* A stretch of the folded text that came from one stretch of the input. */
struct stretch {
    size_t from; /* of the folded text */
    size_t to;
    size_t input_from;
    size_t input_to;
    gaz_rewrite_kind kind;
    bool is_changed;
};

static struct stretch stretch_at(const char *input, const char *text,
                                 size_t size, const int *map, size_t from)
{
    struct stretch s = {.from = from, .input_from = (size_t)map[from]};
    size_t to = from + 1;
    while (to < size &&
           (map[to] <= map[from] || ((unsigned char)text[to] & 0xC0U) == 0x80))
        to++;
    s.to = to;
    s.input_to = (size_t)map[to];
    size_t at = s.input_from;
    s.kind = fold_kind(gaz_text_next(input, s.input_to, &at));
    size_t length = to - from;
    s.is_changed = length != s.input_to - s.input_from ||
                   memcmp(text + from, input + s.input_from, length) != 0;
    return s;
}

/* Neighbours that change the same way are one change. */
static void note_fold(struct job *job, const char *text, size_t size,
                      const int *map)
{
    struct gaz_arena *arena = &job->ctx->arena;
    for (size_t at = 0; at < size;) {
        struct stretch all = stretch_at(job->input, text, size, map, at);
        at = all.to;
        while (all.is_changed && at < size) {
            struct stretch next = stretch_at(job->input, text, size, map, at);
            if (!next.is_changed || next.kind != all.kind ||
                next.input_from != all.input_to)
                break;
            all.to = next.to;
            all.input_to = next.input_to;
            at = next.to;
        }
        if (all.is_changed)
            note(job, all.kind, (int)all.input_from,
                 gaz_arena_strndup(arena, job->input + all.input_from,
                                   all.input_to - all.input_from),
                 gaz_arena_strndup(arena, text + all.from, all.to - all.from));
    }
}

static gaz_status fold(struct job *job, struct gaz_unicode *unicode,
                       size_t given, struct draft *out)
{
    const char *text = NULL;
    const int *map = NULL;
    size_t size = 0;
    gaz_status status = gaz_unicode_fold(job->ctx, unicode, job->input, given,
                                         &text, &size, &map);
    if (status != GAZ_OK)
        return status;
    if (size > GAZ_ADDRESS_MAX_BYTES)
        return gaz_fail(job->ctx, GAZ_LIMIT,
                        "the address is longer than %d bytes when folded",
                        GAZ_ADDRESS_MAX_BYTES);
    memcpy(out->text, text, size);
    out->text[size] = '\0';
    for (size_t i = 0; i <= size; i++)
        out->map[i] = map[i];
    out->size = size;
    note_fold(job, text, size, map);
    return GAZ_OK;
}

/* ---- passes ---- */

static void append(struct draft *out, const char *text, size_t size, int from)
{
    memcpy(out->text + out->size, text, size);
    for (size_t i = 0; i < size; i++)
        out->map[out->size + i] = from;
    out->size += size;
}

static void append_kept(struct draft *out, const struct draft *in, size_t from,
                        size_t to)
{
    memcpy(out->text + out->size, in->text + from, to - from);
    memcpy(out->map + out->size, in->map + from, (to - from) * sizeof(int));
    out->size += to - from;
}

/* One pass from `in` to `out`; false when the result would be too long. */
static bool pass(struct job *job, const struct gaz_lexicon *names,
                 const struct draft *in, struct draft *out)
{
    struct gaz_chars chars;
    (void)gaz_chars_read(names, in->text, in->size, &chars);
    struct gaz_rewriter p = {.chars = &chars};
    out->size = 0;
    while (p.at < chars.count) {
        struct gaz_ruling ruling;
        ruling.end = p.at;
        ruling.is_kept = false;
        ruling.kind = GAZ_REWRITE_WIDTH;
        ruling.to[0] = '\0';
        gaz_rules_apply(&p, &ruling);
        size_t from = chars.source[p.at];
        size_t to = chars.source[ruling.end];
        size_t size = strlen(ruling.to);
        bool is_same =
            ruling.is_kept || (size == to - from &&
                               memcmp(ruling.to, in->text + from, size) == 0);
        if (is_same) {
            append_kept(out, in, from, to);
        } else {
            append(out, ruling.to, size, in->map[from]);
            note(
                job, ruling.kind, in->map[from],
                gaz_arena_strndup(&job->ctx->arena, in->text + from, to - from),
                gaz_arena_strndup(&job->ctx->arena, ruling.to, size));
        }
        if (out->size > GAZ_ADDRESS_MAX_BYTES)
            return false;
        p.at = ruling.end;
    }
    out->text[out->size] = '\0';
    out->map[out->size] = in->map[in->size];
    return true;
}

static bool is_settled(const struct draft *a, const struct draft *b)
{
    return a->size == b->size && memcmp(a->text, b->text, a->size) == 0;
}

/* Passes until nothing changes. A text that the rules leave nothing of, or on
 * which they find no end, stays as it was folded. */
static const struct draft *
settle(struct job *job, const struct gaz_lexicon *names, struct draft drafts[3])
{
    int folded = job->out->count;
    int dropped = job->out->dropped;
    const struct draft *in = &drafts[0];
    for (int i = 0; i < PASSES_MAX; i++) {
        struct draft *out = &drafts[1 + i % 2];
        if (!pass(job, names, in, out) || out->size == 0)
            break;
        if (is_settled(in, out))
            return out;
        in = out;
    }
    job->out->count = folded;
    job->out->dropped = dropped;
    return &drafts[0];
}

gaz_status gaz_rewrite_address(struct gaz_ctx *ctx, struct gaz_unicode *unicode,
                               const struct gaz_lexicon *names,
                               const char *text, size_t size,
                               struct gaz_rewrites *out)
{
    struct job job = {ctx, text, out};
    struct draft *drafts = gaz_arena_raw(&ctx->arena, 3 * sizeof(*drafts));
    out->count = 0;
    out->dropped = 0;
    if (size > GAZ_ADDRESS_MAX_BYTES)
        return gaz_fail(ctx, GAZ_LIMIT, "the address is longer than %d bytes",
                        GAZ_ADDRESS_MAX_BYTES);
    gaz_status status = fold(&job, unicode, size, &drafts[0]);
    if (status != GAZ_OK)
        return status;
    const struct draft *last = settle(&job, names, drafts);
    out->text = last->text;
    out->size = last->size;
    return GAZ_OK;
}

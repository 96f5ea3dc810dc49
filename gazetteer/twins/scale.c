/* SPDX-License-Identifier: Apache-2.0 */
#include "gazetteer/twins/scale.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "gazetteer/base/asset.h"
#include "gazetteer/base/text.h"

extern const struct gaz_asset GAZ_TWIN_ASSETS[];

enum { FIELDS = 3, FIELD_BYTES = 64 };

const char *gaz_twins_kind_name(gaz_twins_kind kind)
{
    return kind == GAZ_TWINS_PLACES ? "place" : "address";
}

const char *gaz_scale_word(int index, char out[GAZ_CUE_WORD_BYTES])
{
    static const char *const OTHERS[GAZ_SCALE_WORDS - GAZ_CUE_COUNT] = {
        "start", "duplicate", "review", "block-m", "block-most"};
    if (index < GAZ_CUE_COUNT)
        return gaz_cue_word(index, out);
    (void)snprintf(out, GAZ_CUE_WORD_BYTES, "%s",
                   OTHERS[index - GAZ_CUE_COUNT]);
    return out;
}

double *gaz_scale_number(struct gaz_scale_part *part, int index)
{
    double *const others[GAZ_SCALE_WORDS - GAZ_CUE_COUNT] = {
        &part->start, &part->duplicate, &part->review, &part->block_m,
        &part->block_most};
    return index < GAZ_CUE_COUNT ? &part->of[index]
                                 : others[index - GAZ_CUE_COUNT];
}

/* Numbers and which of them were given. */
struct reading {
    struct gaz_scale scale;
    bool has_version;
    bool given[GAZ_TWINS_KINDS][GAZ_SCALE_WORDS];
};

static int find_word(const char *word)
{
    char text[GAZ_CUE_WORD_BYTES];
    for (int i = 0; i < GAZ_SCALE_WORDS; i++)
        if (strcmp(gaz_scale_word(i, text), word) == 0)
            return i;
    return -1;
}

/* The words of a line without its comment; -1: too many or too long. */
static int split(const char *line, size_t len, char fields[FIELDS][FIELD_BYTES])
{
    int count = 0;
    for (size_t at = 0; at < len && line[at] != '#';) {
        size_t from = at;
        while (at < len && !strchr(" \t\r#", line[at]))
            at++;
        if (at == from) {
            at++;
            continue;
        }
        if (count == FIELDS || at - from >= FIELD_BYTES)
            return -1;
        memcpy(fields[count], line + from, at - from);
        fields[count++][at - from] = '\0';
    }
    return count;
}

static bool take_version(const char *text, struct reading *r)
{
    double version = 0;
    bool good = gaz_text_parse_double(text, &version) &&
                version == GAZ_SCALE_VERSION && !r->has_version;
    r->has_version = true;
    return good;
}

/* One line; false: it is not understood. */
static bool read_line(const char *line, size_t len, struct reading *r)
{
    char fields[FIELDS][FIELD_BYTES];
    int count = split(line, len, fields);
    if (count == 0)
        return true;
    if (count == 2 && strcmp(fields[0], "version") == 0)
        return take_version(fields[1], r);
    int kind = 0;
    while (kind < GAZ_TWINS_KINDS &&
           strcmp(fields[0], gaz_twins_kind_name((gaz_twins_kind)kind)) != 0)
        kind++;
    int word = count == FIELDS ? find_word(fields[1]) : -1;
    if (kind == GAZ_TWINS_KINDS || word < 0 || r->given[kind][word])
        return false;
    r->given[kind][word] = true;
    return gaz_text_parse_double(fields[2],
                                 gaz_scale_number(&r->scale.parts[kind], word));
}

static gaz_status check_whole(struct gaz_ctx *ctx, const struct reading *r)
{
    char word[GAZ_CUE_WORD_BYTES];
    if (!r->has_version)
        return gaz_fail(ctx, GAZ_INVALID, "weights: no 'version'");
    for (int kind = 0; kind < GAZ_TWINS_KINDS; kind++) {
        const struct gaz_scale_part *part = &r->scale.parts[kind];
        const char *name = gaz_twins_kind_name((gaz_twins_kind)kind);
        for (int i = GAZ_SCALE_WORDS - 1; i >= 0; i--)
            if (!r->given[kind][i])
                return gaz_fail(ctx, GAZ_INVALID, "weights: no '%s %s'", name,
                                gaz_scale_word(i, word));
        if (part->block_m < 1 || part->block_most < 2)
            return gaz_fail(ctx, GAZ_INVALID,
                            "weights: %s block-m or block-most is too small",
                            name);
    }
    return GAZ_OK;
}

gaz_status gaz_scale_read(struct gaz_ctx *ctx, const char *text,
                          struct gaz_scale *out)
{
    struct reading r = {.has_version = false};
    int line = 0;
    while (*text) {
        size_t len = strcspn(text, "\n");
        line++;
        if (!read_line(text, len, &r))
            return gaz_fail(ctx, GAZ_INVALID,
                            "weights:%d: not understood: %.*s", line,
                            (int)(len < 60 ? len : 60), text);
        text += len + (text[len] == '\n');
    }
    gaz_status status = check_whole(ctx, &r);
    if (status == GAZ_OK)
        *out = r.scale;
    return status;
}

gaz_status gaz_scale_default(struct gaz_ctx *ctx, struct gaz_scale *out)
{
    const struct gaz_asset *asset =
        gaz_asset_find(GAZ_TWIN_ASSETS, "weights.txt");
    return gaz_scale_read(ctx, asset ? (const char *)asset->data : "", out);
}

double gaz_scale_chance(const struct gaz_scale_part *part,
                        const struct gaz_cues *cues)
{
    double sum = part->start;
    if (cues->forbid)
        return 0;
    for (int i = 0; i < GAZ_GROUPS; i++)
        sum += part->of[cues->of[i]];
    return 1 / (1 + exp(-sum));
}

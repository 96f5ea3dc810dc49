/* SPDX-License-Identifier: Apache-2.0 */
#include "gazetteer/search/confidence.h"

#include <math.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "gazetteer/base/asset.h"
#include "gazetteer/base/text.h"

extern const struct gaz_asset gaz_confidence_assets[];

static const struct {
    const char *name;
    int direction;
} SIGNS[GAZ_SIGNS] = {
    [GAZ_SIGN_ONE] = {"one", 0},
    [GAZ_SIGN_AGREEMENT] = {"agreement", -1},
    [GAZ_SIGN_RIVALS] = {"rivals", -1},
    [GAZ_SIGN_UNKNOWN] = {"unknown", -1},
    [GAZ_SIGN_FOREIGN] = {"foreign", -1},
    [GAZ_SIGN_AGAINST] = {"against", -1},
    [GAZ_SIGN_OLD] = {"old", -1},
    [GAZ_SIGN_GONE] = {"gone", -1},
    [GAZ_SIGN_SOUND] = {"sound", -1},
    [GAZ_SIGN_FUZZY] = {"fuzzy", -1},
    [GAZ_SIGN_WEAK] = {"weak", -1},
    [GAZ_SIGN_TWICE] = {"twice", -1},
    [GAZ_SIGN_NUMBER] = {"number", -1},
    [GAZ_SIGN_NEAR] = {"near", -1},
    [GAZ_SIGN_LAST] = {"last", -1},
    [GAZ_SIGN_UNREAD] = {"unread", -1},
    [GAZ_SIGN_SKIPPED] = {"skipped", -1},
    [GAZ_SIGN_TOWN] = {"town", 1},
    [GAZ_SIGN_COUNTY] = {"county", 1},
};

const char *gaz_confidence_sign_name(int sign)
{
    return SIGNS[sign].name;
}

int gaz_confidence_direction(int sign)
{
    return SIGNS[sign].direction;
}

/* ---- signs ---- */

static bool is_division(gaz_element_label label)
{
    return label == GAZ_ELEMENT_PROV || label == GAZ_ELEMENT_CITY ||
           label == GAZ_ELEMENT_DISTRICT;
}

static void count_link(const struct gaz_part *part, const struct gaz_link *link,
                       float out[GAZ_SIGNS])
{
    float letters = (float)gaz_text_count(part->text, (size_t)part->size);
    switch ((gaz_how)link->how) {
    case GAZ_HOW_UNKNOWN:
        out[GAZ_SIGN_UNKNOWN] += link->is_aside ? 0 : 1;
        out[GAZ_SIGN_FOREIGN] += is_division(part->label) ? 1 : 0;
        break;
    case GAZ_HOW_AGAINST:
        out[GAZ_SIGN_AGAINST] += 1;
        break;
    case GAZ_HOW_ALIAS:
    case GAZ_HOW_FORMER:
    case GAZ_HOW_HEIR:
        out[GAZ_SIGN_OLD] += 1;
        break;
    case GAZ_HOW_GONE:
        out[GAZ_SIGN_GONE] += 1;
        break;
    case GAZ_HOW_SOUND:
        out[GAZ_SIGN_SOUND] += 1;
        out[GAZ_SIGN_WEAK] += letters > 0 ? 1 / letters : 1;
        break;
    case GAZ_HOW_FUZZY:
        out[GAZ_SIGN_FUZZY] += 1;
        out[GAZ_SIGN_WEAK] += letters > 0 ? 1 / letters : 1;
        break;
    default:
        break;
    }
}

static bool is_read(const struct gaz_cut *cut, int at)
{
    if (cut->plate.number && at >= cut->number_at &&
        at < cut->number_at + cut->plate.number_size + cut->plate.tail_size)
        return true;
    for (int i = 0; i < cut->count; i++)
        if (at >= cut->parts[i].start && at < cut->parts[i].end)
            return true;
    return false;
}

/* 1 when an unread stretch is the name of a place that is neither the answer
 * nor above it: 平湖市平湖市 leaves nothing out. */
static int skips_name(const struct gaz_snapshot *snap,
                      const struct gaz_asked *asked, uint32_t place,
                      size_t from, size_t to)
{
    struct gaz_snap_span span = {.count = 0};
    if (to > from + 3 && to - from <= GAZ_PART_KEY_MAX_BYTES)
        gaz_snapshot_find(snap, GAZ_KEY_NAME, asked->text + from, to - from,
                          &span);
    for (uint32_t i = 0; i < span.count; i++)
        if (gaz_history_within(snap, place, span.items[i].place))
            return 0;
    return span.count > 0 ? 1 : 0;
}

/* How many letters, digits and Han of the text are in no part and no number;
 * *skipped grows by the names among them. */
static int find_unread(const struct gaz_snapshot *snap,
                       const struct gaz_asked *asked, const struct gaz_cut *cut,
                       uint32_t place, int *skipped)
{
    int unread = 0;
    size_t begin = 0; /* of the stretch that is unread up to `from` */
    for (size_t at = 0; at < asked->size;) {
        size_t from = at;
        uint32_t c = gaz_text_next(asked->text, asked->size, &at);
        if (!is_read(cut, (int)from) && gaz_unicode_is_word(c)) {
            unread++;
            continue;
        }
        *skipped += skips_name(snap, asked, place, begin, from);
        begin = at;
    }
    *skipped += skips_name(snap, asked, place, begin, asked->size);
    return unread;
}

int gaz_confidence_skips(const struct gaz_snapshot *snap,
                         const struct gaz_asked *asked,
                         const struct gaz_cut *cut, uint32_t place)
{
    int skipped = 0;
    (void)find_unread(snap, asked, cut, place, &skipped);
    return skipped;
}

/* Marks the levels of the answer that the text names. */
static void find_levels(const struct gaz_snapshot *snap,
                        const struct gaz_cut *cut,
                        const struct gaz_chain *chain, float out[GAZ_SIGNS])
{
    for (int i = 0; i < cut->count; i++) {
        const struct gaz_link *link = &chain->links[i];
        if (link->place == GAZ_NONE || link->how == GAZ_HOW_AGAINST ||
            link->how == GAZ_HOW_UNKNOWN ||
            !gaz_history_within(snap, chain->place, link->place))
            continue;
        uint8_t level = snap->places[link->place].level;
        if (level == GAZ_LEVEL_TOWN)
            out[GAZ_SIGN_TOWN] = 1;
        else if (level == GAZ_LEVEL_COUNTY)
            out[GAZ_SIGN_COUNTY] = 1;
    }
}

static void read_number(const struct gaz_scored *item, float out[GAZ_SIGNS])
{
    if (!item->plate.number || item->site != GAZ_NONE)
        return;
    out[GAZ_SIGN_NUMBER] = item->number.found == GAZ_NUMBER_NONE ? 1 : 0;
    out[GAZ_SIGN_NEAR] = item->number.found == GAZ_NUMBER_INTERPOLATED ||
                                 item->number.found == GAZ_NUMBER_SIBLING
                             ? 1
                             : 0;
}

void gaz_confidence_signs(const struct gaz_snapshot *snap,
                          const struct gaz_asked *asked,
                          const struct gaz_cut *cut,
                          const struct gaz_scored *item, double share,
                          float out[GAZ_SIGNS])
{
    const struct gaz_chain *chain = item->chain;
    memset(out, 0, GAZ_SIGNS * sizeof(out[0]));
    out[GAZ_SIGN_ONE] = 1;
    out[GAZ_SIGN_AGREEMENT] = (float)-log(fmax(item->agreement, 1e-3));
    out[GAZ_SIGN_RIVALS] = (float)-log(fmax(share, 1e-3));
    int last = -1;
    for (int i = 0; i < cut->count; i++) {
        count_link(&cut->parts[i], &chain->links[i], out);
        if (!cut->parts[i].after_number)
            last = i;
    }
    float corrected = out[GAZ_SIGN_SOUND] + out[GAZ_SIGN_FUZZY];
    out[GAZ_SIGN_TWICE] = corrected > 1 ? corrected - 1 : 0;
    if (last >= 0 && (chain->links[last].how == GAZ_HOW_UNKNOWN ||
                      chain->links[last].how == GAZ_HOW_AGAINST))
        out[GAZ_SIGN_LAST] = 1;
    if (item->site == GAZ_NONE) {
        int skipped = 0;
        int unread = find_unread(snap, asked, cut, chain->place, &skipped);
        out[GAZ_SIGN_SKIPPED] = (float)skipped;
        out[GAZ_SIGN_UNREAD] = (float)log1p(unread);
    }
    find_levels(snap, cut, chain, out);
    read_number(item, out);
}

/* ---- curve ---- */

double gaz_confidence_score(const struct gaz_confidence *confidence,
                            const float signs[GAZ_SIGNS])
{
    double score = 0;
    for (int i = 0; i < GAZ_SIGNS; i++)
        score += confidence->weights[i] * (double)signs[i];
    return score;
}

double gaz_confidence_value(const struct gaz_confidence *confidence,
                            double score)
{
    const double *scores = confidence->scores;
    const double *values = confidence->values;
    int last = confidence->knots - 1;
    if (score <= scores[0])
        return values[0];
    for (int i = 1; i <= last; i++) {
        if (score > scores[i])
            continue;
        double step = (score - scores[i - 1]) / (scores[i] - scores[i - 1]);
        return values[i - 1] + step * (values[i] - values[i - 1]);
    }
    return values[last];
}

/* ---- file ---- */

static bool take_weight(const char *name, double value,
                        struct gaz_confidence *out, unsigned *seen)
{
    for (int i = 0; i < GAZ_SIGNS; i++) {
        if (strcmp(name, SIGNS[i].name) != 0)
            continue;
        out->weights[i] = value;
        *seen |= 1U << i;
        return value * SIGNS[i].direction >= 0;
    }
    return false;
}

static bool take_knot(double score, double value, struct gaz_confidence *out)
{
    int at = out->knots;
    if (at == GAZ_CONFIDENCE_KNOTS || !(value >= 0 && value <= 1))
        return false;
    if (at > 0 &&
        !(score > out->scores[at - 1] && value >= out->values[at - 1]))
        return false;
    out->scores[at] = score;
    out->values[at] = value;
    out->knots++;
    return true;
}

/* `line` is changed. */
static bool take_line(char *line, struct gaz_confidence *out, unsigned *seen)
{
    const char *words[3] = {"", "", ""};
    int count = 0;
    for (char *at = line; *at && count < 3;) {
        at += strspn(at, " \t\r");
        if (*at == '\0')
            break;
        words[count++] = at;
        at += strcspn(at, " \t\r");
        if (*at)
            *at++ = '\0';
    }
    double first = 0;
    double second = 0;
    if (count == 0 || words[0][0] == '#' || strcmp(words[0], "edition") == 0 ||
        strcmp(words[0], "seed") == 0 || strcmp(words[0], "answers") == 0)
        return true;
    if (strcmp(words[0], "weight") == 0)
        return gaz_text_parse_double(words[2], &first) && isfinite(first) &&
               take_weight(words[1], first, out, seen);
    if (strcmp(words[0], "knot") == 0)
        return gaz_text_parse_double(words[1], &first) && isfinite(first) &&
               gaz_text_parse_double(words[2], &second) &&
               take_knot(first, second, out);
    return strcmp(words[0], "threshold") == 0 &&
           gaz_text_parse_double(words[1], &out->threshold) &&
           out->threshold > 0 && out->threshold <= 1;
}

gaz_status gaz_confidence_read(struct gaz_ctx *ctx, const char *text,
                               size_t size, struct gaz_confidence *out)
{
    *out = (struct gaz_confidence){.knots = 0};
    unsigned seen = 0;
    int number = 0;
    for (size_t at = 0; at < size;) {
        const char *end = memchr(text + at, '\n', size - at);
        size_t length = end ? (size_t)(end - text) - at : size - at;
        char *line = gaz_arena_strndup(&ctx->arena, text + at, length);
        number++;
        at += length + 1;
        if (!take_line(line, out, &seen))
            return gaz_fail(ctx, GAZ_INVALID,
                            "confidence.txt:%d: cannot be read", number);
    }
    if (seen != (1U << GAZ_SIGNS) - 1 || out->knots < 2 || out->threshold <= 0)
        return gaz_fail(ctx, GAZ_INVALID,
                        "confidence.txt: a weight, the threshold or the curve "
                        "is missing");
    return GAZ_OK;
}

static pthread_once_t once = PTHREAD_ONCE_INIT;
static struct gaz_confidence shipped;

/* A binary that was built with a broken file cannot be used: it stops. */
static void read_shipped(void)
{
    struct gaz_ctx ctx = {0};
    const struct gaz_asset *asset = &gaz_confidence_assets[0];
    if (gaz_confidence_read(&ctx, (const char *)asset->data, asset->size,
                            &shipped) != GAZ_OK) {
        (void)fprintf(stderr, "diming: %s\n", gaz_ctx_failure(&ctx));
        abort();
    }
    gaz_ctx_close(&ctx);
}

const struct gaz_confidence *gaz_confidence_shipped(void)
{
    (void)pthread_once(&once, read_shipped);
    return &shipped;
}

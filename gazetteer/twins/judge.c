/* SPDX-License-Identifier: Apache-2.0 */
/* judge.c - one or two? What forbids it, then the evidence, in words. */
#include "gazetteer/base/buffer.h"
#include "gazetteer/twins/cue_words.h"
#include "gazetteer/twins/finder.h"
#include "gazetteer/twins/rivals.h"

enum { WHY_MAX_BYTES = 4096 };

const char *gaz_band_name(gaz_band band)
{
    static const char *const NAMES[] = {"different", "review", "duplicate"};
    return NAMES[band];
}

const char *gaz_band_zh(gaz_band band)
{
    static const char *const NAMES[] = {"不同", "待审", "重复"};
    return NAMES[band];
}

static gaz_band band_of(const struct gaz_scale_part *scale, double score)
{
    if (score >= scale->duplicate)
        return GAZ_BAND_DUPLICATE;
    return score >= scale->review ? GAZ_BAND_REVIEW : GAZ_BAND_DIFFERENT;
}

static void say(struct gaz_buffer *out, const char *between, const char *text)
{
    if (!text)
        return;
    if (out->size > 0)
        gaz_buffer_text(out, between);
    gaz_buffer_text(out, text);
}

static const char *keep(struct gaz_arena *arena, struct gaz_buffer *text)
{
    const char *kept =
        gaz_arena_strndup(arena, text->data ? text->data : "", text->size);
    gaz_buffer_close(text);
    return kept;
}

static void explain(struct gaz_arena *arena, const struct gaz_cues *cues,
                    struct gaz_twin *twin)
{
    struct gaz_buffer zh;
    struct gaz_buffer en;
    gaz_buffer_open(&zh, WHY_MAX_BYTES);
    gaz_buffer_open(&en, WHY_MAX_BYTES);
    if (cues->forbid) {
        say(&zh, "", gaz_forbid_zh(cues->forbid));
        say(&en, "", gaz_forbid_en(cues->forbid));
    } else {
        for (int i = 0; i < GAZ_GROUPS; i++) {
            say(&zh, "；", gaz_cue_zh(cues->of[i]));
            say(&en, "; ", gaz_cue_en(cues->of[i]));
        }
        if (cues->distance_m >= 0) {
            gaz_buffer_printf(&zh, "；相距%.0f米", cues->distance_m);
            gaz_buffer_printf(&en, "; %.0f m apart", cues->distance_m);
        }
    }
    twin->zh = keep(arena, &zh);
    twin->en = keep(arena, &en);
}

void gaz_twins_cues(const struct gaz_twin_finder *finder, int a, int b,
                    struct gaz_cues *out)
{
    gaz_cues_find(finder->corpus, finder->kind, &finder->sides[a],
                  &finder->sides[b], out);
    out->of[GAZ_GROUP_RIVALS] =
        gaz_cue_at(GAZ_GROUP_RIVALS, gaz_rivals_find(finder, a, b, out));
}

struct gaz_twin gaz_twins_judge(const struct gaz_twin_finder *finder,
                                struct gaz_arena *arena, int a, int b)
{
    const int low = a < b ? a : b;
    const int high = a < b ? b : a;
    struct gaz_cues cues;
    struct gaz_twin made = {.a = low, .b = high, .zh = "", .en = ""};
    gaz_twins_cues(finder, low, high, &cues);
    made.distance_m = cues.distance_m;
    made.score = gaz_scale_chance(finder->scale, &cues);
    made.band =
        cues.forbid ? GAZ_BAND_DIFFERENT : band_of(finder->scale, made.score);
    if (made.band == GAZ_BAND_DUPLICATE && gaz_cues_need_person(&cues))
        made.band = GAZ_BAND_REVIEW;
    if (arena)
        explain(arena, &cues, &made);
    return made;
}

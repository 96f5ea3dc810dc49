/* SPDX-License-Identifier: Apache-2.0 */
/* The characters of the area's names, by how they sound and look. */
#include <stdio.h>
#include <string.h>

#include "gazetteer/base/text.h"
#include "tests/accuracy/noise/noise.h"

enum { LETTERS_MAX = 4096, SOUND_BYTES = 16 };

struct letter {
    uint32_t c;
    uint32_t traditional; /* 0: none */
    char sound[SOUND_BYTES];
    char accent[SOUND_BYTES];
};

struct noise_letters {
    struct letter items[LETTERS_MAX];
    int count;
};

/* Characters that look alike in print or handwriting; each row stands for both
 * directions. */
static const char *const SHAPES[] = {
    "己已", "末未", "土士", "日曰", "千干", "人入", "大太", "王玉", "天夫",
    "浦埔", "乌鸟", "龙尤", "新薪", "仓仑", "金全", "泾径", "枫机", "桥侨",
    "林材", "东车", "北比", "中申", "山出", "丰半", "平乎", "湖潮", "塘糖",
    "港巷", "卫工", "亭享", "庙庵", "广厂", "陈阵", "兴头", "村付", "星皇",
    "石右", "青清", "青靖", "胡湖", "华毕", "联朕", "和利", "民良", "民氏",
    "南甫", "西酉", "门闪", "河何", "浜宾", "场扬", "杨扬", "徐除", "张弘",
    "朱未", "沈沉", "陆陇", "周同", "吴昊", "钱线", "黄横", "曹漕", "林森",
    "白自", "光先", "友发", "永水", "木本", "圩坪", "埭棣", "墩敦", "渡度",
    "堰偃", "汇江", "荡汤", "田由", "家冢", "角用", "角甬", "集焦", "前煎",
    "高亭", "马鸟", "牛午", "心必", "红江", "旗棋", "胜性", "利和", "建健",
};

static int find(const struct noise_letters *letters, uint32_t c)
{
    for (int i = 0; i < letters->count; i++)
        if (letters->items[i].c == c)
            return i;
    return -1;
}

/* zh z, ch c, sh s, ng n and l n are one in the mouths of the area. */
static void blur(const char *sound, char out[SOUND_BYTES])
{
    size_t size = 0;
    for (size_t i = 0; sound[i] && size + 1 < SOUND_BYTES; i++) {
        bool is_h = sound[i] == 'h' && i == 1 && strchr("zcs", sound[0]);
        bool is_g = sound[i] == 'g' && i > 0 && sound[i - 1] == 'n';
        if (!is_h && !is_g)
            out[size++] = i == 0 && sound[i] == 'l' ? 'n' : sound[i];
    }
    out[size] = '\0';
}

static gaz_status add(struct gaz_ctx *ctx, struct gaz_unicode *unicode,
                      struct noise_letters *letters, uint32_t c)
{
    char reading[GAZ_READING_BYTES];
    if (!gaz_text_is_han(c) || letters->count == LETTERS_MAX ||
        find(letters, c) >= 0 || !gaz_unicode_reading(unicode, c, reading))
        return GAZ_OK;
    const char *plain = "";
    gaz_status status = gaz_unicode_ascii(ctx, unicode, reading, &plain);
    if (status != GAZ_OK)
        return status;
    struct letter *letter = &letters->items[letters->count++];
    *letter = (struct letter){.c = c};
    (void)snprintf(letter->sound, SOUND_BYTES, "%s", plain);
    blur(letter->sound, letter->accent);
    return GAZ_OK;
}

gaz_status noise_letters_open(struct gaz_ctx *ctx, struct gaz_unicode *unicode,
                              const struct gaz_snapshot *snap,
                              struct noise_letters **out)
{
    struct noise_letters *letters =
        gaz_arena_alloc(&ctx->arena, sizeof(*letters));
    letters->count = 0;
    for (uint32_t i = 0; i < snap->name_count; i++) {
        const char *text = gaz_snapshot_text(snap, snap->names[i].text);
        size_t size = strlen(text);
        size_t at = 0;
        for (uint32_t c; (c = gaz_text_next(text, size, &at)) != 0;) {
            gaz_status status = add(ctx, unicode, letters, c);
            if (status != GAZ_OK)
                return status;
        }
    }
    for (uint32_t c = 0x4E00; c < 0xA000; c++) {
        uint32_t simple = gaz_unicode_fold_one(c);
        int i = simple == c ? -1 : find(letters, simple);
        if (i >= 0 && !letters->items[i].traditional)
            letters->items[i].traditional = c;
    }
    *out = letters;
    return GAZ_OK;
}

static uint32_t draw_shape(struct city_random *random, uint32_t c)
{
    size_t rows = sizeof(SHAPES) / sizeof(SHAPES[0]);
    size_t first = city_below(random, (uint32_t)rows);
    for (size_t i = 0; i < rows; i++) {
        const char *row = SHAPES[(first + i) % rows];
        size_t size = strlen(row);
        size_t at = 0;
        uint32_t left = gaz_text_next(row, size, &at);
        uint32_t right = gaz_text_next(row, size, &at);
        if (left == c)
            return right;
        if (right == c)
            return left;
    }
    return 0;
}

static bool is_like(const struct letter *from, const struct letter *to,
                    noise_letter_kind kind)
{
    if (from->c == to->c)
        return false;
    if (kind == NOISE_LETTER_SOUND)
        return strcmp(from->sound, to->sound) == 0;
    if (kind == NOISE_LETTER_ACCENT)
        return strcmp(from->accent, to->accent) == 0 &&
               strcmp(from->sound, to->sound) != 0;
    return true;
}

uint32_t noise_letters_other(const struct noise_letters *letters,
                             struct city_random *random, noise_letter_kind kind,
                             uint32_t c)
{
    if (kind == NOISE_LETTER_SHAPE)
        return draw_shape(random, c);
    int at = find(letters, c);
    if (at < 0)
        return 0;
    if (kind == NOISE_LETTER_TRADITIONAL)
        return letters->items[at].traditional;
    uint32_t first = city_below(random, (uint32_t)letters->count);
    for (int i = 0; i < letters->count; i++) {
        const struct letter *other =
            &letters->items[(first + (uint32_t)i) % (uint32_t)letters->count];
        if (is_like(&letters->items[at], other, kind))
            return other->c;
    }
    return 0;
}

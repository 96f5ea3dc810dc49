/* SPDX-License-Identifier: Apache-2.0 */
/* Plan: the tokens, repeats and names that features are made of; the weights
 * that ship label plain addresses as expected, cover every text, and give the
 * same answer for full-width digits; a damaged blob is refused whichever byte
 * is changed; a layer gives the same sums with vector instructions and
 * without. */
#include "tests/unit/test.h"

#include <stdio.h>
#include <string.h>

#include "gazetteer/base/file.h"
#include "gazetteer/base/text.h"
#include "gazetteer/standardise/model.h"
#include "gazetteer/standardise/model_blob.h"
#include "gazetteer/standardise/model_features.h"
#include "gazetteer/standardise/model_layer.h"

static const char *const SHIPPED = DIMING_SOURCE_DIR "/data/model/elements.bin";

struct shipped {
    struct gaz_ctx ctx;
    struct gaz_map map;
    struct gaz_model *model;
};

static int open_shipped(void **state)
{
    static struct shipped s;
    if (gaz_file_map(&s.ctx, SHIPPED, &s.map) != GAZ_OK)
        return -1;
    if (gaz_model_open(&s.ctx, s.map.data, s.map.size, &s.model) != GAZ_OK)
        return -1;
    *state = &s;
    return 0;
}

static int close_shipped(void **state)
{
    struct shipped *s = *state;
    if (!s) /* it did not open */
        return 0;
    gaz_model_close(s->model);
    gaz_file_unmap(&s->map);
    gaz_ctx_close(&s->ctx);
    return 0;
}

static uint32_t no_names(const void *names, uint64_t key)
{
    (void)names;
    (void)key;
    return 0;
}

static void read_text(const char *text, struct gaz_model_text *out)
{
    gaz_model_text_read(no_names, NULL, text, strlen(text), out);
}

static void test_tokens(void **state)
{
    (void)state;
    static const struct {
        const char *label;
        const char *text;
        int tokens;
        int code_points;
    } CASES[] = {
        {"empty", "", 0, 0},
        {"a run of digits is one", "解放路101号", 5, 7},
        {"digits and Latin apart", "A3座", 3, 3},
        {"full width as narrow", "１２３号", 2, 4},
        {"each sign alone", "3--2", 4, 4},
        {"not UTF-8", "\xff\xfe路", 3, 3},
    };
    for (size_t i = 0; i < COUNT(CASES); i++) {
        CASE(CASES[i].label);
        struct gaz_model_text text;
        read_text(CASES[i].text, &text);
        assert_int_equal(text.count, CASES[i].tokens);
        assert_int_equal(text.code_points, CASES[i].code_points);
        assert_int_equal(text.bytes, strlen(CASES[i].text));
    }
}

static void test_repeats(void **state)
{
    (void)state;
    struct gaz_model_text text;
    read_text("平湖市平湖市当湖", &text);
    assert_int_equal(text.tokens[0].later, 3);
    assert_true(text.tokens[0].later_first);
    assert_int_equal(text.tokens[0].earlier, 0);
    assert_int_equal(text.tokens[3].earlier, 3);
    assert_int_equal(text.tokens[5].earlier, 3);
    assert_int_equal(text.tokens[6].earlier, 0);
    assert_int_equal(text.tokens[7].later, 0);
}

static void test_around(void **state)
{
    (void)state;
    struct gaz_model_text text;
    read_text("平湖市路101号3幢", &text);
    assert_int_equal(text.tokens[0].levels_before, 0);
    assert_int_equal(text.tokens[0].levels_after, 1 << 1 | 1 << 4 | 1 << 5);
    assert_int_equal(text.tokens[3].levels_before, 1 << 1);
    assert_int_equal(text.tokens[3].digits_after, 2);
    assert_int_equal(text.tokens[5].digits_before, 1);
    assert_int_equal(text.tokens[7].digits_after, 0);
}

static void test_too_long(void **state)
{
    (void)state;
    char text[2 * GAZ_MODEL_TOKENS + 1];
    memset(text, '-', sizeof text - 1);
    text[sizeof text - 1] = '\0';
    struct gaz_model_text out;
    read_text(text, &out);
    assert_int_equal(out.count, GAZ_MODEL_TOKENS);
    assert_int_equal(out.bytes, GAZ_MODEL_TOKENS);
}

static uint32_t all_names(const void *names, uint64_t key)
{
    (void)names;
    (void)key;
    return (1u << GAZ_MODEL_KINDS) - 1;
}

/* The most that can hold at a token has room. */
static void test_feature_count(void **state)
{
    (void)state;
    static const char TEXT[] = "12号12号";
    struct gaz_model_text text;
    gaz_model_text_read(all_names, NULL, TEXT, sizeof TEXT - 1, &text);
    for (int i = 0; i < text.count; i++) {
        struct gaz_model_features f;
        gaz_model_features_find(&text, i, &f);
        assert_in_range(f.count, 6, GAZ_MODEL_SIGNS);
    }
}

/* Vector instructions and plain C give the same sums, for any count of rows. */
static void test_layers(void **state)
{
    (void)state;
    enum { ROWS = 7, PAD = GAZ_MODEL_SPREAD_MAX };
    static int16_t in[(ROWS + 2 * PAD) * GAZ_MODEL_INPUTS];
    static int16_t weights[3 * GAZ_MODEL_INPUTS * GAZ_MODEL_HIDDEN];
    static int32_t biases[GAZ_MODEL_HIDDEN];
    static int32_t got[ROWS][GAZ_MODEL_HIDDEN];
    static int32_t want[ROWS][GAZ_MODEL_HIDDEN];
    uint32_t random = 1;
    for (size_t i = 0; i < COUNT(weights); i++)
        weights[i] =
            (int16_t)((random = random * 1664525u + 1013904223u) >> 21);
    for (size_t i = 0; i < COUNT(biases); i++)
        biases[i] = (int32_t)i * 1000 - 30000;
    for (size_t i = 0; i < COUNT(in); i++)
        in[i] = (int16_t)(((i / GAZ_MODEL_INPUTS * 31 + i * 7) & 0xff) - 128);
    for (int l = 0; l < GAZ_MODEL_LAYERS; l++) {
        const struct gaz_model_shape *shape = &GAZ_MODEL_SHAPES[l];
        struct gaz_model_layer layer = {shape, biases, weights};
        const int16_t *first = in + PAD * (ptrdiff_t)shape->inputs;
        for (int rows = 1; rows <= ROWS; rows++) {
            gaz_model_layer_sums(&layer, first, rows, got[0]);
            gaz_model_layer_sums_plain(&layer, first, rows, want[0]);
            size_t size = (size_t)(rows * shape->outputs) * sizeof want[0][0];
            assert_memory_equal(got, want, size);
        }
    }
}

static void test_labels(void **state)
{
    struct shipped *s = *state;
    static const struct {
        const char *text;
        const char *want;
    } CASES[] = {
        {"浙江省嘉兴市平湖市当湖街道解放西路101号",
         "prov:3 city:6 district:9 town:13 road:17 roadno:21"},
        {"浙江省嘉兴市平湖市当湖街道解放西路１０１号",
         "prov:3 city:6 district:9 town:13 road:17 roadno:21"},
        {"杭州市西湖区文三路478号3幢2单元501室",
         "city:3 district:6 road:9 roadno:13 houseno:15 cellno:18 roomno:22"},
        {"三港新城社区", "community:6"},
        {"", ""},
    };
    for (size_t i = 0; i < COUNT(CASES); i++) {
        CASE(CASES[i].text);
        struct gaz_elements e;
        gaz_model_label(s->model, CASES[i].text, strlen(CASES[i].text), &e);
        char got[512] = "";
        size_t len = 0;
        for (int k = 0; k < e.count; k++)
            len += (size_t)snprintf(
                got + len, sizeof got - len, "%s%s:%d", k ? " " : "",
                gaz_element_name(e.items[k].label), e.items[k].end);
        assert_string_equal(got, CASES[i].want);
    }
}

static void assert_covers(const struct gaz_elements *e, const char *text,
                          size_t size)
{
    int end = 0;
    int byte_end = 0;
    assert_in_range(e->count, 0, GAZ_ELEMENTS_MAX);
    for (int i = 0; i < e->count; i++) {
        assert_int_equal(e->items[i].start, end);
        assert_int_equal(e->items[i].byte_start, byte_end);
        assert_true(e->items[i].byte_end > byte_end);
        end = e->items[i].end;
        byte_end = e->items[i].byte_end;
    }
    assert_int_equal(byte_end, size);
    assert_int_equal(end, gaz_text_count(text, size));
}

/* Addresses cut short, repeated, and bytes at random. */
static void test_covers(void **state)
{
    struct shipped *s = *state;
    static const char UNIT[] = "平湖市1-2号A座_";
    char text[3000] = {0};
    uint32_t random = 1;
    for (size_t size = 0; size < sizeof text; size += 1 + size / 8) {
        struct gaz_elements e;
        for (size_t i = 0; i < size; i++)
            text[i] = UNIT[i % (sizeof UNIT - 1)];
        gaz_model_label(s->model, text, size, &e);
        assert_covers(&e, text, size);
        for (size_t i = 0; i < size; i++) {
            random = random * 1664525u + 1013904223u;
            text[i] = (char)(random >> 24);
        }
        gaz_model_label(s->model, text, size, &e);
        assert_covers(&e, text, size);
    }
}

static void test_damage(void **state)
{
    struct shipped *s = *state;
    uint8_t *copy = gaz_malloc(s->map.size);
    size_t step = s->map.size / 40 + 1;
    for (size_t at = 0; at < s->map.size; at += at < 56 ? 1 : step) {
        memcpy(copy, s->map.data, s->map.size);
        copy[at] ^= 0x40;
        struct gaz_model *model = NULL;
        assert_status(gaz_model_open(&s->ctx, copy, s->map.size, &model),
                      GAZ_INVALID);
        gaz_ctx_next(&s->ctx);
    }
    struct gaz_model *model = NULL;
    for (size_t size = 0; size < 4096; size += 37) {
        assert_status(gaz_model_open(&s->ctx, copy, size, &model), GAZ_INVALID);
        gaz_ctx_next(&s->ctx);
    }
    gaz_free(copy);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_tokens),        cmocka_unit_test(test_repeats),
        cmocka_unit_test(test_around),        cmocka_unit_test(test_too_long),
        cmocka_unit_test(test_feature_count), cmocka_unit_test(test_layers),
        cmocka_unit_test(test_labels),        cmocka_unit_test(test_covers),
        cmocka_unit_test(test_damage),
    };
    return cmocka_run_group_tests(tests, open_shipped, close_shipped);
}

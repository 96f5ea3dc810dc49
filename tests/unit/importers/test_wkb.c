/* Test plan: each type of geometry is written here by hand in both byte orders,
 * walked with a transform that moves each vertex, and compared byte by byte
 * with the little-endian geometry that was moved by hand. Every prefix of each
 * is refused, so are wrong types, parts and counts, deep nesting, and what the
 * transform refuses. */
#include "tests/unit/test.h"

#include <string.h>

#include "gazetteer/base/buffer.h"
#include "importers/wkb.h"

static void put_bytes(struct gaz_buffer *out, const void *value, size_t size,
                      bool big)
{
    const char *bytes = value; /* this machine is little-endian */
    for (size_t i = 0; i < size; i++)
        gaz_buffer_char(out, bytes[big ? size - 1 - i : i]);
}

static void put_u32(struct gaz_buffer *out, uint32_t value, bool big)
{
    put_bytes(out, &value, sizeof(value), big);
}

static void put_head(struct gaz_buffer *out, uint32_t type, bool big)
{
    gaz_buffer_char(out, big ? 0 : 1);
    put_u32(out, type, big);
}

static void put_vertices(struct gaz_buffer *out, int count, double move,
                         bool big)
{
    for (int i = 0; i < count; i++) {
        const double x = 121 + i + move;
        const double y = 30 - i + move;
        put_bytes(out, &x, sizeof(x), big);
        put_bytes(out, &y, sizeof(y), big);
    }
}

static void put_simple(struct gaz_buffer *out, uint32_t type, double move,
                       bool big)
{
    put_head(out, type, big);
    if (type == IMP_WKB_POINT) {
        put_vertices(out, 1, move, big);
        return;
    }
    if (type == IMP_WKB_POLYGON) {
        put_u32(out, 2, big);
        put_u32(out, 4, big);
        put_vertices(out, 4, move, big);
    }
    put_u32(out, 5, big);
    put_vertices(out, 5, move, big);
}

static void put_shape(struct gaz_buffer *out, uint32_t type, double move,
                      bool big)
{
    if (type <= IMP_WKB_POLYGON) {
        put_simple(out, type, move, big);
        return;
    }
    put_head(out, type, big);
    put_u32(out, 3, big);
    for (uint32_t i = 0; i < 3; i++) {
        const uint32_t part =
            type == IMP_WKB_COLLECTION ? 1 + i : type - IMP_WKB_MULTIPOINT + 1;
        put_simple(out, part, move, big);
    }
}

static gaz_status move_up(struct gaz_ctx *ctx, void *user, double x, double y,
                          struct gaz_coord *out)
{
    (void)ctx;
    const double *move = user;
    *out = (struct gaz_coord){x + *move, y + *move};
    return GAZ_OK;
}

static gaz_status refuse_all(struct gaz_ctx *ctx, void *user, double x,
                             double y, struct gaz_coord *out)
{
    (void)user;
    (void)out;
    return gaz_fail(ctx, GAZ_INVALID, "no %g %g", x, y);
}

static double MOVE = 0.25;
static const struct imp_wkb_transform UP = {move_up, &MOVE};

static void test_types(void **state)
{
    (void)state;
    struct gaz_ctx ctx = {0};
    for (uint32_t type = IMP_WKB_POINT; type <= IMP_WKB_COLLECTION; type++)
        for (int big = 0; big < 2; big++) {
            gaz_ctx_next(&ctx);
            struct gaz_buffer in;
            struct gaz_buffer want;
            struct imp_shape got = {0};
            gaz_buffer_open(&in, 4096);
            gaz_buffer_open(&want, 4096);
            put_shape(&in, type, 0, big != 0);
            put_shape(&want, type, MOVE, false);
            CASE(gaz_arena_printf(&ctx.arena, "type %u, order %d", type, big));
            assert_status_of(
                &ctx, imp_wkb_transform(&ctx, in.data, in.size, &UP, &got),
                GAZ_OK);
            assert_int_equal(got.type, type);
            assert_int_equal(got.size, want.size);
            assert_memory_equal(got.wkb, want.data, want.size);
            for (size_t size = 0; size < in.size; size++)
                assert_status(imp_wkb_transform(&ctx, in.data, size, &UP, &got),
                              GAZ_INVALID);
            gaz_buffer_char(&in, 'x');
            assert_status(imp_wkb_transform(&ctx, in.data, in.size, &UP, &got),
                          GAZ_INVALID);
            gaz_buffer_close(&in);
            gaz_buffer_close(&want);
        }
    gaz_ctx_close(&ctx);
}

static void assert_refused(struct gaz_ctx *ctx, struct gaz_buffer *in,
                           const char *says)
{
    struct imp_shape got = {.size = 7};
    ctx->failure[0] = '\0';
    CASE(says);
    assert_status(imp_wkb_transform(ctx, in->data, in->size, &UP, &got),
                  GAZ_INVALID);
    if (!strstr(gaz_ctx_failure(ctx), says))
        fail_msg("'%s' lacks '%s'", gaz_ctx_failure(ctx), says);
    assert_int_equal(got.size, 7);
    gaz_buffer_clear(in);
}

static void test_bad(void **state)
{
    (void)state;
    struct gaz_ctx ctx = {0};
    struct gaz_buffer in;
    gaz_buffer_open(&in, 4096);
    put_head(&in, 1001, false);
    put_vertices(&in, 2, 0, false);
    assert_refused(&ctx, &in, "a type that is not 2D");
    put_head(&in, IMP_WKB_LINE, false);
    put_u32(&in, 0xFFFFFFFF, false);
    assert_refused(&ctx, &in, "more items than bytes");
    put_head(&in, IMP_WKB_MULTIPOLYGON, false);
    put_u32(&in, 1, false);
    put_simple(&in, IMP_WKB_LINE, 0, false);
    assert_refused(&ctx, &in, "a part of another type");
    for (int i = 0; i < 8; i++) {
        put_head(&in, IMP_WKB_COLLECTION, false);
        put_u32(&in, 1, false);
    }
    put_simple(&in, IMP_WKB_POINT, 0, false);
    assert_refused(&ctx, &in, "nested too deep");
    gaz_buffer_text(&in, "\x07\x01\x01\x01\x01");
    assert_refused(&ctx, &in, "no byte order");

    CASE("what the transform refuses");
    const struct imp_wkb_transform no = {refuse_all, NULL};
    struct imp_shape got;
    ctx.failure[0] = '\0';
    put_simple(&in, IMP_WKB_POINT, 0, false);
    assert_status(imp_wkb_transform(&ctx, in.data, in.size, &no, &got),
                  GAZ_INVALID);
    assert_string_equal(gaz_ctx_failure(&ctx), "no 121 30");
    gaz_buffer_close(&in);
    gaz_ctx_close(&ctx);
}

static void test_lines(void **state)
{
    (void)state;
    struct gaz_ctx ctx = {0};
    for (uint32_t type = IMP_WKB_POINT; type <= IMP_WKB_COLLECTION; type++) {
        gaz_ctx_next(&ctx);
        struct gaz_buffer in;
        struct imp_shape shape;
        struct imp_line_part *parts = NULL;
        size_t count = 0;
        gaz_buffer_open(&in, 4096);
        put_shape(&in, type, 0, true);
        assert_status_of(&ctx,
                         imp_wkb_transform(&ctx, in.data, in.size, &UP, &shape),
                         GAZ_OK);
        gaz_buffer_close(&in);
        const bool is_line = type == IMP_WKB_LINE || type == IMP_WKB_MULTILINE;
        assert_status(imp_wkb_lines(&ctx, &shape, &parts, &count),
                      is_line ? GAZ_OK : GAZ_INVALID);
        if (!is_line)
            continue;
        assert_int_equal(count, type == IMP_WKB_LINE ? 1 : 3);
        for (size_t i = 0; i < count; i++) {
            assert_int_equal(parts[i].count, 5);
            assert_near(parts[i].points[4].lon, 125.25, 0);
            assert_near(parts[i].points[4].lat, 26.25, 0);
        }
    }
    gaz_ctx_close(&ctx);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_types),
        cmocka_unit_test(test_bad),
        cmocka_unit_test(test_lines),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

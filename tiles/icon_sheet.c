/* SPDX-License-Identifier: Apache-2.0 */
#include "tiles/icon_sheet.h"

#include <assert.h>
#include <math.h>
#include <string.h>

#include "gazetteer/base/text.h"
#include "tiles/expression.h"

enum {
    SYMBOLS_MAX = 200,
    SIDE_MAX = 64,
    CIRCLE_EDGES = 32,
    CURVE_EDGES = 12,
    EDGES_MAX = 4096,
};

struct reading {
    struct gaz_ctx *ctx;
    const char *text;
    size_t size;
    size_t at;
    struct tile_icon_symbol *symbols;
    uint32_t count;
};

static gaz_status refuse(const struct reading *r, const char *why)
{
    int line = 1;
    for (size_t i = 0; i < r->at && i < r->size; i++)
        line += r->text[i] == '\n';
    return gaz_fail(r->ctx, GAZ_INVALID, "icon sheet, line %d: %s", line, why);
}

/* ---- tags ---- */

/* A tag from '<' to '>', as a text of its own. */
static gaz_status next_tag(struct reading *r, char **out)
{
    const char *from = memchr(r->text + r->at, '<', r->size - r->at);
    if (!from)
        return GAZ_END;
    r->at = (size_t)(from - r->text);
    if (r->size - r->at >= 4 && memcmp(from, "<!--", 4) == 0) {
        for (size_t i = r->at + 4; i + 3 <= r->size; i++)
            if (memcmp(r->text + i, "-->", 3) == 0) {
                r->at = i + 3;
                *out = NULL;
                return GAZ_OK;
            }
        return refuse(r, "a comment has no end");
    }
    const char *to = memchr(from, '>', r->size - r->at);
    if (!to)
        return refuse(r, "a tag has no end");
    *out = gaz_arena_strndup(&r->ctx->arena, from + 1, (size_t)(to - from) - 1);
    r->at = (size_t)(to - r->text) + 1;
    return GAZ_OK;
}

static bool is_tag(const char *tag, const char *name)
{
    size_t size = strlen(name);
    return strncmp(tag, name, size) == 0 &&
           (tag[size] == '\0' || tag[size] == ' ' || tag[size] == '/');
}

/* The value of name="..." in a tag, or NULL. */
static const char *attribute(struct gaz_arena *arena, const char *tag,
                             const char *name)
{
    const char *wanted = gaz_arena_printf(arena, " %s=\"", name);
    const char *from = strstr(tag, wanted);
    if (!from)
        return NULL;
    from += strlen(wanted);
    const char *to = strchr(from, '"');
    return to ? gaz_arena_strndup(arena, from, (size_t)(to - from)) : NULL;
}

static gaz_status number(const struct reading *r, const char *tag,
                         const char *name, double *out)
{
    const char *text = attribute(&r->ctx->arena, tag, name);
    if (!text || !gaz_text_parse_double(text, out) || fabs(*out) > SIDE_MAX)
        return refuse(r, gaz_arena_printf(&r->ctx->arena,
                                          "'%s' must be a number to %d", name,
                                          SIDE_MAX));
    return GAZ_OK;
}

/* ---- shapes ---- */

static gaz_status add_shape(struct reading *r, const char *tag,
                            struct tile_icon_shape **out)
{
    const char *fill = attribute(&r->ctx->arena, tag, "fill");
    uint32_t colour;
    if (!fill || !tile_expression_colour(fill, &colour))
        return refuse(r, "a shape needs a fill like \"#c62f27\"");
    if (r->count == 0)
        return refuse(r, "a shape must stand in a symbol");
    struct tile_icon_symbol *symbol = &r->symbols[r->count - 1];
    if (symbol->shape_count == symbol->shape_room) {
        uint32_t room = symbol->shape_room ? 2 * symbol->shape_room : 4;
        symbol->shapes =
            gaz_arena_grow(&r->ctx->arena, symbol->shapes,
                           symbol->shape_count * sizeof *symbol->shapes,
                           room * sizeof *symbol->shapes);
        symbol->shape_room = room;
    }
    *out = &symbol->shapes[symbol->shape_count++];
    **out = (struct tile_icon_shape){.fill = colour};
    return GAZ_OK;
}

static void add_edge(struct reading *r, struct tile_icon_shape *shape,
                     const double from[2], const double to[2])
{
    assert(shape);
    if (shape->edge_count == shape->edge_room) {
        uint32_t room = shape->edge_room ? 2 * shape->edge_room : 16;
        shape->edges = gaz_arena_grow(&r->ctx->arena, shape->edges,
                                      shape->edge_count * sizeof *shape->edges,
                                      room * sizeof *shape->edges);
        shape->edge_room = room;
    }
    shape->edges[shape->edge_count++] =
        (struct tile_icon_edge){{from[0], from[1], to[0], to[1]}};
}

static gaz_status read_circle(struct reading *r, const char *tag)
{
    double values[3] = {0};
    static const char *const NAMES[3] = {"cx", "cy", "r"};
    gaz_status status = GAZ_OK;
    for (int i = 0; i < 3 && status == GAZ_OK; i++)
        status = number(r, tag, NAMES[i], &values[i]);
    struct tile_icon_shape *shape = NULL;
    if (status == GAZ_OK)
        status = add_shape(r, tag, &shape);
    if (status != GAZ_OK)
        return status;
    double from[2] = {values[0] + values[2], values[1]};
    for (int i = 1; i <= CIRCLE_EDGES; i++) {
        double angle = 2 * 3.14159265358979323846 * i / CIRCLE_EDGES;
        double to[2] = {values[0] + values[2] * cos(angle),
                        values[1] + values[2] * sin(angle)};
        add_edge(r, shape, from, to);
        memcpy(from, to, sizeof from);
    }
    return GAZ_OK;
}

/* ---- paths ---- */

struct path {
    struct reading *r;
    struct tile_icon_shape *shape;
    const char *d;
    double at[2];
    double start[2];
};

static bool path_number(struct path *p, double *out)
{
    char text[32];
    size_t size = 0;
    while (*p->d == ' ' || *p->d == ',')
        p->d++;
    while (size + 1 < sizeof text && *p->d && strchr("0123456789.-", *p->d))
        text[size++] = *p->d++;
    text[size] = '\0';
    return gaz_text_parse_double(text, out) && fabs(*out) <= SIDE_MAX;
}

static void line_to(struct path *p, double x, double y)
{
    double to[2] = {x, y};
    add_edge(p->r, p->shape, p->at, to);
    memcpy(p->at, to, sizeof to);
}

static void curve_to(struct path *p, const double c[6])
{
    double from[2] = {p->at[0], p->at[1]};
    for (int i = 1; i <= CURVE_EDGES; i++) {
        double t = (double)i / CURVE_EDGES;
        double u = 1 - t;
        double weights[4] = {u * u * u, 3 * u * u * t, 3 * u * t * t,
                             t * t * t};
        line_to(p,
                weights[0] * from[0] + weights[1] * c[0] + weights[2] * c[2] +
                    weights[3] * c[4],
                weights[0] * from[1] + weights[1] * c[1] + weights[2] * c[3] +
                    weights[3] * c[5]);
    }
}

static gaz_status path_command(struct path *p, char command)
{
    static const char COMMANDS[] = "MLHVCZ";
    static const int COUNTS[] = {2, 2, 1, 1, 6, 0};
    const char *known = strchr(COMMANDS, command);
    double n[6] = {0};
    if (!known)
        return refuse(p->r, "a path has M L H V C Z only");
    for (int i = 0; i < COUNTS[known - COMMANDS]; i++)
        if (!path_number(p, &n[i]))
            return refuse(p->r, "a path lacks a number");
    switch (command) {
    case 'M':
        memcpy(p->at, n, sizeof p->at);
        memcpy(p->start, n, sizeof p->start);
        break;
    case 'L':
        line_to(p, n[0], n[1]);
        break;
    case 'H':
        line_to(p, n[0], p->at[1]);
        break;
    case 'V':
        line_to(p, p->at[0], n[0]);
        break;
    case 'C':
        curve_to(p, n);
        break;
    default:
        line_to(p, p->start[0], p->start[1]);
        break;
    }
    return GAZ_OK;
}

static gaz_status read_path(struct reading *r, const char *tag)
{
    struct path p = {.r = r, .d = attribute(&r->ctx->arena, tag, "d")};
    if (!p.d)
        return refuse(r, "a path needs d");
    gaz_status status = add_shape(r, tag, &p.shape);
    while (status == GAZ_OK) {
        while (*p.d == ' ' || *p.d == '\n')
            p.d++;
        if (*p.d == '\0')
            break;
        if (!p.shape || p.shape->edge_count > EDGES_MAX)
            return refuse(r, "a path is too long");
        status = path_command(&p, *p.d++);
    }
    return status;
}

/* ---- symbols ---- */

static gaz_status read_symbol(struct reading *r, const char *tag)
{
    const char *name = attribute(&r->ctx->arena, tag, "id");
    const char *box = attribute(&r->ctx->arena, tag, "viewBox");
    struct path p = {.r = r, .d = box ? box : ""};
    double n[4];
    for (int i = 0; i < 4; i++)
        if (!path_number(&p, &n[i]))
            return refuse(r, "a symbol needs viewBox=\"0 0 n n\"");
    bool is_square = n[0] == 0 && n[1] == 0 && n[2] == n[3] &&
                     n[2] == floor(n[2]) && n[2] >= 1;
    if (!name || !is_square)
        return refuse(r, "a symbol needs an id and viewBox=\"0 0 n n\"");
    if (r->count == SYMBOLS_MAX)
        return refuse(r, "too many symbols");
    r->symbols[r->count++] =
        (struct tile_icon_symbol){.name = name, .side = (int)n[2]};
    return GAZ_OK;
}

gaz_status tile_icon_sheet_read(struct gaz_ctx *ctx, const char *text,
                                size_t size, struct tile_icon_symbol **out,
                                uint32_t *count)
{
    struct reading r = {.ctx = ctx, .text = text, .size = size};
    r.symbols = gaz_arena_array(&ctx->arena, SYMBOLS_MAX, sizeof *r.symbols);
    char *tag = NULL;
    gaz_status status;
    while ((status = next_tag(&r, &tag)) == GAZ_OK) {
        if (!tag || tag[0] == '/' || tag[0] == '?' || is_tag(tag, "svg"))
            continue;
        if (is_tag(tag, "symbol"))
            status = read_symbol(&r, tag);
        else if (is_tag(tag, "circle"))
            status = read_circle(&r, tag);
        else if (is_tag(tag, "path"))
            status = read_path(&r, tag);
        else
            status = refuse(&r, "only symbol, circle and path are read");
        if (status != GAZ_OK)
            return status;
    }
    if (status != GAZ_END)
        return status;
    *out = r.symbols;
    *count = r.count;
    return GAZ_OK;
}

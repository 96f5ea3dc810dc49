/* register.h - a register of boundary markers (界桩登记表, 界桩成果表), or a
 * list of coordinates, from the rows of any table.
 *
 * Columns are found by name, Chinese or English (docs/guide/boundary.md lists
 * them); a row's own geometry is taken when the table has no position columns.
 * Column X is north, Y east, unless the caller says otherwise; a geometry has x
 * east, as its format says. Positions are numbers, or degrees as
 * 121°02′03.4567″ or 121:02:03.4567; heights are EPSG:5737.
 *
 * A reference object has a name, an azimuth and a distance in columns of its
 * own (方位物1, 方位物1方位角, 方位物1距离), or all are in one:
 * "名称|方位角|距离;..." (objects); one that lacks a number finds no marker
 * again and is passed over.
 *
 * Nothing is turned into another system here: boundary/systems.h first tells
 * whether the numbers are what they are said to be.
 */
#ifndef IMP_REGISTER_H
#define IMP_REGISTER_H

#include "gazetteer/model/boundary.h"
#include "importers/reader.h"
#include "importers/reject.h"

enum { IMP_REGISTER_ROWS_MAX = 1000000 };

/* Two numbers as they stand in the file, in the order that was stated. */
struct imp_register_xy {
    bool is_there;
    double north; /* X, or the latitude */
    double east;  /* Y, or the longitude */
};

/* Which edition of a line a row speaks of, and when it is in force
 * (importers/edition.h). */
enum { IMP_EDITION_COLUMNS = 4 };
struct imp_edition {
    const char *name; /* NULL or "": not told */
    bool has_ended;
    gaz_date from; /* GAZ_DATE_OPEN: not told */
    gaz_date to;
};

struct imp_register_row {
    /* All but positions in degrees: agreed.at and the fix are not set. */
    struct gaz_boundary_marker marker;
    struct imp_register_xy measured;
    struct imp_register_xy agreed;
    struct gaz_boundary_fix fix; /* what is told of the measured position */
    /* Where objects are that were measured themselves. */
    struct imp_register_xy object_at[GAZ_BOUNDARY_OBJECTS_MAX];
    bool has_objects; /* the table has such columns; so below */
    bool has_inspected;
    bool has_condition;
    struct imp_edition edition; /* set by delivery.c */
    int64_t line;               /* of the file; 0: its number */
    int64_t number;
};

typedef enum {
    IMP_REGISTER_NOTHING, /* neither codes nor positions */
    IMP_REGISTER_MARKERS, /* has a column of codes */
    IMP_REGISTER_LIST,    /* positions in order, without codes: a line */
} imp_register_kind;

struct imp_register_table; /* which column is what */

struct imp_register_options {
    const char *path;   /* for messages */
    bool is_east_north; /* the columns X and Y are east and north */
    bool is_turned;     /* its geometries are north, east: what services give
                         * when asked for EPSG:4490, and no file has */
};

/* imp_register_open looks at the columns of a reader. In ctx->arena. */
struct imp_register_table *
imp_register_open(struct gaz_ctx *ctx, const struct imp_reader *reader,
                  const struct imp_register_options *options);
imp_register_kind imp_register_is(const struct imp_register_table *table);
bool imp_register_has_managers(const struct imp_register_table *table);

/* imp_register_take reads one row, and returns why it is not taken: NULL when
 * it is. Both live in ctx->arena. */
const struct gaz_issue *
imp_register_take(struct gaz_ctx *ctx, const struct imp_register_table *table,
                  const struct imp_row *row, struct imp_register_row *out);

#endif

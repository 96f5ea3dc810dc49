/* edition.h - which of several editions of a line a delivery speaks for.
 *
 * A neighbour's service may give a section in several editions, each with its
 * line and markers: together they would be a line that runs twice and markers
 * that stand twice. Taken is what our own side takes (store/boundary.h): the
 * newest edition in the order of its text; ended ones, and those not in force
 * on the day, only if there is no other. Markers are of the edition of the
 * lines, where there are any of it.
 */
#ifndef IMP_EDITION_H
#define IMP_EDITION_H

#include "importers/delivery.h"

struct imp_edition_left {
    const char *zh; /* what was left aside: "..."; NULL: nothing */
    const char *en;
};

/* imp_edition_choose takes out of *delivery what is of another edition. What
 * says no edition stays. The texts live in ctx->arena. */
struct imp_edition_left imp_edition_choose(struct gaz_ctx *ctx, gaz_date day,
                                           struct imp_delivery *delivery);

/* imp_edition_columns finds the columns that tell: edition or 版本, status or
 * 状态, agreed_on, 协议日期, valid_from or 生效日期, valid_to or 失效日期. */
void imp_edition_columns(const struct imp_reader *reader,
                         int columns[IMP_EDITION_COLUMNS]);

/* imp_edition_of reads them from a row; its text lives as long as the row. */
struct imp_edition imp_edition_of(const struct imp_row *row,
                                  const int columns[IMP_EDITION_COLUMNS]);

#endif

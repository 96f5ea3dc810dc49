/* SPDX-License-Identifier: Apache-2.0 */
/* table.c - tables whose columns are ours: lines, inspections. */
#include <string.h>

#include "api/border/border.h"
#include "gazetteer/base/text.h"
#include "importers/open.h"
#include "importers/written.h"

gaz_status api_border_table_refuse(struct gaz_ctx *ctx,
                                   const struct api_border_table *table,
                                   const char *column, const char *why)
{
    return gaz_fail(
        ctx, GAZ_INVALID, "%s%s%lld: %s%s%s", table->path,
        table->row.line ? ":" : ": row ",
        (long long)(table->row.line ? table->row.line : table->row.number),
        column ? column : "", column ? ": " : "", why);
}

static gaz_status refuse_columns(struct gaz_ctx *ctx,
                                 const struct api_border_table *table,
                                 const char *const *known)
{
    const struct imp_reader *reader = table->reader;
    bool has_first = false;
    for (int i = 0; i < reader->column_count; i++) {
        int j = 0;
        while (known[j] && strcmp(reader->columns[i], known[j]) != 0)
            j++;
        if (!known[j])
            return gaz_fail(ctx, GAZ_INVALID, "%s: column '%.40s' is not known",
                            table->path, reader->columns[i]);
        has_first = has_first || j == 0;
    }
    return has_first ? GAZ_OK
                     : gaz_fail(ctx, GAZ_INVALID, "%s: no column '%s'",
                                table->path, known[0]);
}

gaz_status api_border_table_open(struct gaz_ctx *ctx, const char *path,
                                 const char *const *known,
                                 struct api_border_table *out)
{
    const struct imp_mapping mapping = {.format = IMP_FORMAT_AUTO};
    *out = (struct api_border_table){.path = path};
    gaz_status status = imp_open_reader(ctx, path, &mapping, &out->reader);
    if (status == GAZ_NOT_FOUND && !ctx->failure[0])
        return gaz_fail(ctx, status, "no file '%s'", path);
    if (status == GAZ_OK)
        status = refuse_columns(ctx, out, known);
    if (status != GAZ_OK)
        api_border_table_close(out);
    return status;
}

gaz_status api_border_table_next(struct gaz_ctx *ctx,
                                 struct api_border_table *table)
{
    gaz_status status = imp_reader_next(ctx, table->reader, &table->row);
    if (status == GAZ_OK && table->row.error)
        return api_border_table_refuse(ctx, table, NULL, table->row.error);
    return status;
}

void api_border_table_close(struct api_border_table *table)
{
    imp_reader_close(table->reader);
    table->reader = NULL;
}

const char *api_border_table_text(const struct api_border_table *table,
                                  const char *column)
{
    for (int i = 0; i < table->row.count; i++)
        if (strcmp(table->row.columns[i], column) == 0)
            return table->row.values[i];
    return "";
}

gaz_status api_border_table_day(struct gaz_ctx *ctx,
                                const struct api_border_table *table,
                                const char *column, gaz_date *out)
{
    const char *text = api_border_table_text(table, column);
    *out = GAZ_DATE_OPEN;
    if (!*text || imp_written_date(text, out))
        return GAZ_OK;
    return api_border_table_refuse(
        ctx, table, column,
        gaz_arena_printf(&ctx->arena, "'%.40s' is not a date", text));
}

gaz_status api_border_table_int(struct gaz_ctx *ctx,
                                const struct api_border_table *table,
                                const char *column, int64_t *out)
{
    const char *text = api_border_table_text(table, column);
    *out = 0;
    if (!*text || gaz_text_parse_int(text, out))
        return GAZ_OK;
    return api_border_table_refuse(
        ctx, table, column,
        gaz_arena_printf(&ctx->arena, "'%.40s' is not a whole number", text));
}

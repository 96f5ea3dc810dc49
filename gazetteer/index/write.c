/* SPDX-License-Identifier: Apache-2.0 */
#include "gazetteer/index/write.h"

#include <string.h>

#include "gazetteer/index/checksum.h"
#include "gazetteer/index/image.h"

static void open_image(struct gaz_image *image, struct gaz_builder *builder)
{
    *image = (struct gaz_image){
        .builder = builder,
        .keys.item_size = sizeof(struct gaz_image_key),
        .readings.item_size = sizeof(struct gaz_format_reading),
        .source_ids.item_size = sizeof(struct gaz_image_source)};
    for (int i = 0; i < GAZ_SECTION_COUNT; i++)
        image->sections[i].item_size = GAZ_FORMAT_ITEM_SIZES[i];
}

static void close_image(struct gaz_image *image)
{
    for (int i = 0; i < GAZ_SECTION_COUNT; i++)
        gaz_rows_close(&image->sections[i]);
    gaz_rows_close(&image->keys);
    gaz_rows_close(&image->readings);
    gaz_rows_close(&image->source_ids);
    gaz_free(image->given);
    gaz_free(image->offsets);
}

/* The stages, in order. */
static gaz_status make_sections(struct gaz_ctx *ctx, struct gaz_image *image,
                                struct gaz_unicode *unicode)
{
    gaz_status status = gaz_link_places(ctx, image);
    if (status != GAZ_OK)
        return status;
    gaz_label_places(image);
    status = gaz_keys_derive(ctx, image, unicode);
    if (status != GAZ_OK)
        return status;
    gaz_settle_texts(image);
    status = gaz_source_link(ctx, image);
    if (status == GAZ_OK)
        status = gaz_attach_rows(ctx, image);
    if (status != GAZ_OK)
        return status;
    gaz_areas_build(image);
    status = gaz_lines_build(ctx, image);
    if (status == GAZ_OK)
        status = gaz_position_fill(ctx, image);
    if (status != GAZ_OK)
        return status;
    gaz_rank_places(image);
    gaz_names_build(image);
    gaz_prefix_build(image);
    gaz_kdtree_build(image);
    gaz_box_build(image);
    gaz_sites_build(image);
    status = gaz_sounds_build(ctx, image, unicode);
    if (status != GAZ_OK)
        return status;
    return gaz_terms_build(ctx, image);
}

static void pad(struct gaz_rows *file)
{
    size_t over = file->count % GAZ_FORMAT_ALIGN;
    if (over > 0)
        (void)gaz_rows_add(file, GAZ_FORMAT_ALIGN - over);
}

uint64_t gaz_format_checksum(const void *data, size_t size)
{
    const char *bytes = data;
    const size_t at = offsetof(struct gaz_format_header, checksum);
    uint64_t head = gaz_checksum(bytes, at, 0);
    const size_t after = at + sizeof(uint64_t);
    return gaz_checksum(bytes + after, size - after, head);
}

/* Every limit of the format is a 32-bit index or offset. */
static gaz_status check_sizes(struct gaz_ctx *ctx,
                              const struct gaz_image *image)
{
    for (int i = 0; i < GAZ_SECTION_COUNT; i++)
        if (image->sections[i].count >= GAZ_NONE)
            return gaz_fail(ctx, GAZ_LIMIT,
                            "section %d of the snapshot would have %zu items, "
                            "more than a 32-bit index holds",
                            i, image->sections[i].count);
    return GAZ_OK;
}

static void write_file(const struct gaz_image *image, struct gaz_rows *file)
{
    struct gaz_format_section directory[GAZ_SECTION_COUNT];
    (void)gaz_rows_add(file,
                       sizeof(struct gaz_format_header) + sizeof(directory));
    pad(file);
    for (uint32_t i = 0; i < GAZ_SECTION_COUNT; i++) {
        const struct gaz_rows *section = &image->sections[i];
        directory[i] = (struct gaz_format_section){
            .offset = file->count,
            .count = section->count,
            .item_size = (uint32_t)section->item_size,
            .kind = i,
        };
        size_t size = section->count * section->item_size;
        if (size > 0)
            memcpy(gaz_rows_add(file, size), section->items, size);
        pad(file);
    }
    struct gaz_format_header header = {
        .version = GAZ_SNAPSHOT_VERSION,
        .section_count = GAZ_SECTION_COUNT,
        .size = file->count,
        .journal_seq = image->builder->journal_seq,
    };
    memcpy(header.magic, GAZ_FORMAT_MAGIC, sizeof(header.magic));
    char *bytes = file->items;
    memcpy(bytes, &header, sizeof(header));
    memcpy(bytes + sizeof(header), directory, sizeof(directory));
    header.checksum = gaz_format_checksum(bytes, file->count);
    memcpy(bytes, &header, sizeof(header));
}

gaz_status gaz_write_bytes(struct gaz_ctx *ctx, struct gaz_builder *builder,
                           struct gaz_rows *out, struct gaz_build_stats *stats)
{
    if (builder->refused.failure[0] != '\0')
        return gaz_fail(ctx, GAZ_INVALID, "%s",
                        gaz_ctx_failure(&builder->refused));
    struct gaz_unicode *unicode;
    gaz_status status = gaz_unicode_open(ctx, &unicode);
    if (status != GAZ_OK)
        return status;
    struct gaz_image image;
    open_image(&image, builder);
    status = make_sections(ctx, &image, unicode);
    if (status == GAZ_OK)
        status = check_sizes(ctx, &image);
    if (status == GAZ_OK) {
        write_file(&image, out);
        *stats = (struct gaz_build_stats){
            .places = gaz_image_count(&image, GAZ_SECTION_PLACES),
            .names = gaz_image_count(&image, GAZ_SECTION_NAMES),
            .addresses = gaz_image_count(&image, GAZ_SECTION_ADDRESSES),
            .bytes = out->count,
        };
    }
    close_image(&image);
    gaz_unicode_close(unicode);
    return status;
}

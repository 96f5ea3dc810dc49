/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/accuracy/model/cut.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "gazetteer/base/arena.h"

enum { NAMES_ROOM = 1 << 20, LINE_BYTES = 1024, SHORT_MIN_BYTES = 6 };

static const struct {
    const char *file;
    gaz_model_name_kind kind;
    gaz_model_name_kind short_kind;
} FILES[] = {
    {"provinces.csv", GAZ_MODEL_NAME_PROVINCE, GAZ_MODEL_NAME_SHORT_PROVINCE},
    {"cities.csv", GAZ_MODEL_NAME_CITY, GAZ_MODEL_NAME_SHORT_CITY},
    {"areas.csv", GAZ_MODEL_NAME_DISTRICT, GAZ_MODEL_NAME_SHORT_DISTRICT},
    {"streets.csv", GAZ_MODEL_NAME_TOWN, GAZ_MODEL_NAME_SHORT_TOWN},
    {"villages.csv", GAZ_MODEL_NAME_VILLAGE, GAZ_MODEL_NAME_VILLAGE},
};

/* What a short name is without; the longest that fits is taken off. */
static const char *const ENDINGS[] = {
    "特别行政区", "壮族自治区", "回族自治区", "维吾尔自治区", "自治区",
    "街道",       "街道办事处", "地区",       "新区",         "省",
    "市",         "区",         "县",         "镇",           "乡",
};

/* What people leave out of the name of a village: 新群村委会 is 新群村. */
static const char *const COMMITTEES[] = {
    "居民委员会",
    "民委员会",
    "居委会",
    "委会",
};

static uint32_t find(const void *names, uint64_t key)
{
    const struct names *n = names;
    if (!n)
        return 0;
    size_t i = key & (n->room - 1);
    while (n->keys[i] && n->keys[i] != key)
        i = (i + 1) & (n->room - 1);
    return n->keys[i] ? n->kinds[i] : 0;
}

static void put(struct names *n, const char *name, size_t size, uint32_t kind)
{
    struct gaz_model_text *text = cut_text(NULL, name, size);
    if (text->count < GAZ_MODEL_NAME_MIN_TOKENS ||
        text->count > GAZ_MODEL_NAME_TOKENS)
        return;
    uint64_t key = gaz_model_name_key(text->tokens, text->count);
    size_t i = key & (n->room - 1);
    while (n->keys[i] && n->keys[i] != key)
        i = (i + 1) & (n->room - 1);
    n->count += n->keys[i] == 0;
    n->keys[i] = key;
    n->kinds[i] |= 1u << kind;
}

static size_t without(const char *const *endings, size_t count,
                      const char *name, size_t size)
{
    size_t longest = 0;
    for (size_t i = 0; i < count; i++) {
        size_t len = strlen(endings[i]);
        if (len > longest && size >= len + SHORT_MIN_BYTES &&
            memcmp(name + size - len, endings[i], len) == 0)
            longest = len;
    }
    return size - longest;
}

static void put_forms(struct names *n, size_t which, const char *name,
                      size_t size)
{
    if (FILES[which].kind == GAZ_MODEL_NAME_VILLAGE) {
        size_t len = without(COMMITTEES, sizeof COMMITTEES / sizeof *COMMITTEES,
                             name, size);
        put(n, name, len, GAZ_MODEL_NAME_VILLAGE);
        return;
    }
    put(n, name, size, FILES[which].kind);
    size_t len = without(ENDINGS, sizeof ENDINGS / sizeof *ENDINGS, name, size);
    if (len < size)
        put(n, name, len, FILES[which].short_kind);
}

/* code,"name",... */
static void read_file(struct names *n, const char *folder, size_t which)
{
    char path[LINE_BYTES];
    char line[LINE_BYTES];
    snprintf(path, sizeof path, "%s/%s", folder, FILES[which].file);
    FILE *file = fopen(path, "r");
    if (!file) {
        fprintf(stderr, "cannot open '%s'\n", path);
        exit(2);
    }
    while (fgets(line, sizeof line, file)) {
        const char *name = strchr(line, '"');
        const char *end = name ? strchr(name + 1, '"') : NULL;
        if (!end)
            continue;
        put_forms(n, which, name + 1, (size_t)(end - name - 1));
    }
    fclose(file);
}

struct names *names_read(const char *folder)
{
    struct names *n = gaz_malloc(sizeof *n);
    n->room = NAMES_ROOM;
    n->keys = gaz_malloc(sizeof(uint64_t) * n->room);
    n->kinds = gaz_malloc(sizeof(uint32_t) * n->room);
    for (size_t i = 0; i < sizeof FILES / sizeof FILES[0]; i++)
        read_file(n, folder, i);
    return n;
}

struct gaz_model_text *cut_text(const struct names *names, const char *text,
                                size_t size)
{
    static struct gaz_model_text out;
    gaz_model_text_read(find, names, text, size, &out);
    return &out;
}

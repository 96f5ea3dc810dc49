/* doubles.h - a made-up city with planted duplicates, and what is only like a
 * duplicate, as a corpus; the labels apart.
 *
 * Nothing in it is real: it lies in the open sea (123 E to 126 E, 30 N to
 * 31 N), names are put together by chance, and every record is synthetic. The
 * same seed and size give the same city. Only the two provinces are called what
 * two real ones are, for the standardiser knows provinces by a list.
 *
 * Shape: two provinces side by side, counties of six towns. A town has roads,
 * villages of hamlets, estates of buildings, and shops and schools (sites).
 * Names come from 80 characters, so that namesakes in other towns, and names
 * that differ in one character, are there without being planted.
 *
 * A duplicate is a record of another source: its text is spoilt in one of the
 * ways of `doubles_class`, goes through the importer's standardiser, and hangs
 * under the road that the importer would find, or a new one of the name that
 * was written. Its position is as wrong as its source is (2 m to 200 m), or it
 * has none. What is planted as hard negatives has no label: any pair that no
 * label joins is two.
 */
#ifndef TESTS_BENCH_DOUBLES_H
#define TESTS_BENCH_DOUBLES_H

#include "gazetteer/audit/corpus.h"

typedef enum {
    DOUBLES_WRITING,   /* 三号, 3#, ３号, 2栋, 2号楼, 101 for 101室 */
    DOUBLES_ANNEX,     /* 3号之1, 3号附1, 3之1号, 3-1号 */
    DOUBLES_HIERARCHY, /* without province, city, county; with the village */
    DOUBLES_NO_TOWN,   /* without the town */
    DOUBLES_SOUND,     /* a character that sounds alike */
    DOUBLES_LETTER,    /* a character that looks alike, or any other */
    DOUBLES_LACKING,   /* a character is missing, or the generic */
    DOUBLES_ALIAS,     /* the road's other name */
    DOUBLES_WORDS,     /* receiver, telephone, 对面 */
    DOUBLES_SITE,      /* the name of what stands there, behind the number */
    DOUBLES_UNIT,      /* without 单元 */
    DOUBLES_JITTER,    /* as it is, from another source */
    DOUBLES_STALE,     /* as it is, and ended */
    DOUBLES_CATEGORY,  /* places: another category */
    DOUBLES_MADE,      /* places: the importer made it of a mistyped address */
    DOUBLES_CLASSES,
} doubles_class;

const char *doubles_class_name(doubles_class which);

/* A planted duplicate: which record it is one with. Records of one `root` are
 * one. */
struct doubles_label {
    int record; /* index of the corpus' places or addresses */
    int root;
    doubles_class which;
};

struct doubles_labels {
    struct doubles_label *items;
    int count;
    int capacity;
};

struct doubles {
    struct doubles_labels addresses;
    struct doubles_labels places;
};

/* doubles_fill adds about `addresses` addresses, 2,000 or more, duplicates
 * among them. GAZ_INVALID: never, if the lists in doubles_write.c are UTF-8. */
gaz_status doubles_fill(struct gaz_ctx *ctx, struct gaz_corpus *corpus,
                        uint64_t seed, uint32_t addresses, struct doubles *out);
void doubles_close(struct doubles *doubles);

#endif

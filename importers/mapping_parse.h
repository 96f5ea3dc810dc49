/* mapping_parse.h - what the files that read a mapping share; for them only. */
#ifndef IMP_MAPPING_PARSE_H
#define IMP_MAPPING_PARSE_H

#include <jansson.h>

#include "importers/mapping.h"

struct imp_mapping_parse {
    struct gaz_ctx *ctx;
    const char *name; /* of the mapping, for messages */
    struct imp_mapping *out;
};

/* Fails with "mapping 'x': "member" why". */
gaz_status imp_mapping_refuse(struct imp_mapping_parse *p, const char *member,
                              const char *why);

/* A string member; absent leaves *out. */
gaz_status imp_mapping_text(struct imp_mapping_parse *p, json_t *object,
                            const char *member, const char **out);

/* The field of a target; NULL: it is neither column nor value. */
struct imp_mapping_field *imp_mapping_field_of(struct imp_mapping *mapping,
                                               const char *target);

/* imp_mapping_profile reads the members that make a mapping a profile; after
 * columns and values. */
gaz_status imp_mapping_profile(struct imp_mapping_parse *p, json_t *root);

/* imp_mapping_give puts what the command line says over the members source and
 * values, before they are read. */
gaz_status imp_mapping_give(struct imp_mapping_parse *p, json_t *root,
                            const struct imp_mapping_given *given);

#endif

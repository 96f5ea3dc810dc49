/* form.h - what a request to write says, read strictly, and records written so
 * that they can be sent back.
 *
 * Every member is known or refused; a slip is told with its JSON pointer (RFC
 * 6901), all of them at once. What is absent stays as it is in the struct that
 * is filled: PUT fills an empty one, PATCH the one that is there (RFC 7396, but
 * that `position` comes whole).
 */
#ifndef API_WRITE_FORM_H
#define API_WRITE_FORM_H

#include "api/body.h"
#include "gazetteer/base/json.h"
#include "gazetteer/edit/editor.h"

enum { API_FORM_SLIPS_MAX = 50, API_FORM_BODY_MAX_BYTES = 256 * 1024 };

struct api_form_slip {
    const char *pointer; /* "/place/names/0/kind" */
    const char *zh;
    const char *en;
};

/* What is wrong with one body. */
struct api_form {
    struct gaz_arena *arena;
    struct api_form_slip slips[API_FORM_SLIPS_MAX];
    int slip_count;
};

/* What stands around the thing itself. */
struct api_form_envelope {
    const char *why;
    struct gaz_source source; /* its strings live in the arena */
    const struct api_value *thing;
    const char *pointer;  /* of the thing */
    gaz_date date;        /* of an abolition */
    gaz_id successor;     /* 0: none */
    const char *verbatim; /* the body as it came */
};

typedef enum {
    API_FORM_PLACE,   /* "place" */
    API_FORM_ADDRESS, /* "address" */
    API_FORM_NAME,    /* "name" */
    API_FORM_END,     /* "date", "successor" */
    API_FORM_REMOVE,  /* nothing more */
    API_FORM_UNDO,    /* only "why" */
} api_form_kind;

/* api_form_envelope_read reads {"why", "source", ...}. */
void api_form_envelope_read(struct api_form *form, const struct api_value *body,
                            api_form_kind kind, struct api_form_envelope *out);

void api_form_place(struct api_form *form, const struct api_value *value,
                    const char *pointer, struct gaz_place *inout);
void api_form_address(struct api_form *form, const struct api_value *value,
                      const char *pointer, struct gaz_address *inout);
void api_form_name(struct api_form *form, const struct api_value *value,
                   const char *pointer, struct gaz_name *inout);

/* A slip of the caller's own. */
void api_form_slip(struct api_form *form, const char *pointer, const char *zh,
                   const char *en);
/* The slips as a JSON array. */
void api_form_write_slips(const struct api_form *form, struct gaz_json *json,
                          const char *key);

/* The record as it is read back: api_form_place of it changes nothing. */
void api_form_write_place(struct gaz_json *json, const char *key,
                          const struct gaz_place *place);
void api_form_write_address(struct gaz_json *json, const char *key,
                            const struct gaz_address *address);

#endif

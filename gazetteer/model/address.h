/* address.h - an address, as text and as elements.
 *
 * The labels are the 21 of the parse21 corpus (Li et al., Neural Chinese
 * Address Parsing, NAACL 2019); docs/glossary.md maps them to GB/T 35639-2017,
 * table 13.
 */
#ifndef GAZ_MODEL_ADDRESS_H
#define GAZ_MODEL_ADDRESS_H

#include "gazetteer/model/place.h"

typedef enum {
    GAZ_ELEMENT_COUNTRY,
    GAZ_ELEMENT_PROV,
    GAZ_ELEMENT_CITY,
    GAZ_ELEMENT_DISTRICT,
    GAZ_ELEMENT_DEVZONE,
    GAZ_ELEMENT_TOWN,
    GAZ_ELEMENT_COMMUNITY,
    GAZ_ELEMENT_ROAD,
    GAZ_ELEMENT_ROADNO,
    GAZ_ELEMENT_SUBROAD,
    GAZ_ELEMENT_SUBROADNO,
    GAZ_ELEMENT_POI,
    GAZ_ELEMENT_SUBPOI,
    GAZ_ELEMENT_HOUSENO,
    GAZ_ELEMENT_CELLNO,
    GAZ_ELEMENT_FLOORNO,
    GAZ_ELEMENT_ROOMNO,
    GAZ_ELEMENT_PERSON,
    GAZ_ELEMENT_ASSIST,
    GAZ_ELEMENT_REDUNDANT,
    GAZ_ELEMENT_OTHERINFO,
    GAZ_ELEMENT_LABELS, /* how many */
} gaz_element_label;

enum { GAZ_ADDRESS_MAX_BYTES = 1024, GAZ_ELEMENTS_MAX = 48 };

struct gaz_element {
    gaz_element_label label;
    int start; /* code points of the input, first of the element */
    int end;   /* one past its last */
    int byte_start;
    int byte_end;
};

struct gaz_elements {
    struct gaz_element items[GAZ_ELEMENTS_MAX]; /* in text order, disjoint */
    int count;
};

/* A stored address: a number on a road, in a village, lane or estate. */
struct gaz_address {
    gaz_id id;
    const char *text;     /* the standard address, province first */
    gaz_id parent;        /* the road, village, hamlet or estate counted in */
    const char *number;   /* "158号", "3号-2", as standardised; "" for none */
    int32_t number_value; /* 158; 0 when there is no plain number */
    const char *tail;     /* what follows: "2幢3单元501室"; "" for none */
    gaz_id place;         /* the site that has this address, 0: none */
    struct gaz_position position;
    gaz_place_status status;
    gaz_date valid_from;
    gaz_date valid_to;
    int64_t source;
    bool is_synthetic;
    gaz_grade grade; /* as of a place */
};

/* gaz_element_name returns the label in lower case, as the corpus writes it. */
const char *gaz_element_name(gaz_element_label label);

#endif

/* put.h - what becomes of a record that is kept: joined to what is stored, or
 * stored as new. One file for each kind of entry.
 */
#ifndef IMP_PUT_H
#define IMP_PUT_H

#include "importers/resolve.h"
#include "importers/wkb.h"

/* What the functions below are given: one good record and what it names. */
struct imp_kept {
    const struct gaz_record *record;
    int64_t record_id;
    struct gaz_entry *entry;
    const struct imp_links *links;
    const struct imp_shape *shape;
};

struct imp_outcome {
    gaz_id about; /* the place or address; 0: none, or rejected after all */
    bool merged;  /* into something stored before */
};

/* Each adds what is wrong to `issues`; an error there rejects the row, and
 * nothing was stored for it. GAZ_DB and other failures end the import. */
gaz_status imp_put_place(struct imp_run *run, const struct imp_kept *kept,
                         struct imp_outcome *out, struct gaz_issues *issues);
gaz_status imp_put_address(struct imp_run *run, const struct imp_kept *kept,
                           struct imp_outcome *out);
gaz_status imp_put_claim(struct imp_run *run, const struct imp_kept *kept,
                         struct imp_outcome *out);
gaz_status imp_put_change(struct imp_run *run, const struct imp_kept *kept,
                          struct imp_outcome *out);
gaz_status imp_put_line(struct imp_run *run, const struct imp_kept *kept,
                        struct imp_outcome *out, struct gaz_issues *issues);

/* imp_put_attributes keeps what the entry says beside the model. */
gaz_status imp_put_attributes(struct imp_run *run, const struct imp_kept *kept,
                              gaz_id about);

/* imp_put_site_address stores the address that a site's record writes down, so
 * that asking for the address finds the site. An address that hangs nowhere or
 * has no number is a warning. */
gaz_status imp_put_site_address(struct imp_run *run,
                                const struct imp_kept *kept,
                                const struct gaz_place *site,
                                struct gaz_issues *issues);

#endif

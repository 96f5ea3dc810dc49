/* resolve.h - which stored places a row speaks of; reads only.
 *
 * A row whose place is not known is rejected before it is kept, so that the
 * same file can be imported again once the place is there.
 */
#ifndef IMP_RESOLVE_H
#define IMP_RESOLVE_H

#include "gazetteer/model/issue.h"
#include "importers/run.h"

/* Where an address hangs. */
struct imp_chain {
    gaz_id division;     /* the deepest that was named; 0: none */
    gaz_id town;         /* 0: none named */
    gaz_id numbered;     /* the road, hamlet or estate; 0: to be made */
    const char *missing; /* the division that is not known; NULL: all are */
};

struct imp_links {
    bool has_subject; /* of a place or claim */
    struct gaz_place subject;
    gaz_id from; /* of a change; left and right of a line */
    gaz_id to;
    struct imp_chain chain; /* of an address */
    gaz_id known; /* the address that has its 15-digit code; 0: none */
};

/* imp_resolve_place finds a place by official code, else by record key.
 * GAZ_NOT_FOUND, without a sentence; GAZ_DB. */
gaz_status imp_resolve_place(struct imp_run *run, const char *name,
                             struct gaz_place *out);

/* imp_resolve_chain walks province to community below `start` (0: anywhere) and
 * looks for the numbered parent. What is not known is told in out->missing. */
gaz_status imp_resolve_chain(struct imp_run *run, const struct gaz_entry *entry,
                             gaz_id start, struct imp_chain *out);

/* imp_resolve_numbered is the place under which the numbered parent of an
 * address stands: a road in its town, the others in the deepest division. */
gaz_id imp_resolve_numbered(const struct gaz_entry *entry,
                            const struct imp_chain *chain);

/* imp_resolve finds what the entry names and fills in the ids that the entry
 * itself holds. Unknown names are added to `issues`. GAZ_DB. */
gaz_status imp_resolve(struct imp_run *run, const struct gaz_record *record,
                       struct gaz_entry *entry, struct imp_links *out,
                       struct gaz_issues *issues);

#endif

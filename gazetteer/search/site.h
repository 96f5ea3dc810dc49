/* site.h - a site by the address that its own entry states.
 *
 * Where no road is known as a place, a site may still say where it stands
 * (address_text: 平湖市新仓镇朝阳路158号). This finds it from the road and the
 * number. It looks through the sites one by one, so it is asked only when names
 * left the road unexplained.
 */
#ifndef GAZ_SEARCH_SITE_H
#define GAZ_SEARCH_SITE_H

#include "gazetteer/search/chain.h"

/* gaz_site_find looks for a site in the places of `beam` (anywhere when it has
 * none) whose address has the unexplained road and the number of `cut`. When it
 * finds one, `beam` becomes the one chain that means it and *read the cut;
 * returns the site or GAZ_NONE. */
uint32_t gaz_site_find(const struct gaz_snapshot *snap,
                       const struct gaz_asked *asked, const struct gaz_cut *cut,
                       struct gaz_beam *beam, struct gaz_cut *read);

/* gaz_site_label writes the division, the road and number, and the site. */
const char *gaz_site_label(struct gaz_ctx *ctx, const struct gaz_snapshot *snap,
                           const struct gaz_asked *asked,
                           const struct gaz_cut *cut, uint32_t site);

void gaz_site_reason(struct gaz_ctx *ctx, const struct gaz_snapshot *snap,
                     const struct gaz_asked *asked, uint32_t site,
                     struct gaz_answer *answer);

#endif

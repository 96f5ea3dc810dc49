/* SPDX-License-Identifier: Apache-2.0 */
/* coverage_whole.c - the union of both sides, which the gaps are found by; of
 * long outlines in a thread of its own, beside the search for overlaps: both
 * are an overlay by GEOS, and a quarter of the time each. */
#include <stdio.h>

#include "gazetteer/geo/coverage_geos.h"

/* Shorter outlines are united faster than a thread begins to pay. */
enum { VERTICES_LEAST = 5000 };

/* On a grid, so that no crack of nanometres runs between the two. */
static const double GRID_PARTS = 10; /* of the noise */

static void keep_error(const char *message, void *user)
{
    struct gaz_coverage_whole *w = user;
    (void)snprintf(w->error, sizeof(w->error), "%s", message);
}

/* The thread's: nothing here is the other's. */
static void *unite(void *user)
{
    struct gaz_coverage_whole *w = user;
    w->result = GEOSUnionPrec_r(w->geos, w->sides[GAZ_COVERAGE_A],
                                w->sides[GAZ_COVERAGE_B], w->grid_m);
    return NULL;
}

static void drop_thread(struct gaz_coverage_whole *w)
{
    for (int i = 0; i < SIDES; i++) {
        GEOSGeom_destroy_r(w->geos, w->sides[i]);
        w->sides[i] = NULL;
    }
    GEOS_finish_r(w->geos);
    w->geos = NULL;
}

void gaz_coverage_begin_gaps(struct gaz_coverage *c, double noise_m)
{
    struct gaz_coverage_whole *w = &c->whole;
    int vertices = 0;
    for (int i = 0; i < SIDES; i++)
        vertices += GEOSGetNumCoordinates_r(c->geos, c->sides[i]);
    if (w->is_running || w->result || vertices < VERTICES_LEAST)
        return;
    w->geos = GEOS_init_r();
    if (!w->geos)
        return;
    (void)GEOSContext_setErrorMessageHandler_r(w->geos, keep_error, w);
    w->grid_m = noise_m / GRID_PARTS;
    for (int i = 0; i < SIDES; i++)
        w->sides[i] = GEOSGeom_clone_r(c->geos, c->sides[i]);
    w->is_running = w->sides[0] && w->sides[1] &&
                    pthread_create(&w->thread, NULL, unite, w) == 0;
    if (!w->is_running)
        drop_thread(w);
}

void gaz_coverage_whole_join(struct gaz_coverage *c)
{
    struct gaz_coverage_whole *w = &c->whole;
    if (!w->is_running)
        return;
    (void)pthread_join(w->thread, NULL);
    w->is_running = false;
    drop_thread(w);
    if (!w->result)
        (void)snprintf(c->error, sizeof(c->error), "%s", w->error);
}

GEOSGeometry *gaz_coverage_whole_take(struct gaz_coverage *c, double noise_m)
{
    const bool was_begun = c->whole.is_running;
    const double grid_m = noise_m / GRID_PARTS;
    gaz_coverage_whole_join(c);
    GEOSGeometry *whole = c->whole.result;
    c->whole.result = NULL;
    if (was_begun && whole && c->whole.grid_m == grid_m)
        return whole;
    GEOSGeom_destroy_r(c->geos, whole);
    return GEOSUnionPrec_r(c->geos, c->sides[GAZ_COVERAGE_A],
                           c->sides[GAZ_COVERAGE_B], grid_m);
}

/* write.h - pairs as table, JSON or CSV (RFC 4180). */
#ifndef GAZ_TWINS_WRITE_H
#define GAZ_TWINS_WRITE_H

#include "gazetteer/base/buffer.h"
#include "gazetteer/twins/twins.h"

enum { GAZ_TWINS_WRITE_MAX_BYTES = 1 << 30 };

/* Pairs of a lower band than `least` are counted only. */
void gaz_twins_table(const struct gaz_corpus *corpus,
                     const struct gaz_twins *twins, gaz_band least,
                     struct gaz_buffer *out);
void gaz_twins_json(const struct gaz_corpus *corpus,
                    const struct gaz_twins *twins, gaz_band least,
                    struct gaz_buffer *out);
void gaz_twins_csv(const struct gaz_corpus *corpus,
                   const struct gaz_twins *twins, gaz_band least,
                   struct gaz_buffer *out);

#endif

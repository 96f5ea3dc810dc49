/* snapshot_swap.h - the snapshot that answers now, and its replacement.
 *
 * `diming build` renames a new file over the old one. A thread looks at the
 * file once a second, opens a new one beside the old, and swaps the pointer;
 * a request holds the one it began with until it ends. Opening costs
 * milliseconds and happens on that thread: a request never waits for it. A file
 * that cannot be opened is reported and the old one keeps answering.
 */
#ifndef API_SNAPSHOT_SWAP_H
#define API_SNAPSHOT_SWAP_H

#include "gazetteer/index/snapshot.h"
#include "tiles/feature.h"
#include "tiles/tile.h"

/* A snapshot in use. */
struct api_shot {
    struct gaz_snapshot *snap;
    struct tile_maker *tiles;
    uint64_t tiles_seq;     /* the journal up to here is in the map */
    struct api_shot *owner; /* of the snapshot; NULL: this one */
    int users;              /* under the swap's lock; the swap itself is one */
};

struct api_swap;

/* What happened, for the log: a loaded file, or why one was not. */
typedef void api_swap_log(const char *message, void *user);

/* api_snapshot_swap_open loads the file and begins to watch it. A file that
 * does not exist yet is no failure: it is loaded when it comes.
 * @return GAZ_OK; GAZ_INVALID: damaged or of another version; GAZ_IO */
gaz_status api_snapshot_swap_open(struct gaz_ctx *ctx, const char *path,
                                  api_swap_log *log, void *user,
                                  struct api_swap **out);
/* api_snapshot_swap_keep lets the tiles be kept in a file as well (disk.h).
 * @return GAZ_OK; GAZ_INVALID: the file is no tile cache; GAZ_IO */
gaz_status api_snapshot_swap_keep(struct gaz_ctx *ctx, struct api_swap *swap,
                                  const char *tile_cache);
/* All shots must have been given back; accepts NULL. */
void api_snapshot_swap_close(struct api_swap *swap);

/* api_snapshot_swap_take returns the current one, or NULL when there is none
 * yet; give it back with _give (accepts NULL). */
struct api_shot *api_snapshot_swap_take(struct api_swap *swap);
void api_snapshot_swap_give(struct api_swap *swap, struct api_shot *shot);

/* api_snapshot_swap_edit replaces `shot` by one with the same snapshot, whose
 * map has some named points changed, as of journal entry `seq`. False when
 * another answers by now, or the map cannot be changed so (tile_maker_edit). */
bool api_snapshot_swap_edit(struct gaz_ctx *ctx, struct api_swap *swap,
                            struct api_shot *shot,
                            const struct tile_edit *edits, uint32_t count,
                            uint64_t seq);
/* api_snapshot_swap_passed notes that entries up to `seq` change no map. */
void api_snapshot_swap_passed(struct api_swap *swap, struct api_shot *shot,
                              uint64_t seq);

/* api_snapshot_swap_check looks at the file now; true when a new one answers.
 */
bool api_snapshot_swap_check(struct gaz_ctx *ctx, struct api_swap *swap);

#endif

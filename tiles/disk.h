/* disk.h - tiles that were made, in a file that outlives the program.
 *
 * One SQLite file: table `cache` holds every form of a tile (the key of the
 * cache in memory, tile.c packs it), and the view `tiles` shows one of them as
 * MBTiles 1.3, so that QGIS and gdalinfo open the file. WAL, synchronous
 * NORMAL: a crash costs at most the last tiles and never the order of what was
 * written.
 *
 * The file belongs to one state: the hash of snapshot, styles, program and
 * fonts (tile.c). Each read and each write names the state in the same
 * statement, so a tile of another state is neither given nor kept, whoever else
 * has the file open. A new snapshot turns the file: what it changes is deleted,
 * then the new state is written, in one transaction. Whoever opens the file
 * with a state that it does not have empties it.
 *
 * A disk that fails costs the cache, not the tile: the failure is kept for
 * tile_disk_failure, and from then on nothing is found and nothing is kept.
 *
 * Thread-safe.
 */
#ifndef TILES_DISK_H
#define TILES_DISK_H

#include <stdint.h>

#include "gazetteer/base/buffer.h"
#include "gazetteer/base/context.h"

struct tile_disk;

/* tile_disk_open creates the file, or takes it up; *emptied tells how many
 * tiles of another state it threw away. The disk has one user; tile_disk_share
 * adds one, tile_disk_close takes one away.
 * @return GAZ_OK; GAZ_INVALID: no tile cache of ours; GAZ_IO */
gaz_status tile_disk_open(struct gaz_ctx *ctx, const char *path, uint64_t state,
                          struct tile_disk **out, uint64_t *emptied);
struct tile_disk *tile_disk_share(struct tile_disk *disk);
void tile_disk_close(struct tile_disk *disk); /* accepts NULL */

/* tile_disk_get appends a tile to `out`; false when there is none. */
bool tile_disk_get(struct tile_disk *disk, uint64_t state, uint64_t key,
                   struct gaz_buffer *out);
bool tile_disk_has(struct tile_disk *disk, uint64_t state, uint64_t key);

/* tile_disk_put keeps a tile; false when the file has another state by now, or
 * fails. */
bool tile_disk_put(struct tile_disk *disk, uint64_t state, uint64_t key,
                   const void *data, size_t size);

/* Many puts cost less inside of a group. */
void tile_disk_group(struct tile_disk *disk, bool begins);

/* True when the tile of this key is another in the new state. */
typedef bool tile_disk_is_stale(uint64_t key, void *user);

/* tile_disk_turn goes from one state to another: stale tiles are deleted. A
 * file that has neither state is emptied. Returns how many tiles went on. */
uint64_t tile_disk_turn(struct tile_disk *disk, uint64_t from, uint64_t to,
                        tile_disk_is_stale *is_stale, void *user);

/* tile_disk_drop deletes tiles and takes the file to another state. */
void tile_disk_drop(struct tile_disk *disk, uint64_t from, uint64_t to,
                    const uint64_t *keys, uint32_t count);

/* tile_disk_has_form is true when it may have tiles whose keys begin with this:
 * form and zoom, key >> 40. */
enum { TILE_DISK_FORMS = 1 << 14 };
bool tile_disk_has_form(struct tile_disk *disk, uint32_t form);

struct tile_disk_stats {
    uint64_t tiles;
    uint64_t bytes;
    uint64_t hits;
    uint64_t misses;
};
void tile_disk_count(struct tile_disk *disk, struct tile_disk_stats *out);

/* Why the disk failed; "" while it works. Lives as long as the disk. */
const char *tile_disk_failure(struct tile_disk *disk);

#endif

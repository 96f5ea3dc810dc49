/* checksum.h - tells a damaged snapshot from a whole one. Private to the room.
 *
 * Not cryptographic: it is against disks, copies and short writes. Eight lanes
 * of xor and multiply run at the speed of memory, so that a snapshot of 150 MB
 * opens well within 100 ms. Every step is a bijection of its lane, so that a
 * change inside a single 8-byte word is always noticed.
 */
#ifndef GAZ_INDEX_CHECKSUM_H
#define GAZ_INDEX_CHECKSUM_H

#include <stddef.h>
#include <stdint.h>

/* gaz_checksum digests `size` bytes; chain parts by `seed`. */
uint64_t gaz_checksum(const void *data, size_t size, uint64_t seed);

#endif

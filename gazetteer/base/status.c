/* SPDX-License-Identifier: Apache-2.0 */
#include "gazetteer/base/status.h"

const char *gaz_status_name(gaz_status status)
{
    switch (status) {
    case GAZ_OK:
        return "ok";
    case GAZ_END:
        return "end";
    case GAZ_NOT_FOUND:
        return "not found";
    case GAZ_INVALID:
        return "invalid";
    case GAZ_LIMIT:
        return "limit";
    case GAZ_IO:
        return "io";
    case GAZ_DB:
        return "db";
    }
    return "unknown";
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "gazetteer/model/record.h"

#include <string.h>

const char *gaz_record_field(const struct gaz_record *record, const char *name)
{
    for (int i = 0; i < record->field_count; i++)
        if (strcmp(record->fields[i].name, name) == 0)
            return record->fields[i].value[0] ? record->fields[i].value : NULL;
    return NULL;
}

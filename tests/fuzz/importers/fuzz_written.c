/* fuzz_written.c - any bytes as a day, an angle and a number: what is taken is
 * one, and a day reads the same once it is written plainly. */
#include <assert.h>
#include <math.h>
#include <stdint.h>
#include <string.h>

#include "importers/written.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char text[IMP_WRITTEN_MAX_BYTES + 32];
    char again[GAZ_DATE_MAX_BYTES];
    gaz_date date = 0;
    gaz_date same = 0;
    double value = 0;
    if (size >= sizeof(text))
        size = sizeof(text) - 1;
    memcpy(text, data, size);
    text[size] = '\0';
    if (imp_written_date(text, &date)) {
        assert(date > 0);
        assert(imp_written_date(gaz_date_write(date, again), &same));
        assert(same == date);
    }
    if (imp_written_angle(text, &value))
        assert(isfinite(value));
    if (imp_written_number(text, &value))
        assert(isfinite(value));
    return 0;
}

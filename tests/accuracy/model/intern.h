/* intern.h - numbers keys from 0 in the order they come. */
#ifndef TESTS_ACCURACY_MODEL_INTERN_H
#define TESTS_ACCURACY_MODEL_INTERN_H

#include <stdint.h>

struct intern {
    uint64_t *keys;  /* by number */
    uint32_t *slots; /* 1 + number, 0: free */
    uint32_t count;
    uint32_t room; /* slots, a power of two */
};

void intern_open(struct intern *intern);
void intern_close(struct intern *intern);

/* intern_number returns the number of a key, new or not. */
uint32_t intern_number(struct intern *intern, uint64_t key);

#endif

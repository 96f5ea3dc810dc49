/* city_questions.h - what the made-up city is asked for over HTTP.
 *
 * Each writes one path with its query, escaped, into `out`:
 *     geocode  two in ten with a wrong character, two from the town downwards,
 *              the rest whole;
 *     reverse  places in the city's box;
 *     suggest  keystrokes: two to six letters of a place's spelling.
 */
#ifndef TESTS_BENCH_CITY_QUESTIONS_H
#define TESTS_BENCH_CITY_QUESTIONS_H

#include "tests/bench/city.h"

typedef void city_question(const struct gaz_snapshot *snap,
                           struct city_random *random, char *out, size_t size);

city_question city_question_geocode;
city_question city_question_reverse;
city_question city_question_suggest;

#endif

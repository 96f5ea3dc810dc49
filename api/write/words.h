/* words.h - the words of enumerations, in the order of gazetteer/model; each
 * list ends with NULL. */
#ifndef API_WRITE_WORDS_H
#define API_WRITE_WORDS_H

extern const char *const API_WORDS_KIND[];
extern const char *const API_WORDS_BASIS[];
extern const char *const API_WORDS_METHOD[];
extern const char *const API_WORDS_STATUS[];
extern const char *const API_WORDS_LEVEL[];

#endif

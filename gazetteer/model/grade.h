/* grade.h - whether a place or an address is for the public (密级).
 *
 * The forms of the second census of place names have a column 密级, and what is
 * secret is published by nobody (保守国家秘密法, 地名管理条例 art. 23). What is
 * graded is in no snapshot and in no answer but an admin's from the database,
 * and neither is what lies in it. 机密 and 绝密 do not belong into such a
 * program: the profile of the census refuses them.
 */
#ifndef GAZ_MODEL_GRADE_H
#define GAZ_MODEL_GRADE_H

#include <stdbool.h>

typedef enum {
    GAZ_GRADE_PUBLIC = 0,
    GAZ_GRADE_INTERNAL = 1, /* 内部 */
    GAZ_GRADE_SECRET = 2,   /* 秘密 */
    GAZ_GRADES,             /* how many */
} gaz_grade;

/* "public", "internal", "secret": of mappings and the command line. */
const char *gaz_grade_name(gaz_grade grade);

/* gaz_grade_read tells what a table says of a row: a name, or 公开, 无, 内部
 * ... NULL and "" are public; a word that is not known is as secret as can be.
 */
gaz_grade gaz_grade_read(const char *text);

/* gaz_grade_find finds a grade by its name; false: there is none. */
bool gaz_grade_find(const char *name, gaz_grade *out);

#endif

/* issue.h - a failed check, with its evidence. */
#ifndef GAZ_MODEL_ISSUE_H
#define GAZ_MODEL_ISSUE_H

typedef enum {
    GAZ_SEVERITY_INFO = 0,
    GAZ_SEVERITY_WARNING = 1, /* stored; an officer should look */
    GAZ_SEVERITY_ERROR = 2,   /* the record is rejected */
} gaz_severity;

struct gaz_issue {
    const char *rule; /* "N01", "C02", "E4": the id in docs and data/rules */
    gaz_severity severity;
    const char *message; /* one sentence, Chinese */
    const char *message_en;
    const char *column; /* the record's column to blame, NULL: the whole row */
    const char *evidence;  /* JSON, or NULL */
    const char *fix_field; /* of the record, and what to put there; NULL: not */
    const char *fix;       /* known */
};

enum { GAZ_ISSUES_MAX = 32 };

struct gaz_issues {
    struct gaz_issue items[GAZ_ISSUES_MAX]; /* further ones are counted only */
    int count;
    int errors;
};

#endif

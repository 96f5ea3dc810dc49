/* rule.h - rules as data: what is checked, by which clause, since when.
 *
 * A rule says what the law or a standard asks and which predicate (a function
 * of this room or of gazetteer/audit) finds where it is not kept. The files of
 * data/rules/ are part of the binary; `--rules DIR` puts others in their place.
 * data/rules/README.md explains the format.
 *
 * Rules are dated: of several with one id, that in force on a day judges what
 * was done on that day. A finding is `sure` (the rule's severity) or `doubtful`
 * (its `doubt`); on a record that is stored already, `existing` is the highest.
 */
#ifndef GAZ_QUALITY_RULE_H
#define GAZ_QUALITY_RULE_H

#include <stdbool.h>

#include "gazetteer/base/asset.h"
#include "gazetteer/base/context.h"
#include "gazetteer/base/date.h"
#include "gazetteer/model/issue.h"

enum {
    GAZ_RULES_MAX = 256,
    GAZ_RULE_PARAMS_MAX = 8,
    GAZ_RULE_FILE_MAX_BYTES = 1024 * 1024,
    GAZ_RULE_LINE_MAX_BYTES = 4096,
};

/* What a rule looks at. */
typedef enum {
    GAZ_SCOPE_ANY,     /* every entry by itself */
    GAZ_SCOPE_PLACE,   /* a place */
    GAZ_SCOPE_ADDRESS, /* an address */
    GAZ_SCOPE_CLAIM,
    GAZ_SCOPE_CHANGE,
    GAZ_SCOPE_ROAD, /* all numbers of one road, village or estate */
    GAZ_SCOPE_CITY, /* the whole database: indicators */
    GAZ_SCOPES,     /* how many */
} gaz_scope;

/* When a predicate can run. */
typedef enum {
    GAZ_STAGE_ROW,  /* the entry alone is enough: at import too */
    GAZ_STAGE_BASE, /* needs the other records */
    GAZ_STAGE_NONE, /* none yet: `because` says why */
} gaz_stage;

typedef enum {
    GAZ_FIX_NONE,      /* a person must find out */
    GAZ_FIX_OFFICER,   /* the finding suggests one; a person decides */
    GAZ_FIX_AUTOMATIC, /* the suggestion is always right */
} gaz_fix;

typedef enum {
    GAZ_PARAM_NUMBER,
    GAZ_PARAM_WORD,
    GAZ_PARAM_LIST, /* a file of lists/, one entry a line */
} gaz_param_type;

struct gaz_rule_list {
    const char *name;
    const char *const *words; /* in the file's order */
    int count;                /* 0: the list is not public, ships empty */
};

struct gaz_rule_param {
    const char *name;
    const char *text; /* as the file has it */
    gaz_param_type type;
    double number;
    struct gaz_rule_list list;
};

struct gaz_rule {
    const char *id;       /* "N05", "C02", "Q07" */
    const char *title;    /* Chinese */
    const char *title_en; /* English */
    const char *clause;   /* law article, standard clause, or the own reason */
    const char *mark;     /* A, B, M or D: how sure we are of the clause */
    gaz_date from;        /* in force, half-open; 0: open */
    gaz_date to;
    gaz_severity severity; /* of a sure finding */
    gaz_severity doubt;    /* of a doubtful one */
    gaz_severity existing; /* the highest for a stored record */
    gaz_scope scope;
    const char *category; /* prefixes of GB/T 18521, "2161 2162"; NULL: all */
    const char *check;    /* the predicate; "none": see because */
    const char *because;  /* why it cannot be evaluated; NULL otherwise */
    bool is_final;        /* its finding says all: no further rule is asked */
    gaz_stage stage;
    gaz_fix fix;
    struct gaz_rule_param params[GAZ_RULE_PARAMS_MAX];
    int param_count;
    const char *file;
    int line;
};

struct gaz_rules {
    const struct gaz_rule *items; /* in the order of the files */
    int count;
};

/* What a predicate is called and asks for; functions are found by name. */
struct gaz_predicate {
    const char *name;
    gaz_stage stage;
    const char *params; /* "tolerance_m:number list:list within:word" */
};
extern const struct gaz_predicate GAZ_PREDICATES[]; /* ends with NULL name */
const struct gaz_predicate *gaz_predicate_find(const char *name);

/* gaz_predicate_is_of_import: it looks at the source's own writing, which is
 * not kept apart, and judges nothing in a stored database. */
bool gaz_predicate_is_of_import(const char *name);

/* The rules and lists of data/rules/, part of the binary. */
extern const struct gaz_asset GAZ_RULE_ASSETS[];

/* gaz_rules_parse reads the files of a table: each that ends with ".rules", in
 * order; lists are looked up in it as "lists/NAME.txt". All or nothing.
 *
 * @return GAZ_OK; GAZ_INVALID: "naming.rules:12:7: ..." says file, line, column
 *         and reason; GAZ_LIMIT. *out lives in ctx->arena. */
gaz_status gaz_rules_parse(struct gaz_ctx *ctx, const struct gaz_asset *files,
                           struct gaz_rules *out);

/* gaz_rules_load reads a folder like data/rules/ (NULL: the rules of the
 * binary), with the lists that are in another folder, NAME.txt, in place of
 * those of the same name (NULL: none). What a folder of rules lacks is not
 * filled up from the binary: a set is whole. */
gaz_status gaz_rules_load(struct gaz_ctx *ctx, const char *folder,
                          const char *lists, struct gaz_rules *out);

/* gaz_rules_choose makes such a set the default of this process: once, before
 * gaz_rules_default is called and before there are other threads. */
gaz_status gaz_rules_choose(struct gaz_ctx *ctx, const char *folder,
                            const char *lists);

/* gaz_rules_default gives those of the binary. Made by the first call in the
 * process, shared by all threads, never changed after. */
const struct gaz_rules *gaz_rules_default(void);

/* gaz_rule_is_in_force: does the rule judge what was done on `day`? */
bool gaz_rule_is_in_force(const struct gaz_rule *rule, gaz_date day);

/* gaz_rule_takes: does it concern a place of this category? */
bool gaz_rule_takes(const struct gaz_rule *rule, int category);

/* gaz_rule_grade: the severity of a finding. */
gaz_severity gaz_rule_grade(const struct gaz_rule *rule, bool is_sure,
                            bool is_stored);

/* The parameters; that they are there was checked when the file was read. */
double gaz_rule_number(const struct gaz_rule *rule, const char *name);
const char *gaz_rule_word(const struct gaz_rule *rule, const char *name);
const struct gaz_rule_list *gaz_rule_list(const struct gaz_rule *rule,
                                          const char *name);
/* gaz_rule_list_has: is `word` an entry? */
bool gaz_rule_list_has(const struct gaz_rule_list *list, const char *word);
/* gaz_rule_list_within gives the entry that stands in `text`, or NULL. */
const char *gaz_rule_list_within(const struct gaz_rule_list *list,
                                 const char *text);

const char *gaz_severity_name(gaz_severity severity); /* "error" */
const char *gaz_severity_zh(gaz_severity severity);   /* "错误" */
const char *gaz_scope_name(gaz_scope scope);

#endif

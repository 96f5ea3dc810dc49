/* audit.h - the rules over all records: findings, counts, indicators.
 *
 *     gaz_corpus_open(ctx, rules, &corpus);
 *     gaz_load_corpus(ctx, store, corpus);
 *     gaz_audit_open(ctx, rules, corpus, &options, &audit);
 *     gaz_audit_run(ctx, audit);
 *     for (int i = 0; i < audit->finding_count; i++) ...
 *     gaz_audit_close(audit);
 *
 * Every rule in force on the day is evaluated or says why not: a rule without a
 * finding has been `tested` on so many records, or has a `why`. Findings are in
 * the order of the rules and of the records: the same records give the same
 * bytes.
 */
#ifndef GAZ_AUDIT_AUDIT_H
#define GAZ_AUDIT_AUDIT_H

#include "gazetteer/audit/corpus.h"
#include "gazetteer/quality/check.h"

/* What a finding is about. */
typedef enum {
    GAZ_SUBJECT_PLACE,
    GAZ_SUBJECT_ADDRESS,
    GAZ_SUBJECT_CLAIM,
    GAZ_SUBJECT_CHANGE,
    GAZ_SUBJECT_CITY,
} gaz_subject;

struct gaz_finding {
    const struct gaz_rule *rule;
    gaz_severity severity;
    gaz_subject subject;
    int index;        /* of the corpus' records of that kind */
    gaz_id id;        /* 0: none (claims, changes, the city) */
    const char *name; /* of the record; "" */
    const char *code; /* of the place, or of the address' division; "" */
    const char *town; /* name of the township it lies in; "" */
    const char *zh;   /* one sentence */
    const char *en;
    gaz_id other;           /* the clashing record; 0: none */
    const char *other_name; /* NULL: none */
    const char *other_code;
    double distance_m; /* how far off, or from the other; -1: no distance */
    double east_m;     /* of an offset, with north_m; both 0: none */
    double north_m;
    const char *fix;       /* what to put in its place; NULL: not known */
    const char *fix_field; /* of the record, as `review edit` takes it: "name",
                            * "roman", "position", "tail" ...; NULL: the fix is
                            * to read only */
    const char *waived;    /* "waived" or "rejected" by a clerk, with who and
                            * why; NULL: it stands (waive.h) */
    const char *waived_by;
    const char *waived_why;
    bool has_where;
    struct gaz_coord where;
};

/* How a rule fared. */
struct gaz_rule_result {
    const struct gaz_rule *rule;
    int64_t tested;  /* records (numbers, for roads) that could be judged */
    int64_t found;   /* without those that are waived */
    int64_t waived;  /* by a clerk */
    const char *why; /* not evaluated: Chinese; NULL: evaluated */
    const char *why_en;
    double value; /* indicators, per cent; -1: none */
    double target;
};

struct gaz_audit_options {
    gaz_date at;        /* judge by the rules of this day; 0: today */
    int64_t source;     /* only records of this source; 0: all */
    const char *in;     /* only below this division code; NULL: all */
    const gaz_id *only; /* only these places and addresses, by id; NULL: all */
    int only_count;
};

struct gaz_audit {
    const struct gaz_corpus *corpus;
    struct gaz_audit_options options;
    struct gaz_ctx ctx;              /* holds the findings */
    struct gaz_ctx scratch;          /* reset between records */
    struct gaz_rule_result *results; /* of the rules in force, in order */
    int result_count;
    struct gaz_finding *findings;
    int finding_count;
    int finding_capacity;
    int waived_count; /* behind the others in `findings`, not counted there */
    int64_t by_severity[3];
    /* while it runs */
    struct gaz_rule_result *now;
    gaz_subject kind;
    bool is_single; /* one record: a pair is told from either side */
    /* of a proposed place, which has no id */
    const struct gaz_attribute *proposed;
    int proposed_count;
};

gaz_status gaz_audit_open(struct gaz_ctx *ctx, const struct gaz_rules *rules,
                          const struct gaz_corpus *corpus,
                          const struct gaz_audit_options *options,
                          struct gaz_audit **out);
void gaz_audit_close(struct gaz_audit *audit); /* accepts NULL */

/* gaz_audit_run evaluates every rule on every record. */
void gaz_audit_run(struct gaz_audit *audit);

/* gaz_audit_count is how many records of a kind the options ask for. */
int gaz_audit_count(const struct gaz_audit *audit, gaz_subject kind);

/* gaz_audit_place and _address evaluate the rules that concern one record (and
 * the numbers of its road); findings are added to those that are there. */
void gaz_audit_place(struct gaz_audit *audit, int place);
void gaz_audit_address(struct gaz_audit *audit, int address);

/* ---- for the predicates ---- */

/* A predicate judges one record by audit->now->rule and returns how much it
 * judged: 0 when it could not (gaz_audit_lacks says why). */
typedef int gaz_audit_check(struct gaz_audit *audit, int index);
gaz_audit_check *gaz_audit_find(const char *name);

/* gaz_audit_lacks says why the rule is not evaluated, if no record can be. */
void gaz_audit_lacks(struct gaz_audit *audit, const char *zh, const char *en);

/* gaz_audit_explain says why, once all records are judged. */
void gaz_audit_explain(struct gaz_audit *audit, struct gaz_rule_result *result);

/* gaz_audit_add notes a finding about record `index` of audit->kind; the
 * sentences are made or constant, and live long enough. Fill in what else is
 * known. */
struct gaz_finding *gaz_audit_add(struct gaz_audit *audit, int index,
                                  bool is_sure, const char *zh, const char *en);
/* gaz_audit_against notes the clashing record of a finding, and how far away
 * it is when both have positions. */
void gaz_audit_against(struct gaz_audit *audit, struct gaz_finding *finding,
                       gaz_subject kind, int index);
const char *gaz_audit_printf(struct gaz_audit *audit, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* The position of record `index` of audit->kind; NULL: none, or only that of
 * the division it lies in. */
const struct gaz_position *gaz_audit_position(const struct gaz_audit *audit,
                                              int index);

/* The first value of a kind of record `index` of audit->kind, or NULL. */
const char *gaz_audit_attribute(const struct gaz_audit *audit, int index,
                                gaz_attribute_kind kind);

/* All of a record, into the entry that its row rules see; in audit->scratch. */
void gaz_audit_fill_attributes(struct gaz_audit *audit, int index,
                               struct gaz_entry *entry);

gaz_audit_check gaz_audit_toponym_place, gaz_audit_address_code_place,
    gaz_audit_local_name, gaz_audit_deed_address, gaz_audit_within_days,
    gaz_audit_shared_code, gaz_audit_derived_gone;

gaz_audit_check gaz_audit_unique_name, gaz_audit_same_across,
    gaz_audit_listed_elsewhere, gaz_audit_one_standard, gaz_audit_embedded_name,
    gaz_audit_revived_name, gaz_audit_renamed_again, gaz_audit_traditional,
    gaz_audit_roman_reading, gaz_audit_roman_alphabet, gaz_audit_roman_spacing,
    gaz_audit_roman_capitals, gaz_audit_roman_apostrophe, gaz_audit_roman_tones,
    gaz_audit_parent_lives, gaz_audit_code_reused, gaz_audit_name_overlap,
    gaz_audit_name_gap, gaz_audit_change_dates, gaz_audit_in_parent,
    gaz_audit_datum_gcj02, gaz_audit_datum_bd09, gaz_audit_wrong_zone,
    gaz_audit_on_road, gaz_audit_no_position, gaz_audit_number_parity,
    gaz_audit_number_order, gaz_audit_number_gap, gaz_audit_number_twice,
    gaz_audit_address_twice, gaz_audit_address_alike, gaz_audit_one_address,
    gaz_audit_obsolete_parent, gaz_audit_indicator;

#endif

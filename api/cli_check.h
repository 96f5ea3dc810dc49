/* cli_check.h - between the two files of `diming check`. */
#ifndef API_CLI_CHECK_H
#define API_CLI_CHECK_H

#include "api/cli.h"
#include "gazetteer/audit/audit.h"

typedef enum {
    API_CHECK_TABLE,
    API_CHECK_JSON,
    API_CHECK_CSV,
    API_CHECK_GEOJSON,
    API_CHECK_XLSX,
} api_check_format;

/* What the command line asks for. */
struct api_check_request {
    api_check_format format;
    gaz_severity least;
    struct gaz_audit_options options;
    const char *source;
    const char *name;     /* a proposed name; NULL: the database */
    const char *category; /* of it */
    bool keeps;           /* the indicators go into the database */
    int import;           /* number of one import; 0: not asked for */
    bool wants_progress;  /* the kept runs */
    bool wants_imports;   /* the imports that there were */
    const char *with;     /* "floors=8;applicant=...": of a proposed name */
    bool queues;          /* the findings go into the review queue */
};

/* Runs of a part are another line of progress than those of all. In ctx. */
const char *api_check_scope(struct gaz_ctx *ctx,
                            const struct api_check_request *request);

/* cli_progress.c */
gaz_status api_check_progress(struct api_cli *cli,
                              const struct api_check_request *request,
                              struct gaz_store *store);
gaz_status api_check_imports(struct api_cli *cli,
                             const struct api_check_request *request,
                             struct gaz_store *store);
/* GAZ_NOT_FOUND: no such import; GAZ_INVALID: it brought nothing. */
gaz_status api_check_take_import(struct gaz_ctx *ctx, struct gaz_store *store,
                                 int import, struct gaz_audit_options *out);

/* api_check_answer keeps, reports and prints what the audit found. */
gaz_status api_check_answer(struct api_cli *cli,
                            const struct api_check_request *request,
                            struct gaz_store *store,
                            const struct gaz_audit *audit);

#endif

/* cli.h - the commands of `diming` and what they share.
 *
 * A command is a row of a table: name, function, options, help. Exit codes say
 * what a script wants to know:
 *
 *     0 done      1 no answer      2 wrong usage      3 bad input
 *     4 a file, the network or the database failed
 */
#ifndef API_CLI_H
#define API_CLI_H

#include <stdio.h>

#include "api/http.h"
#include "gazetteer/store/store.h"

typedef enum {
    API_EXIT_OK = 0,
    API_EXIT_NONE = 1,
    API_EXIT_USAGE = 2,
    API_EXIT_INPUT = 3,
    API_EXIT_IO = 4,
} api_exit;

enum { API_CLI_OPTIONS_MAX = 48, API_CLI_LINE_MAX_BYTES = 64 * 1024 };

struct api_cli_option {
    const char *name;  /* "--limit" */
    const char *value; /* what it takes, "N"; NULL: a switch */
    const char *help;
};

struct api_cli;
typedef api_exit api_cli_function(struct api_cli *cli);

struct api_command {
    const char *name;
    api_cli_function *run;
    const char *usage; /* after the name: "FILE..." */
    const char *help;  /* one paragraph; the first line is the summary */
    struct api_cli_option
        options[API_CLI_OPTIONS_MAX]; /* ends with NULL name */
};

extern const struct api_command API_COMMANDS[]; /* ends with NULL name */

/* One run of a command. */
struct api_cli {
    const struct api_command *command;
    const char *values[API_CLI_OPTIONS_MAX]; /* of the options; NULL: absent */
    const char **arguments;                  /* what is no option */
    int argument_count;
    struct api_worker worker; /* its ctx is the command's */
    struct gaz_snapshot *snap;
};

/* api_cli_main runs a command line. */
int api_cli_main(int argc, char **argv);

/* The value of an option, NULL when absent; "" for a switch that is given. */
const char *api_cli_option(const struct api_cli *cli, const char *name);

/* A whole number from an option. False: it was wrong, and that was said. */
bool api_cli_number(const struct api_cli *cli, const char *name, int min,
                    int max, int fallback, int *out);

/* --db, and --snapshot or what follows from --db. */
const char *api_cli_db(const struct api_cli *cli);
const char *api_cli_snapshot(struct api_cli *cli);
/* The path of the database with another ending: "diming.jobs". */
const char *api_cli_beside_db(struct api_cli *cli, const char *ending);

/* api_cli_open_snapshot opens it and a searcher into cli->worker; closed when
 * the command ends. */
gaz_status api_cli_open_snapshot(struct api_cli *cli);
/* api_cli_choose_rules takes --rules and --lists for the whole process. */
gaz_status api_cli_choose_rules(struct api_cli *cli);
gaz_status api_cli_open_store(struct api_cli *cli, gaz_store_mode mode,
                              struct gaz_store **out);

/* Says on stderr why the command failed: "diming import: x.csv:3:1: ..."; gives
 * the exit code of the status. */
api_exit api_cli_fail(struct api_cli *cli, gaz_status status);
/* The same for wrong usage. */
api_exit api_cli_misuse(const struct api_cli *cli, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* api_cli_read_line reads a line without its end into `line`; false at the end.
 * A longer line than API_CLI_LINE_MAX_BYTES sets line->full. */
bool api_cli_read_line(FILE *file, struct gaz_buffer *line);

/* api_cli_note writes a line of the audit log, inside begin and commit: what an
 * officer did on this machine ("key add 0HQ4T0Q2"). */
gaz_status api_cli_note(struct api_cli *cli, struct gaz_store *store,
                        const char *what);

/* True when stderr is a terminal: progress is shown there only. */
bool api_cli_has_terminal(void);

/* api_cli_write_man prints the manual page (cli_man.c). */
void api_cli_write_man(void);

/* The commands. */
api_cli_function api_cli_init;
api_cli_function api_cli_import;
api_cli_function api_cli_load;
api_cli_function api_cli_check;
api_cli_function api_cli_dedupe;
api_cli_function api_cli_review;
api_cli_function api_cli_build;
api_cli_function api_cli_geocode;
api_cli_function api_cli_reverse;
api_cli_function api_cli_suggest;
api_cli_function api_cli_search;
api_cli_function api_cli_parse;
api_cli_function api_cli_match;
api_cli_function api_cli_batch;
api_cli_function api_cli_boundary;
api_cli_function api_cli_serve;
api_cli_function api_cli_tiles;
api_cli_function api_cli_secrecy;
api_cli_function api_cli_key;
api_cli_function api_cli_audit;
api_cli_function api_cli_webhook;
api_cli_function api_cli_backup;
api_cli_function api_cli_status;
api_cli_function api_cli_version;
api_cli_function api_cli_help;

#endif

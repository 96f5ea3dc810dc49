/* cli_url.h - what a URL gives, as a file to import: the door for other hosts.
 *
 * A collection of OGC API - Features (.../collections/ID, or its items) is read
 * page by page into one GeoJSON (importers/pages.h); anything else is one file.
 * What came is kept in the database with its ETag, and asked for again only if
 * it changed; what a killed import had got is not fetched twice.
 */
#ifndef API_CLI_URL_H
#define API_CLI_URL_H

#include "api/cli.h"

struct api_cli_url {
    const char *url;  /* of the command */
    const char *path; /* the file to import; api_cli_url_close removes it */
    const char *name; /* a name for files beside it */
    const char *told; /* what came: "2 pages fetched, 1 unchanged"; "": a file
                       * that was fetched */
    /* of cli_url.c: */
    const char *const *urls; /* of the documents that came */
    size_t count;
};

/* api_cli_url_key reads the key of --key: a header line in *out, NULL without
 * that option. The key stands in a file: a command line can be read by
 * everybody. */
gaz_status api_cli_url_key(struct api_cli *cli, const char **out);

/* api_cli_url_open fetches, as --key and --allow-http say.
 *
 * @param keeps     what came is kept at once (no dry run)
 * @param pause_ms  before the second try; 0: as imp_fetch_url has it */
gaz_status api_cli_url_open(struct api_cli *cli, struct gaz_store *store,
                            const char *url, bool keeps, int pause_ms,
                            struct api_cli_url *out);
/* api_cli_url_settle forgets what is kept of the URL and did not come this
 * time: after an import that went well. */
gaz_status api_cli_url_settle(struct api_cli *cli, struct gaz_store *store,
                              const struct api_cli_url *url);
void api_cli_url_close(const struct api_cli_url *url);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/* cli_table.c - the commands, their options and their help. */
#include "api/cli.h"

#define DB                                                                     \
    {                                                                          \
        "--db", "FILE", "the database (default: diming.db)"                    \
    }
#define SNAPSHOT                                                               \
    {                                                                          \
        "--snapshot", "FILE", "the snapshot (default: as --db, ending .snap)"  \
    }
#define FORMAT                                                                 \
    {                                                                          \
        "--format", "NAME", "table (default), json, geojson or csv"            \
    }
#define QUERY                                                                  \
    DB, SNAPSHOT, FORMAT,                                                      \
        {"--limit", "N", "most answers, 1 to 50 (default: 10)"},               \
        {"--at", "DATE", "ask as of this day, YYYY-MM-DD"},                    \
        {"--focus", "LON,LAT", "prefer answers near here"},                    \
        {"--in", "CODE", "only below this division code"},                     \
        {"--category", "CODE", "only this GB/T 18521 category or class"},      \
    {                                                                          \
        "--lang", "zh|en", "language of the geocoding block (json)"            \
    }

const struct api_command API_COMMANDS[] = {
    {"init",
     api_cli_init,
     "[--db FILE]",
     "Make an empty database, or bring an older one up to date.",
     {DB}},
    {"import",
     api_cli_import,
     "FILE | URL... [OPTIONS]",
     "Import files: CSV, GeoJSON and what OGR reads.\n\n"
     "FILE.map.json beside each file says which column is what (or "
     "--mapping).\n"
     "All of a file or none of it; bad rows go to a reject file with line and\n"
     "reason. Importing a file again changes nothing.\n\n"
     "A URL (https, or http of this machine) is fetched first; it needs\n"
     "--mapping.",
     {DB,
      {"--mapping", "FILE", "the mapping, for all files given"},
      {"--crs", "NAME", "EPSG:4490, EPSG:4549, GCJ-02, BD-09 ..."},
      {"--rejects", "FILE", "where bad rows go"},
      {"--allow-http", NULL, "fetch by http, which anybody may have changed"},
      {"--dry-run", NULL, "report only; the database stays as it is"}}},
    {"load",
     api_cli_load,
     "DIR [OPTIONS]",
     "Import all files that DIR/load.txt lists, in that order.\n\n"
     "One path a line, relative to DIR; # begins a comment.",
     {DB, {"--rejects", "DIR", "where the reject files go (default: .)"}}},
    {"build",
     api_cli_build,
     "[OPTIONS]",
     "Make the snapshot that all answers come from.\n\n"
     "It replaces the old one in one step; a server that runs takes it up\n"
     "within a second.",
     {DB, SNAPSHOT}},
    {"geocode",
     api_cli_geocode,
     "TEXT... | - [OPTIONS]",
     "Find what an address or a name means.\n\n"
     "With - each line of standard input is a question, and json is one\n"
     "collection a line.",
     {QUERY}},
    {"reverse",
     api_cli_reverse,
     "LON LAT [OPTIONS]",
     "Tell where a position (CGCS2000, degrees) is.",
     {DB,
      SNAPSHOT,
      FORMAT,
      {"--limit", "N", "most answers, 1 to 50 (default: 10)"},
      {"--radius", "M", "metres, at most 50000 (default: 2000)"},
      {"--at", "DATE", "ask as of this day, YYYY-MM-DD"},
      {"--lang", "zh|en", "language of the geocoding block (json)"}}},
    {"suggest",
     api_cli_suggest,
     "TEXT... | - [OPTIONS]",
     "Complete what is being typed: characters, pinyin, initials.",
     {QUERY}},
    {"search",
     api_cli_search,
     "[TEXT...] | - [OPTIONS]",
     "Find places by name, pinyin, former name, code or category.",
     {QUERY}},
    {"parse",
     api_cli_parse,
     "[TEXT... | -] [OPTIONS]",
     "Cut addresses into labelled elements.\n\n"
     "Without TEXT each line of standard input is an address. elements is one\n"
     "JSON object a line, offsets in code points; table is for reading. The\n"
     "trained model is part of the binary: --db and --snapshot are not read.",
     {DB, SNAPSHOT, {"--format", "NAME", "elements (default) or table"}}},
    {"batch",
     api_cli_batch,
     "FILE [-o OUT] [OPTIONS]",
     "Geocode a table: CSV, TSV, JSON lines, XLSX; - is standard input.\n\n"
     "Rows stay in order, all columns are kept, results are appended. A row\n"
     "that is not sure gets candidates and no position. Any size in little\n"
     "memory, on all cores. A batch that was stopped goes on with --resume.\n"
     "JSON {\"rows\": [{\"id\", \"text\"}]} is answered in one piece.",
     {DB,
      SNAPSHOT,
      {"--output", "FILE", "where to (also -o; default: standard output)"},
      {"--column", "NAMES",
       "of the address, joined: 乡镇,详细地址 (default: 地址)"},
      {"--id", "NAME", "the column of the row's id"},
      {"--format", "NAME", "of the output: csv, tsv, jsonl, xlsx or json"},
      {"--input-format", "NAME", "the same of FILE (default: by its ending)"},
      {"--encoding", "NAME", "of FILE: auto (default), utf-8, gb18030, utf-16"},
      {"--output-encoding", "NAME", "utf-8 (default) or gb18030"},
      {"--rejects", "FILE", "rows that could not be asked, with the reason"},
      {"--resume", NULL, "go on where a stopped batch to this OUT ended"},
      {"--threads", "N", "1 to 64 (default: cores, at most 16)"},
      {"--at", "DATE", "ask as of this day, YYYY-MM-DD"},
      {"--in", "CODE", "only below this division code"}}},
    {"boundary",
     api_cli_boundary,
     "check A B --crs NAME [OPTIONS]",
     "Compare two sides' areas: shared line, overlaps, gaps.\n\n"
     "A and B are files of polygons (GeoJSON and what OGR reads), united\n"
     "within each; one file will do when both codes are given. Lengths and\n"
     "areas are on the ellipsoid, widths and tolerances in the plane. Exit\n"
     "code 0 says that the check ran, whatever it found.",
     {{"--crs", "NAME", "of both: EPSG:4490, EPSG:4549, GCJ-02 ... (required)"},
      {"--a-code", "CODE", "only the features of A with this code"},
      {"--b-code", "CODE", "the same for B"},
      {"--code-column", "NAME", "where the code is (default: code)"},
      {"--tolerance", "M", "as wide is agreement (default: 2)"},
      {"--error", "M", "wider is an error (default: 10)"},
      {"--gap", "M", "an open gap is narrower (default: 50)"},
      {"--plane", "NAME", "where to compare (default: EPSG:4549)"},
      {"--format", "NAME", "table (default) or json"}}},
    {"serve",
     api_cli_serve,
     "[OPTIONS]",
     "Answer over HTTP, and show the map page.\n\n"
     "Prints 'listening on URL' when it is ready. SIGTERM and SIGINT let the\n"
     "answers under way end. TLS belongs to a reverse proxy (docs/api.md).",
     {DB,
      SNAPSHOT,
      {"--host", "ADDRESS", "IPv4 (default: 127.0.0.1; 0.0.0.0 for all)"},
      {"--port", "N", "default 8080; 0 for a free one"},
      {"--threads", "N", "connections at a time (default: 256)"},
      {"--heavy", "N", "batches and tiles at a time (default: cores)"},
      {"--idle-ms", "N", "silent clients are let go (default: 5000)"},
      {"--body-ms", "N", "grace of a slow body (default: 10000)"},
      {"--base-url", "URL", "for links, behind a proxy"},
      {"--cors", "ORIGIN", "pages of ORIGIN (or *) may ask"},
      {"--log", "LEVEL", "none, errors (default) or all, on stderr"},
      {"--tls", NULL, "refused, with the reason"}}},
    {"backup",
     api_cli_backup,
     "FILE [--db FILE]",
     "Copy the database while it is in use.",
     {DB}},
    {"status",
     api_cli_status,
     "[OPTIONS]",
     "Tell what the database and the snapshot hold.",
     {DB, SNAPSHOT, {"--format", "NAME", "table (default) or json"}}},
    {"version", api_cli_version, "", "Tell the version.", {{NULL, NULL, NULL}}},
    {"help",
     api_cli_help,
     "[COMMAND]",
     "Tell what the commands do.",
     {{NULL, NULL, NULL}}},
    {.name = NULL},
};

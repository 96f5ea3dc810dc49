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
     "A URL (https, or http of this machine) is fetched first, if it changed;\n"
     "it needs --mapping. One of a collection of OGC API - Features is read "
     "page\n"
     "by page, and what a killed import had got is not fetched again.",
     {DB,
      {"--mapping", "FILE", "the mapping, for all files given"},
      {"--profile", "NAME", "census2 or doorplate, in place of a mapping"},
      {"--source", "FIELDS", "key=A;origin=B;edition=C, over the mapping's"},
      {"--set", "FIELDS", "FIELD=VALUE;..., the same in each row"},
      {"--crs", "NAME", "EPSG:4490, EPSG:4549, GCJ-02, BD-09 ..."},
      {"--rejects", "FILE", "where bad rows go"},
      {"--lists", "DIR", "word lists of the rules, as for check"},
      {"--allow-http", NULL, "fetch by http, which anybody may have changed"},
      {"--key", "FILE", "holds an access key, for the host of the URL only"},
      {"--pause", "MS", "before the second of three tries (default: 1000)"},
      {"--dry-run", NULL, "report only; the database stays as it is"}}},
    {"load",
     api_cli_load,
     "[DIR] [OPTIONS]",
     "Import all files that DIR/load.txt lists, in that order.\n\n"
     "One path a line, relative to DIR; # begins a comment. Without DIR the\n"
     "shipped data, that a package has beside the program in "
     "share/diming/data.",
     {DB, {"--rejects", "DIR", "where the reject files go (default: .)"}}},
    {"check",
     api_cli_check,
     "[name NAME --category CODE --in CODE | progress | imports] [OPTIONS]",
     "Judge the database, or one proposed name, by the rules.\n\n"
     "progress shows the runs that --keep kept; imports lists what --import\n"
     "takes.\n\n"
     "docs/guide/check.md explains the answer. A rule that cannot be "
     "evaluated\n"
     "says why. Exit code: 0 no finding of severity error, 1 some, 2 wrong\n"
     "usage, 3 bad input (rules, a name), 4 a file or the database failed.",
     {DB,
      {"--source", "KEY", "only records of this source"},
      {"--import", "N", "only records that this import brought"},
      {"--in", "CODE", "only below this division; of a name: where it lies"},
      {"--category", "CODE", "of the name: road, village ... or GB/T 18521"},
      {"--with", "FIELDS", "of the name: floors=8;applicant=..."},
      {"--at", "DATE", "by the rules in force then (default: today)"},
      {"--rules", "DIR", "other rules than those of the program"},
      {"--lists", "DIR", "word lists NAME.txt in place of the program's"},
      {"--least", "NAME", "list from info (default), warning or error up"},
      {"--format", "NAME", "table (default), json, csv, xlsx or geojson"},
      {"--output", "FILE", "where to (also -o; default: standard output)"},
      {"--report", "FILE", "an HTML report as well"},
      {"--keep", NULL, "keep the indicators, to show progress over time"},
      {"--queue", NULL, "put the findings into the review queue"}}},
    {"dedupe",
     api_cli_dedupe,
     "[OPTIONS]",
     "List the records that are one place or address, and why.\n\n"
     "Never across the provincial line, a village with a community, or\n"
     "homonyms of other townships; --least different tells why not.\n"
     "docs/guide/review.md explains the work.",
     {DB,
      {"--of", "NAME", "places (default) or addresses"},
      {"--format", "NAME", "table (default), json or csv"},
      {"--least", "NAME", "list from duplicate, review (default), different"},
      {"--queue", NULL,
       "put them, of both kinds unless --of tells, and issues into the "
       "queue"}}},
    {"review",
     api_cli_review,
     "list | show ID | accept ID | reject ID | waive ID | edit ID FIELD=VALUE |"
     " undo ID | export | import FILE",
     "Decide on proposed merges, issues of imports and findings of checks.\n\n"
     "Accepting a merge joins two places or addresses: all records stay, the\n"
     "merged id is redirected. Accepting a finding mends it by its\n"
     "suggestion, edit by a value of yours; either is judged by the rules\n"
     "first. A waived finding stays so while its evidence does. undo restores\n"
     "everything. With --all in place of the ID all that fit --rule,\n"
     "--automatic or --batch (and the other options) are decided at once or\n"
     "not at all.\n"
     "A server that runs takes the answers up; else build the snapshot again.\n"
     "export writes CSV; import carries out its column `action`.\n"
     "docs/guide/review.md explains the work.",
     {DB,
      {"--who", "NAME", "who decides (required to decide)"},
      {"--why", "TEXT", "the reason (required to reject and to waive)"},
      {"--insist", NULL, "edit in spite of a new warning (needs --why)"},
      {"--version", "N", "refuse when the review has another version by now"},
      {"--state", "NAME",
       "open (default), accepted, rejected, waived, fixed, gone or all"},
      {"--kind", "NAME", "merge, issue or finding"},
      {"--rule", "ID", "of this rule: N05, dedupe ..."},
      {"--severity", "NAME", "error, warning or info"},
      {"--band", "NAME", "of merges: duplicate or review"},
      {"--in", "CODE", "below this division"},
      {"--automatic", NULL, "whose fix the rule calls automatic"},
      {"--batch", "N", "decided together with --all"},
      {"--limit", "N", "list no more"},
      {"--all", NULL, "all of these at once"},
      {"--dry-run", NULL, "with --all: tell which, change nothing"}}},
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
     "Without TEXT each line of standard input is an address. json is one\n"
     "object a line, offsets in code points, with the standard writing and\n"
     "every rewrite; elements leaves these out, table is for reading. The\n"
     "trained model is part of the binary; a snapshot is read when there is\n"
     "one, for names that no rewrite goes into.",
     {DB, SNAPSHOT, {"--format", "NAME", "json (default), elements or table"}}},
    {"match",
     api_cli_match,
     "A B | --pairs FILE [OPTIONS]",
     "Tell whether two addresses are the same.\n\n"
     "0 different, 1 partly the same, 2 the same; element by element why.\n"
     "With --pairs each line is address TAB address (further columns are\n"
     "ignored), and the label is printed, one a line. Adjacent lines with the\n"
     "same first address are candidates for it, and are judged against each\n"
     "other, at most 64 at a time: more often right than each by itself, as\n"
     "--alone does. A line that cannot be read is told on stderr, ends a list\n"
     "and gets 0 (null in json); exit code 3 then.",
     {{"--pairs", "FILE", "lines of two addresses; - is standard input"},
      {"--alone", NULL, "judge every line by itself"},
      {"--format", "NAME", "table (default) or json"}}},
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
     "check A B | check --line CODE | import FILE | harvest URL | ...",
     "Keep a line with a neighbour: compare, import, inspect, exchange.\n\n"
     "line [FILE]: list lines, or put a table of them; points [FILE]: "
     "tripoints,\n"
     "turning and control points.\n"
     "import FILE --line --side --crs: keep what a side delivered, byte for\n"
     "byte (Shapefile, GeoPackage, DXF, CSV, GeoJSON, XLSX); numbers of "
     "another\n"
     "system, zone or axis order are named and refused, never corrected.\n"
     "harvest URL --line: the same from the neighbour's service, then check.\n"
     "submissions, submissions get ID DIR: what was delivered; its bytes.\n"
     "check --line: the two sides' latest submissions; history: all checks.\n"
     "inspection add FILE | list: joint inspections.\n\n"
     "check: shared line, overlaps, gaps. A and B are files of polygons "
     "(GeoJSON and what OGR reads), united\n"
     "within each; one file will do when both codes are given. Lengths, "
     "widths\n"
     "and tolerances are in the plane, areas on the ellipsoid.\n\n"
     "survey: markers against their agreed positions, the line and the rules.\n"
     "names: same, similar and shared names along a line of the snapshot, "
     "such\n"
     "as 330482-310116.\n"
     "sample: a synthetic register (csv) or line (geojson) to try that on.\n\n"
     "Exit code 0 says that the check ran, whatever it found.",
     {{"--crs", "NAME", "of the files: EPSG:4490, EPSG:4549, GCJ-02 ..."},
      {"--a-code", "CODE", "only the features of A with this code"},
      {"--b-code", "CODE", "the same for B"},
      {"--code-column", "NAME", "where the code is (default: code)"},
      {"--tolerance", "M", "as wide is agreement (default: 2)"},
      {"--error", "M", "wider is an error (default: 10)"},
      {"--gap", "M", "an open gap is narrower (default: 50)"},
      {"--plane", "NAME", "where to compare (default: EPSG:4549)"},
      {"--format", "NAME", "table (default), json, csv, geojson, xlsx or dxf"},
      {"--output", "FILE", "where to (also -o; xlsx and dxf need it)"},
      {"--limits", "FILE", "other limits than those of the program"},
      {"--accuracy", "M", "of either side's line (default: 1, of 1:10000)"},
      {"--a-name", "NAME", "side A in sentences and reports"},
      {"--b-name", "NAME", "side B"},
      {"--schematic", NULL, "check: the lines are for showing; reports say so"},
      {"--other", "FILE", "survey: the other side's register, field by field"},
      {"--against", "FILE", "survey: the other side's line"},
      {"--within", "M", "names: of the line (default: 2000)"},
      DB,
      SNAPSHOT,
      {"--line-crs", "NAME", "survey: of LINE, if other than --crs"},
      {"--scale", "N", "survey: of the agreement's map (default: 10000)"},
      {"--left", "CODE", "survey: province left of the line, such as 31"},
      {"--at", "DATE", "as of this day (default: today)"},
      {"--report", "FILE",
       "also a report to print and sign: .pdf or .html (Chinese)"},
      {"--line", "CODE", "of the database: 3133 ..."},
      {"--section", "CODE", "of the line, when it has several"},
      {"--side", "A|B", "whose it is; A has the smaller code"},
      {"--axes", "NAME", "north-east or east-north, if not as the format has"},
      {"--layer", "NAME", "import: of the file (default: the first)"},
      {"--agreed", NULL, "import: the positions are the agreement's"},
      {"--as-stated", NULL, "import: take it though it does not lie there"},
      {"--who", "NAME", "import: who delivered (default: the user)"},
      {"--note", "TEXT", "import: to keep with it"},
      {"--rejects", "FILE", "import: where bad rows go"},
      {"--key", "FILE", "harvest: holds the key that the neighbour gave"},
      {"--page", "N", "harvest: features a page (default: 500)"},
      {"--pause", "MS", "harvest: before the second try (default: 1000)"},
      {"--seed", "N", "sample: of the generator (default: 1)"},
      {"--plant", "NAME", "sample: an error, such as shift or wrong-zone"}}},
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
      {"--threads", "N", "connections at a time (default: 1280)"},
      {"--heavy", "N", "batches and tiles at a time (default: cores)"},
      {"--idle-ms", "N", "silent clients are let go (default: 5000)"},
      {"--body-ms", "N", "grace of a slow body (default: 10000)"},
      {"--base-url", "URL", "for links, behind a proxy"},
      {"--cors", "ORIGIN", "pages of ORIGIN (or *) may ask"},
      {"--rate", "N", "requests a second from one address (default: 50)"},
      {"--proxy", "ADDRESS", "a reverse proxy, to believe X-Forwarded-For of"},
      {"--no-rebuild", NULL, "the snapshot changes by 'diming build' only"},
      {"--hook-private", NULL, "webhooks may go to private networks"},
      {"--hook-attempts", "N", "then a webhook's letter is dead (default: 14)"},
      {"--hook-backoff-ms", "N", "before the second one (default: 1000)"},
      {"--hook-timeout-ms", "N", "of one attempt (default: 10000)"},
      {"--jobs", "DIR", "tables answered later (default: as --db, .jobs)"},
      {"--jobs-mib", "N", "of one such table (default: 1024)"},
      {"--jobs-queue", "N", "of them that may wait (default: 16)"},
      {"--jobs-running", "N", "of them at a time (default: 1)"},
      {"--jobs-threads", "N", "of all of them (default: cores)"},
      {"--jobs-hours", "N", "results are kept (default: 168)"},
      {"--tile-cache", "FILE", "keep tiles there over a restart as well"},
      {"--gcj02", NULL, "let /v3/geocode answer, in GCJ-02 as Amap does"},
      {"--lists", "DIR", "word lists of the rules, for /v1/check"},
      {"--log", "LEVEL", "none, errors (default) or all, on stderr"},
      {"--tls", NULL, "refused, with the reason"}}},
    {"key",
     api_cli_key,
     "add NAME | list | revoke ID | rotate ID [OPTIONS]",
     "Keys of departments for the service.\n\n"
     "A key is shown once; only its digest is kept. A server that runs knows\n"
     "within a second. rotate makes a new key with the old one's rights and\n"
     "revokes the old one.",
     {DB,
      {"--roles", "NAMES", "reader (default), editor, surveyor, clerk, admin"},
      {"--per-day", "N", "requests a day; 0 for any number (default: 100000)"},
      {"--expires", "DATE", "the first day it is not taken (default: never)"}}},
    {"secrecy",
     api_cli_secrecy,
     "set ID public|internal|secret --why TEXT | list [OPTIONS]",
     "Grade a place or an address (密级), or open it again.\n\n"
     "What is graded is in no snapshot and in no answer but an admin's, and "
     "so\n"
     "is what lies in it (docs/operations.md). An import only ever raises a\n"
     "grade.",
     {DB, {"--why", "TEXT", "on what it rests (required)"}}},
    {"audit",
     api_cli_audit,
     "[OPTIONS]",
     "List the audit log: who wrote, used a key, or was turned away.\n\n"
     "Lines are only ever added. csv and json are for export; the newest "
     "lines\n"
     "come last. Times are UTC.",
     {DB,
      {"--since", "TIME", "from 2026-11-24 or 2026-11-24T08:00:00Z on"},
      {"--until", "TIME", "not after; a day means its first moment"},
      {"--who", "NAME", "of a key's name or id"},
      {"--what", "NAME", "write, use, denied or admin"},
      {"--limit", "N", "the newest N, 1 to 10000 (default: 1000)"},
      {"--format", "NAME", "table (default), json or csv"}}},
    {"webhook",
     api_cli_webhook,
     "add NAME URL | list | remove ID | pause ID | resume ID | dead ID |\n"
     "                      replay ID LETTER",
     "Have the change feed brought to a URL.\n\n"
     "add prints the id and the secret of the signature, which is shown once.\n"
     "https only, but for this machine. What could not be delivered after "
     "many\n"
     "attempts is listed by dead, and sent again by replay\n"
     "(docs/guide/writing.md).",
     {DB,
      {"--roles", "NAMES", "what it may see: reader (default), surveyor ..."}}},
    {"tiles",
     api_cli_tiles,
     "export OUT | seed --tile-cache FILE, --bbox W,S,E,N --zooms A-B "
     "[OPTIONS]",
     "Write the map's tiles into one file: OUT.mbtiles or OUT.pmtiles; or "
     "make\n"
     "them beforehand, into the file that 'serve --tile-cache FILE' keeps its\n"
     "tiles in: those that are there already are passed over.\n\n"
     "The tiles are those that the service gives, byte by byte (vector tiles "
     "as\n"
     "gzip members). Until the end they stand in OUT.part; an export that was\n"
     "stopped goes on from there with --resume. Exit code 1: stopped.",
     {DB,
      SNAPSHOT,
      {"--bbox", "W,S,E,N", "degrees (required)"},
      {"--zooms", "A-B", "0 to 20, or one number (required)"},
      {"--style", "NAME", "of the map (default: base)"},
      {"--format", "NAME", "png (default), webp or mvt"},
      {"--scale", "N", "1 (default), or 2 for 512 pixels a tile"},
      {"--names", "NAME", "zh (default), pinyin or both"},
      {"--threads", "N", "1 to 64 (default: cores)"},
      {"--tile-cache", "FILE", "seed: the file (required)"},
      {"--resume", NULL, "export: go on with OUT.part"}}},
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
     "[COMMAND] [--man]",
     "Tell what the commands do.",
     {{"--man", NULL, "the manual page of them all, for man(1)"}}},
    {.name = NULL},
};

#!/bin/sh
# banned.sh - functions that we do not use, with what to use instead, and slips
# that a reader sees first.
set -eu
cd "$(dirname "$0")/../.."
bad=0

# forbid PATTERN REASON [EXTRA-EXCLUDED-FILE]: searched in C files of the rooms.
forbid() {
    found=$(grep -rnE --include='*.[ch]' "$1" gazetteer importers tiles api |
        grep -vE "${3:-^$}" || true)
    if [ -n "$found" ]; then
        printf '%s\n  %s\n' "$found" "$2"
        bad=1
    fi
}

w='(^|[^A-Za-z0-9_])'
forbid "${w}(strcpy|strcat|sprintf|vsprintf|gets|strtok)\(" "use gaz_buffer_* or gaz_arena_printf"
forbid "${w}(atoi|atol|atof|strtod|strtol|strtoul|strtoull|sscanf|scanf)\(" "use gaz_text_parse_*: they have no locale and say what is wrong"
forbid "${w}(localtime|gmtime|ctime|asctime)\(" "use gmtime_r"
forbid "${w}(setlocale|rand|srand|alloca|system|popen)\(" "not in this program"
forbid "${w}(malloc|calloc|realloc|free)\(" "use the arena, or gaz_malloc and gaz_free" '^gazetteer/base/arena\.c:'
forbid "${w}(TODO|FIXME|XXX)" "open an issue instead"

long=$(find gazetteer importers tiles api tests -name '*.[ch]' -not -path '*/node_modules/*' -exec wc -l {} + |
    awk '$2 != "total" && $1 > 600 { print $2 ": " $1 " lines, at most 600" }')
if [ -n "$long" ]; then
    printf '%s\n' "$long"
    bad=1
fi
exit $bad

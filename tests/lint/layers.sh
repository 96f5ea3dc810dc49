#!/bin/sh
# layers.sh - a file may include only what layers.txt allows its room, and each
# library that we did not write is included by one pair of files.
#
#     tests/lint/layers.sh            # from the root; prints file:line of each slip
set -eu
cd "$(dirname "$0")/../.."

files=$(find gazetteer importers tiles api -name '*.[ch]' | sort)
# shellcheck disable=SC2086
awk '
function room_of(path,  parts) {
    split(path, parts, "/")
    return parts[1] == "gazetteer" ? parts[1] "/" parts[2] : parts[1]
}
function stem_of(path) {
    sub(/\.[ch]$/, "", path)
    return path
}
FILENAME ~ /layers\.txt$/ {
    if ($0 ~ /^#/ || NF == 0) next
    name = $1; sub(/:$/, "", name)
    for (i = 2; i <= NF; i++) allowed[name, $i] = 1
    if (name ~ /^@/) { library[++libraries] = substr(name, 2) }
    next
}
/^[ \t]*#[ \t]*include[ \t]*[<"]/ {
    line = $0
    sub(/^[^<"]*[<"]/, "", line); sub(/[>"].*$/, "", line)
    room = room_of(FILENAME)
    if ($0 ~ /"/ && line ~ /^(gazetteer|importers|tiles|api)\//) {
        target = room_of(line)
        if (target != room && !((room, target) in allowed)) {
            printf "%s:%d: %s may not include %s\n", FILENAME, FNR, room, target
            bad = 1
        }
    }
    for (i = 1; i <= libraries; i++)
        if (index(line, library[i]) == 1 &&
            !(("@" library[i], stem_of(FILENAME)) in allowed)) {
            printf "%s:%d: <%s> belongs to another file\n", FILENAME, FNR, line
            bad = 1
        }
}
END { exit bad }
' tests/lint/layers.txt $files

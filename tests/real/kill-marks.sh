#!/usr/bin/env bash
# Whether marks survive being killed: kills `zhaidu marks import` at many random moments, and holds that
# all marks of those that said they were done are there, and that no line is taken for another one.
#
# Usage: tests/real/kill-marks.sh [KILLS] [PROGRAM]
set -euo pipefail

kills=${1:-500}
program=$(realpath "${2:-target/release/zhaidu}")
home=$(mktemp -d)
trap 'rm -rf "$home"' EXIT

export XDG_DATA_HOME="$home/data" LANG=C.UTF-8

# 200 marks of run $1, each a tag of its own on an article of its own.
marks() {
    for mark in $(seq 200); do
        printf '{"v":1,"id":"%s-%s","ts":1717200000000,"op":"tag","key":{"h":"%032x"},"val":"r%s"}\n' \
            "$1" "$mark" $(($1 * 1000 + mark)) "$1"
    done
}

said=0
for kill in $(seq "$kills"); do
    marks "$kill" > "$home/marks"
    : > "$home/told"
    "$program" marks import "$home/marks" 2>> "$home/told" &
    run=$!
    moment=$((RANDOM % 80))
    sleep "0.$(printf '%03d' "$moment")"
    kill -9 "$run" 2> /dev/null || true
    wait "$run" 2> /dev/null || true
    if grep -q 'imported 200' "$home/told"; then
        said=$((said + 1))
        found=$("$program" marks list 2> /dev/null | cut -f 3 | grep -cx "r$kill" || true)
        [[ $found == 200 ]] || { echo "run $kill said that 200 are saved, $found are there"; exit 1; }
    fi
done
echo "$kills runs killed, $said had said that their marks are saved: all of those are there"

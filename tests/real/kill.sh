#!/usr/bin/env bash
# Whether an index survives being killed: kills `zhaidu index` at random moments, lets it finish now and
# then, and compares what it holds, and what is found in it, with an index that was made in one go.
#
# Usage: tests/real/kill.sh FOLDER [KILLS] [PROGRAM]
set -euo pipefail

folder=$(realpath "$1")
kills=${2:-200}
program=$(realpath "${3:-target/release/zhaidu}")
home=$(mktemp -d)
trap 'rm -rf "$home"' EXIT
# Of one, two and more characters, and what asks titles, keywords and dates.
queries=(的 国 中国 发展 人民 经济 '"的一"' '"在这"' 'title:中' 'kw:经济' 'date:1990..2020' '/[一二三]年/' '灯 水' '一 OR 二')

export XDG_CONFIG_HOME="$home/config" XDG_DATA_HOME="$home/data"

zhaidu() {
    XDG_CACHE_HOME="$home/$1" "$program" "${@:2}"
}

contents() {
    zhaidu "$1" index --stats "$folder" | grep -E '^(whole|contents|articles|analysed)'
    for query in "${queries[@]}"; do
        printf '%s: ' "$query"
        # 1: nothing was found.
        { zhaidu "$1" search -l "$query" "$folder" || [[ $? == 1 ]]; } | sort | sha256sum
    done
}

# The same as of the index that was made in one go, or the end of this.
compare() {
    diff "$home/expected" <(contents killed) || { echo "another index after $killed kills"; exit 1; }
}

start=$(date +%s%N)
zhaidu whole index "$folder" > /dev/null
millis=$((($(date +%s%N) - start) / 1000000))
contents whole > "$home/expected"
killed=0
ended=0
while ((killed < kills)); do
    # Not by the function above: it would be a shell that is killed.
    XDG_CACHE_HOME="$home/killed" "$program" index --jobs 2 "$folder" > /dev/null 2> "$home/said" &
    run=$!
    moment=$((RANDOM * millis / 32768))
    sleep "$((moment / 1000)).$(printf '%03d' $((moment % 1000)))"
    # Of one that has ended the shell knows already how.
    kill -9 "$run" 2> /dev/null || true
    status=0
    wait "$run" 2> /dev/null || status=$?
    case $status in
        137)
            killed=$((killed + 1))
            # Whatever a killed run left can be read.
            status=0
            zhaidu killed index --stats "$folder" > "$home/stats" 2>&1 || status=$?
            # 1: there is none yet.
            ((status <= 1)) || { echo "damaged after $killed kills"; cat "$home/stats"; exit 1; }
            ;;
        0)
            ended=$((ended + 1))
            compare
            # Begun anew, or all later runs would find everything done.
            rm -rf "$home/killed"
            ;;
        *)
            echo "failed with $status after $killed kills"
            cat "$home/said"
            exit 1
            ;;
    esac
done
zhaidu killed index "$folder" > /dev/null
compare
cat "$home/expected"
echo "$killed runs killed in ${millis} ms at most, $ended ended before; 0 damaged, the same contents and results each time"

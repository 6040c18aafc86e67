#!/usr/bin/env bash
# Whether an index survives being killed: kills `zhaidu index` at many random moments, then lets it
# finish, and compares what it holds with an index that was made in one go.
#
# Usage: tests/real/kill.sh FOLDER [KILLS] [PROGRAM]
set -euo pipefail

folder=$(realpath "$1")
kills=${2:-200}
program=$(realpath "${3:-target/release/zhaidu}")
home=$(mktemp -d)
trap 'rm -rf "$home"' EXIT

index() {
    XDG_CACHE_HOME="$home/$1" XDG_DATA_HOME="$home/data" "$program" index "${@:2}" "$folder"
}

contents() {
    index "$1" --stats | grep -E '^(whole|contents|segments|analysed)'
}

start=$(date +%s%N)
index whole > /dev/null
millis=$((($(date +%s%N) - start) / 1000000))
finished=0
for kill in $(seq "$kills"); do
    # Begun anew now and then, or all later runs would find everything done.
    if ((finished)); then
        rm -rf "$home/killed"
        finished=0
    fi
    env XDG_CACHE_HOME="$home/killed" XDG_DATA_HOME="$home/data" \
        "$program" index --jobs 2 "$folder" > /dev/null &
    run=$!
    moment=$((RANDOM * (millis + millis / 4) / 32768))
    sleep "$((moment / 1000)).$(printf '%03d' $((moment % 1000)))"
    # Killed before it has ended, or it had ended before.
    if kill -9 "$run" 2> /dev/null; then
        wait "$run" 2> /dev/null || true
    else
        wait "$run" || { echo "run $kill failed"; exit 1; }
        finished=1
        diff <(contents whole | grep contents) <(contents killed | grep contents)
    fi
    # Whatever a killed run left can be read.
    index killed --stats > "$home/stats" || { [[ $? == 1 ]] || { echo "damaged after run $kill"; cat "$home/stats"; exit 1; }; }
done
index killed > /dev/null
diff <(contents whole | grep contents) <(contents killed | grep contents)
contents killed
echo "$kills runs killed or ended, 0 damaged, the same contents"

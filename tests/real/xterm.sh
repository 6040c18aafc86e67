#!/usr/bin/env bash
# Whether columns are where they belong in a real xterm, narrow and wide: runs the ruler of
# `zhaidu doctor` and the interface in xterm under Xvfb and looks at the pixels. On the ruler the bar
# at the end of every row, and in the interface the separator of panes, must stand in one column.
#
# Usage: tests/real/xterm.sh FOLDER [PROGRAM]
# Pictures are left in FOLDER. Needs Xvfb, xterm, ImageMagick and the fonts named below.
set -euo pipefail

folder=${1:?the folder for the pictures is missing}
program=$(realpath "${2:-target/debug/zhaidu}")
columns=100 rows=40
# Pixels of a cell in the fonts below.
cell_width=8 cell_height=17
mkdir -p "$folder"
folder=$(realpath "$folder")
home=$(mktemp -d)
failed=0

# A display of its own; Xvfb says which number it found free.
exec 3>"$home/display"
Xvfb -displayfd 3 -screen 0 1400x1000x24 -nolisten tcp >/dev/null 2>&1 &
server=$!
finish() {
    kill "$server" 2>/dev/null || true
    rm -rf "$home"
}
trap finish EXIT
until [[ -s $home/display ]]; do sleep 0.05; done
DISPLAY=":$(head -n 1 "$home/display")"
export DISPLAY

# Runs a command in xterm, takes a picture when it shows no change any more, and ends it.
# Arguments: name of the picture, options of xterm (one word each), --, command.
shoot() {
    local name=$1 options=() before="" now="" terminal
    shift
    while [[ $1 != -- ]]; do
        options+=("$1")
        shift
    done
    shift
    env HOME="$home" XDG_CONFIG_HOME="$home" LANG=C.UTF-8 TERM=xterm-256color \
        xterm "${options[@]}" -u8 -geometry "${columns}x$rows+0+0" -b 0 +sb -bg black -fg white \
        -fa "DejaVu Sans Mono" -fd "Noto Sans Mono CJK SC" -fs 10 \
        -e bash -c "$* ; sleep 60" &
    terminal=$!
    for _ in $(seq 60); do
        sleep 0.5
        now=$(import -silent -window root "$folder/$name.png" && sha256sum <"$folder/$name.png")
        # One colour only: nothing has been drawn yet.
        if [[ $now == "$before" ]] && (($(identify -format %k "$folder/$name.png") > 2)); then
            break
        fi
        before=$now
    done
    kill "$terminal" 2>/dev/null || true
    wait "$terminal" 2>/dev/null || true
}

# Whether what stands in a column of cells stands at the same pixels in each of some rows.
# Arguments: what it is, name of the picture, column, first row, number of rows; all from 0.
straight() {
    local what=$1 name=$2 column=$3 first=$4 count=$5 found
    found=$(convert "$folder/$name.png" \
        -crop "${cell_width}x$((cell_height * count))+$((column * cell_width))+$((first * cell_height))" \
        +repage -colorspace gray -threshold 20% txt:- | awk -F '[,: ()#]+' \
        -v height="$cell_height" -v count="$count" '
        /white|FFFFFF/ {
            row = int($2 / height)
            if (!(row in left) || $1 < left[row]) left[row] = $1
            if (!(row in right) || $1 > right[row]) right[row] = $1
        }
        END {
            for (row = 0; row < count; row++) places[row in left ? left[row] "-" right[row] : "none"]++
            for (place in places) printf "%s:%d ", place, places[place]
        }')
    # One place, with all rows in it, and narrower than a character.
    if [[ $found =~ ^([0-9]+)-([0-9]+):$count\ $ ]] &&
        ((BASH_REMATCH[2] - BASH_REMATCH[1] < cell_width - 2)); then
        echo "ok      $what: pixels:rows $found"
    else
        echo "FAILED  $what: pixels:rows $found($folder/$name.png)"
        failed=1
    fi
}

for kind in narrow wide; do
    options=()
    [[ $kind == wide ]] && options=(-cjk_width)
    for ambiguous in auto universal; do
        name=$kind-$ambiguous
        shoot "ruler-$name" "${options[@]}" -- "'$program' doctor --lang zh --ambiguous $ambiguous"
        # Behind thirteen lines of findings and an empty one: the ruler and eight rows.
        straight "ruler, $name" "ruler-$name" 40 14 9
        shoot "demo-$name" "${options[@]}" -- "'$program' demo --lang zh --ambiguous $ambiguous"
        # The panes of key sentences and keywords, below their headings.
        straight "panes, $name" "demo-$name" 66 23 16
    done
done
exit "$failed"

#!/usr/bin/env bash
# Whether columns are where they belong in a real tmux: runs the program in one of its own and asks
# tmux for the column of every separator of panes, once measured and once with room for two.
#
# Usage: tests/real/tmux.sh [PROGRAM]
set -euo pipefail

program=$(realpath "${1:-target/debug/zhaidu}")
socket="zhaidu-test-$$"
home=$(mktemp -d)
failed=0

finish() {
    tmux -L "$socket" kill-server 2>/dev/null || true
    rm -rf "$home"
}
trap finish EXIT

in_tmux() {
    tmux -L "$socket" "$@"
}

# Waits until the screen shows a text.
wait_for() {
    local tries
    for tries in $(seq 200); do
        if in_tmux capture-pane -p | grep -qF -- "$1"; then
            return 0
        fi
        sleep 0.05
    done
    echo "after $tries looks the screen does not show: $1" >&2
    in_tmux capture-pane -p >&2
    return 1
}

# The columns of all separators on the screen, each once, as tmux has them in its grid.
columns_of() {
    local mark=$1 rows=$2 seen="" column row last_row=-1 last_column=-1
    in_tmux copy-mode
    in_tmux send-keys -X bottom-line
    in_tmux send-keys -X end-of-line
    for _ in $(seq $((rows * 2))); do
        in_tmux send-keys -X search-backward-text "$mark"
        read -r column row <<<"$(in_tmux display-message -p '#{copy_cursor_x} #{copy_cursor_y}')"
        # The search goes around, or finds nothing more.
        if ((last_row >= 0 && (row > last_row || (row == last_row && column >= last_column)))); then
            break
        fi
        last_row=$row last_column=$column
        seen+="$column"$'\n'
    done
    in_tmux send-keys -X cancel
    printf '%s' "$seen" | sort -n | uniq -c | awk '{printf "%s:%s ", $2, $1}'
}

check() {
    local columns=$1 rows=$2 ambiguous=$3 found
    in_tmux -f /dev/null new-session -d -x "$columns" -y "$rows" \
        "env -u TMUX HOME='$home' XDG_CONFIG_HOME='$home' LANG=C.UTF-8 \
         '$program' demo --lang zh --ambiguous $ambiguous"
    in_tmux set-option -g status off
    in_tmux resize-window -x "$columns" -y "$rows"
    wait_for '4 个来源'
    wait_for '关键词'
    wait_for '管子'
    found=$(columns_of '╎' "$rows")
    # Every separator of a kind stands in one column: as many columns as separators are drawn.
    local wanted=1
    ((columns >= 120)) && wanted=2
    if (($(wc -w <<<"$found") == wanted)); then
        echo "ok      ${columns}x$rows --ambiguous $ambiguous: column:rows $found"
    else
        echo "FAILED  ${columns}x$rows --ambiguous $ambiguous: column:rows $found"
        in_tmux capture-pane -p
        failed=1
    fi
    in_tmux send-keys q
    in_tmux kill-server 2>/dev/null || true
    sleep 0.2
}

tmux -V
for ambiguous in auto universal; do
    check 80 24 "$ambiguous"
    check 160 45 "$ambiguous"
done
exit "$failed"

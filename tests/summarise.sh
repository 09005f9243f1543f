#!/usr/bin/env bash
# Reads the trx files of a directory; names what failed, with what was seen and where, and what was skipped; the last line is the verdict.
# usage: summarise.sh <directory> [test projects that broke off]
set -uo pipefail
allowed="$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/allowed-skips.txt"
shopt -s nullglob
files=("$1"/*.trx)
broken=${2:-0}
outcomes=$(awk '
  function attribute(line, name,   rest, at) {
    at = index(line, " " name "=\"")
    if (at == 0) return ""
    rest = substr(line, at + length(name) + 3)
    return substr(rest, 1, index(rest, "\"") - 1)
  }
  function plain(text) {
    gsub(/&quot;/, "\"", text); gsub(/&apos;/, "\047", text); gsub(/&lt;/, "<", text); gsub(/&gt;/, ">", text)
    gsub(/&#x[0-9A-Fa-f]+;/, " ", text); gsub(/&amp;/, "\\&", text)
    return text
  }
  function told(   said) {
    if (outcome == "") return
    said = plain(message)
    gsub(/[ \t]+/, " ", said)
    printf "%s\t%s%s\n", outcome, name, outcome == "Failed" ? "\t" substr(said, 1, 600) (place == "" ? "" : " (" place ")") : ""
  }
  /<UnitTestResult / { told(); outcome = attribute($0, "outcome"); name = plain(attribute($0, "testName")); message = place = ""; inside = 0 }
  outcome == "Failed" && match($0, /<Message>/) { inside = 1; $0 = substr($0, RSTART + RLENGTH) }
  inside { line = $0; inside = !sub(/<\/Message>.*/, "", line); if (length(message) < 900) message = message " " line }
  outcome == "Failed" && place == "" && match($0, /[A-Za-z0-9_.]+\.cs:line [0-9]+/) { place = substr($0, RSTART, RLENGTH) }
  END { told() }
' "${files[@]}" /dev/null)

count() { grep -c "^$1"$'\t' <<<"$outcomes"; }
passed=$(count Passed)
skipped=$(count NotExecuted)
failed=$(($(grep -c . <<<"$outcomes") - passed - skipped + broken))

grep -v -e $'^Passed\t' -e $'^NotExecuted\t' -e '^$' <<<"$outcomes" | sed -e 's/^[^\t]*\t/failed:  /' -e 's/\t/\n        /'
unexplained=0
while IFS=$'\t' read -r _ name; do
  reason=""
  while IFS= read -r line; do
    pattern=${line%% | *}
    # shellcheck disable=SC2053 # the left side of the list is a pattern
    if [[ $line == *' | '* && $line != \#* && $name == $pattern ]]; then
      reason=${line#* | }
      break
    fi
  done <"$allowed"
  if [ -n "$reason" ]; then
    printf 'skipped: %s (allowed: %s)\n' "$name" "$reason"
  elif [ "${CI:-}" = true ]; then
    printf 'failed:  %s was skipped, and tests/allowed-skips.txt does not allow it\n' "$name"
    unexplained=$((unexplained + 1))
  else
    printf 'skipped: %s\n' "$name"
  fi
done < <(grep $'^NotExecuted\t' <<<"$outcomes")

if [ $((passed + skipped)) -eq 0 ]; then
  printf 'no test ran\n'
  failed=$((failed + 1))
fi

failed=$((failed + unexplained))
skipped=$((skipped - unexplained))
printf '%d passed, %d failed, %d skipped\n' "$passed" "$failed" "$skipped"
[ "$failed" -eq 0 ]

#!/usr/bin/env bash
# A stranger's path: runs every command of the README's section "First use", one code block after the other, in one shell,
# and holds what each block printed and how it ended against what the README says of it.
set -uo pipefail
cd "$(dirname "$0")/.."

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export TMPDIR=$work DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 MSBUILDDISABLENODEREUSE=1

# The section's sh blocks, each into a file of its own.
awk -v to="$work/block-" '
  /^## /                     { inside = ($0 == "## First use") }
  inside && /^```sh$/        { n += 1; file = to n; next }
  inside && file && /^```$/  { close(file); file = ""; next }
  inside && file             { print > file }
' README.md

fail() { echo "A stranger's path: $1"; [ -f "$log" ] && tail -40 "$log" | cut -c1-400; exit 1; }

# step <block> <exit code> <what it prints, as a pattern> [<what it does not print>]
step() {
  log=$work/log-$1
  [ -f "$work/block-$1" ] || fail "the README has no block $1"
  # Each command of a block has to succeed, but for the last one, whose exit code is the block's. Not a subshell: folders and variables stay.
  failed=
  trap '[ "$BASH_SUBSHELL" = 0 ] && failed=${failed:-$BASH_COMMAND}' ERR
  . "$work/block-$1" >"$log" 2>&1 </dev/null
  code=$?
  trap - ERR
  [ "$code" = "$2" ] || fail "block $1 ended with $code, not $2${failed:+ ($failed)}"
  [ "$code" != 0 ] || [ -z "$failed" ] || fail "in block $1 a command failed: $failed"
  grep -Eq -e "$3" "$log" || fail "block $1 does not print '$3'"
  [ -z "${4:-}" ] || ! grep -Eq -e "$4" "$log" || fail "block $1 prints '$4'"
  echo "  block $1: $3"
}

echo "A stranger's path:"
step 1 0 '' '(error|warning) [A-Z]+[0-9]+'
# The stranger's own package folder: what is packed here must not meet what was packed before.
export NUGET_PACKAGES=$work/packages
step 2 0 'Program.cs\(12,[0-9]+\): warning FG2015: '
step 3 0 'confirmed.*FG2015|FG2015.*confirmed'
step 4 10 'pools\.outstanding is [12],?[0-9]{3}, above the limit of 100'
step 5 0 'Passed|passed' 'warning FG'
[ "$(find "$work" -name 'block-*' | wc -l)" = 5 ] || fail "the README has blocks that no step runs"
[ -s after.html ] || fail "there is no after.html"
echo "  the path leads to its end"

#!/usr/bin/env bash
# Installs the Debian packages named in the given lists that are missing; says in one line what to do where it may not.
set -euo pipefail

is_there() { # package, command that makes it superfluous or "-"
    [ "$2" != "-" ] && command -v "$2" >/dev/null && return
    # Where Debian renamed a library for 64-bit time, the new name will do
    grep -qxE "$1(t64)?" <<<"$installed"
}

# A system without dpkg has none of them by these names, and is told so below
installed=$(dpkg-query -W -f='${db:Status-Status} ${Package}\n' 2>/dev/null | sed -n 's/^installed //p' || true)
missing=()
while read -r package command; do
    case "$package" in "" | "#"*) continue ;; esac
    is_there "$package" "$command" || missing+=("$package")
done < <(cat "$@")
[ ${#missing[@]} -eq 0 ] && exit 0

if ! command -v apt-get >/dev/null; then
    echo "This is not a Debian system: please install what Debian calls ${missing[*]}, then run this again." >&2
    exit 1
fi
if [ "$(id -u)" -eq 0 ]; then
    as_root=(env)
elif command -v sudo >/dev/null && { sudo -n true 2>/dev/null || [ -t 0 ]; }; then
    as_root=(sudo)
else
    echo "Please run this once as administrator, then try again: apt-get update && apt-get install -y --no-install-recommends ${missing[*]}" >&2
    exit 1
fi
echo "Installing system packages: ${missing[*]}"
log=$(mktemp)
trap 'rm -f "$log"' EXIT
quietly() { "${as_root[@]}" DEBIAN_FRONTEND=noninteractive "$@" >"$log" 2>&1 </dev/null || { cat "$log" >&2; exit 1; }; }
quietly apt-get update
quietly apt-get install -y --no-install-recommends "${missing[@]}"

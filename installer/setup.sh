#!/usr/bin/env bash
# Makes this folder ready: `setup.sh run` for using the program, `setup.sh test` for proving it too.
# Quick when nothing has changed: each step leaves the digest of what it was made from.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
purpose=${1:-run}
python=${PYTHON:-python3}
venv=.venv
export PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_INPUT=1

mkdir -p .tools
# Two terminals may start at once; the second waits and then finds everything done
exec 9>.tools/setup.lock
flock 9

digest() { { pwd; cat "$@"; } | sha256sum | cut -d' ' -f1; }
is_done() { [ "$(cat "$venv/made-from-$1" 2>/dev/null)" = "$2" ]; } # step, digest
done_now() { echo "$2" >"$venv/made-from-$1"; }
install_locked() { # the lock file; wheels only, so that nothing is built from sources we did not pin
    "$venv/bin/python" -m pip install -qq --require-hashes --only-binary :all: --no-deps -r "$1"
}

system_packages() {
    local lists=(installer/packages-run.txt)
    [ "$purpose" = test ] && lists+=(installer/packages-test.txt)
    bash installer/system.sh "${lists[@]}"
}

environment() {
    local want
    want=$(digest pyproject.toml requirements.lock)
    is_done environment "$want" && "$venv/bin/python" -I -c 'import resources' 2>/dev/null && return
    "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || {
        echo "Python 3.11 or newer is needed; name one with: make PYTHON=/path/to/python3" >&2
        exit 1
    }
    echo "Installing the program's libraries into $venv (once, about a minute)"
    "$venv/bin/python" -c 'import pip' 2>/dev/null || "$python" -m venv --clear "$venv"
    install_locked requirements.lock
    "$venv/bin/python" -m pip install -qq --no-deps --no-build-isolation -e .
    done_now environment "$want"
}

test_tools() {
    local want
    want=$(digest requirements-test.lock)
    is_done test-tools "$want" && return
    echo "Installing the test tools"
    install_locked requirements-test.lock
    done_now test-tools "$want"
}

translations() {
    local po
    for po in resources/locale/*/LC_MESSAGES/danvan.po; do
        [ -e "$po" ] || continue
        [ "${po%.po}.mo" -nt "$po" ] && continue
        "$venv/bin/pybabel" --quiet compile -i "$po" -o "${po%.po}.mo"
    done
}

system_packages
environment
translations
if [ "$purpose" = test ]; then
    test_tools
    bash installer/pdf_checker.sh "$venv/bin/python"
fi

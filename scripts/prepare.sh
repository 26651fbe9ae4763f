#!/bin/sh
# Puts the Node that npm installed for this platform where npm scripts find it, and prepares the rest with it. npm 10 takes
# node_modules/.bin/node away again: the packages of the other platforms, which it leaves out, claim the same name.
set -eu
cd "$(dirname "$0")/.."
for node in node_modules/node-*/bin/node; do
  if [ -x "$node" ]; then
    mkdir -p node_modules/.bin
    ln -sf "../${node#node_modules/}" node_modules/.bin/node
  fi
done
PATH="$PWD/node_modules/.bin:$PATH" exec node scripts/prepare.ts

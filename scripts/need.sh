#!/bin/sh
# Install a system package, or say in one line which one to install.
#   sh scripts/need.sh PACKAGE "what it gives"
set -eu
package=$1
what=$2
if [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null; then
    export DEBIAN_FRONTEND=noninteractive
    apt-get update -qq
    apt-get install -y -qq --no-install-recommends "$package" >/dev/null
    exit 0
fi
if command -v apt-get >/dev/null; then
    echo "kg needs $what. Install it and run the same command again: sudo apt-get install $package" >&2
else
    echo "kg needs $what. Install it with your system's package manager and run the same command again." >&2
fi
exit 1

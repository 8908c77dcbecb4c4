# SPDX-License-Identifier: MIT
# shellcheck shell=bash
# Sourced by the tools: what they need of the machine, and how they build. It changes nothing by being sourced.

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

# shellcheck disable=SC2034  # used by those who source this
build_packages=(
    g++ cmake ninja-build mold qt6-base-dev libqt6sql6-sqlite libqt6svg6 libsqlite3-dev sqlite3
    libexpected-dev libxxhash-dev libre2-dev nlohmann-json3-dev breeze-icon-theme fonts-noto-core
)
# shellcheck disable=SC2034
screen_packages=(xvfb xauth xdotool x11-utils imagemagick openbox)

say() {
    printf '%s\n' "$*" >&2
}

fail() {
    say "$(basename "$0"): $*"
    exit 1
}

as_root() {
    if ((EUID == 0)); then
        "$@"
    elif command -v sudo >/dev/null; then
        sudo "$@"
    else
        fail "packages are missing, and there is neither root nor sudo to install them. Have this run: ${*}"
    fi
}

# install_missing PACKAGE...: installs those that are not there; asks nothing of the network where all are.
install_missing() {
    command -v dpkg-query >/dev/null ||
        fail "this is made for Debian 12 and what derives from it. Install by hand: ${*}"
    local installed missing=() package
    installed=$(dpkg-query --show --showformat '${Package} ${db:Status-Status}\n' "$@" 2>/dev/null || true)
    for package; do
        grep --quiet --line-regexp --fixed-strings "$package installed" <<<"$installed" || missing+=("$package")
    done
    ((${#missing[@]} > 0)) || return 0
    say "Installing ${missing[*]}"
    as_root apt-get update --quiet >&2 || say "The package lists could not be renewed; trying with those there are."
    as_root env DEBIAN_FRONTEND=noninteractive \
        apt-get install --yes --quiet --no-install-recommends "${missing[@]}" >&2
}

# build PRESET [TARGET...]: configures where that was not done, and builds what has changed.
build() {
    local preset=$1 folder=$root/build/$1 launcher=()
    shift
    if [[ ! -f $folder/build.ninja ]]; then
        if command -v ccache >/dev/null; then
            launcher=(-D CMAKE_CXX_COMPILER_LAUNCHER=ccache)
        fi
        (cd "$root" && cmake --preset "$preset" "${launcher[@]}") >&2
    fi
    cmake --build "$folder" --parallel "$(nproc)" ${1:+--target "$@"} >&2
}

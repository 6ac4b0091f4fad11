# Shared by ./run and ./test: what must be on the machine, and how to say what is not.

started=$SECONDS
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_SKIP_FIRST_TIME_EXPERIENCE=1
# Build servers would outlive the script.
export MSBUILDDISABLENODEREUSE=1 DOTNET_CLI_USE_MSBUILD_SERVER=0 UseSharedCompilation=false

elapsed() {
  local seconds=$((SECONDS - started))
  printf '%d:%02d' $((seconds / 60)) $((seconds % 60))
}

# Installs Debian packages as root, without a question; the log is shown only if it fails.
install_packages() {
  local log
  log=$(mktemp)
  echo "installing $*" >&2
  if { apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "$@"; } >"$log" 2>&1 </dev/null; then
    rm -f "$log"
  else
    tail -20 "$log" >&2
    rm -f "$log"
    return 1
  fi
}

can_install() { [[ $(id -u) == 0 ]] && command -v apt-get >/dev/null; }

have() { command -v "$1" >/dev/null 2>&1 || compgen -G "$1" >/dev/null; }

# need_tools COMMAND=PACKAGE …: all of them are there afterwards, or this says what to type and fails.
need_tools() {
  local pair packages=()
  for pair in "$@"; do have "${pair%=*}" || packages+=("${pair#*=}"); done
  if ((${#packages[@]} == 0)); then
    echo "all tools are here"
    return 0
  fi
  if can_install && install_packages "${packages[@]}"; then return 0; fi
  echo "Missing: ${packages[*]}. Type: sudo apt-get update && sudo apt-get install -y ${packages[*]}" >&2
  return 1
}

has_sdk() { command -v dotnet >/dev/null && dotnet --list-sdks 2>/dev/null | grep -q '^10\.'; }

# The SDK that global.json asks for. A user's own install under ~/.dotnet counts too.
need_dotnet() {
  if ! has_sdk && [[ -x ${DOTNET_ROOT:-$HOME/.dotnet}/dotnet ]]; then
    export DOTNET_ROOT=${DOTNET_ROOT:-$HOME/.dotnet}
    export PATH=$DOTNET_ROOT:$PATH
  fi
  has_sdk && return 0
  if can_install && install_packages dotnet-sdk-10.0 && has_sdk; then return 0; fi
  cat >&2 <<'HINT'
TeleCube needs the .NET 10 SDK, and it is not on this machine.
  Where the distribution (or Microsoft's package feed) carries it, type:  sudo apt-get install -y dotnet-sdk-10.0
  Anywhere else, Microsoft's dotnet-install script puts it into ~/.dotnet:  bash dotnet-install.sh --channel 10.0
Then start this script again.
HINT
  return 1
}

# For the commands at the repository's root to source: finds the .NET SDK, also where it is not on the PATH.

# Sets dotnet, and DOTNET_ROOT for the programs that it builds; says so in one line and fails when there is no SDK.
# $1: who asks, for that line.
use_dotnet() {
  local candidate
  for candidate in "${DOTNET_ROOT:-}/dotnet" "$(command -v dotnet || true)" "${HOME:-/root}/.dotnet/dotnet" /usr/share/dotnet/dotnet /usr/lib/dotnet/dotnet; do
    if [[ -x $candidate ]]; then
      dotnet=$(readlink -f "$candidate")
      export DOTNET_ROOT=${dotnet%/*} DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
      return
    fi
  done
  echo "$1: the .NET 10 SDK is missing: install it and put dotnet on the PATH" >&2
  return 1
}

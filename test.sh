#!/usr/bin/env bash
# Builds everything and runs the tests. The last line is "N passed, N failed, N skipped".
# Needs the .NET SDK and Node.js; installs what else the tests use where it is missing and can be installed.
set -euo pipefail
cd "$(dirname "$0")"
exec < /dev/null

usage() {
  cat <<'END'
./test.sh           every test once
./test.sh --quick   rules, protocol, client, storage on SQLite, architecture, docs: under a minute after the build
./test.sh --long    every test, the random ones (docs/reliability.md) in their long form: for hours
END
}

mode=all
case "${1:-}" in
  "") ;;
  --quick) mode=quick ;;
  --long) mode=long ;;
  *) usage >&2; exit 2 ;;
esac

# The quick run needs no other program but Node.js, and no server but the shared one.
quick=(-class- "*.SqlServer*")
for part in Rules "Protocol*" "Client*" Storage Architecture Docs; do
  quick+=(-namespace "ChatHub.Tests.$part")
done

results="$PWD/TestResults/results.xml"

# A missing program costs only the tests that need it: they say that they were skipped.
ensure_programs() {
  local program missing=()
  for program in "$@"; do
    command -v "${program%%:*}" > /dev/null || missing+=("${program##*:}")
  done
  [[ ${#missing[@]} -eq 0 ]] && return
  if [[ $(id -u) -ne 0 ]] || ! command -v apt-get > /dev/null; then
    echo "test.sh: missing and not to be installed from here: ${missing[*]}; the tests that need them are skipped." >&2
    return
  fi
  echo "test.sh: installing ${missing[*]}"
  export DEBIAN_FRONTEND=noninteractive
  apt-get update -q > /dev/null 2>&1 || true
  apt-get install -y -q --no-install-recommends "${missing[@]}" > /dev/null 2>&1 && return
  # All but what this distribution does not have.
  for program in "${missing[@]}"; do
    apt-get install -y -q --no-install-recommends "$program" > /dev/null 2>&1 \
      || echo "test.sh: $program could not be installed; the tests that need it are skipped." >&2
  done
}

# Only when the lock file has changed since.
install_node_packages() {
  local folder=$1
  [[ $folder/node_modules/.package-lock.json -nt $folder/package-lock.json ]] || npm ci --prefix "$folder" --no-audit --no-fund
}

# What failed once more, where it is found: at the end of a long log.
show_failures() {
  awk -v RS='<test ' '/ result="Fail"/ {
    split($0, attribute, "\"")
    sub(/.*<message>/, ""); sub(/<\/failure>.*/, ""); gsub(/<[^>]*>/, "\n")
    print "\nFAILED " attribute[4] "\n" substr($0, 1, 4000)
  }' "$results" | sed 's/&lt;/</g; s/&gt;/>/g; s/&quot;/"/g; s/&amp;/\&/g'
}

# The runner's own counts: a crash or an empty run is a failure too.
summarise() {
  local attributes passed failed errors skipped
  attributes=$(grep -o '<assembly [^>]*>' "$results" 2> /dev/null || true)
  count() { sed -nE "s/.* $1=\"([0-9]+)\".*/\1/p" <<< "$attributes"; }
  passed=$(count passed) failed=$(count failed) errors=$(count errors) skipped=$(count skipped)
  failed=$((${failed:-0} + ${errors:-0}))
  if [[ ${passed:-0} -eq 0 || ($1 -ne 0 && $failed -eq 0) ]]; then
    failed=$((failed + 1))
  fi
  [[ $failed -eq 0 || ! -e $results ]] || show_failures
  echo "${passed:-0} passed, $failed failed, ${skipped:-0} skipped"
  [[ $failed -eq 0 ]]
}

if [[ $mode != quick ]]; then
  # The program, and its package where that has another name. Chromium's headless shell runs the pages, for half of the CPU; the browser
  # itself only what the shell cannot (Tests/Web/WholeBrowser.cs).
  ensure_programs redis-server tmux nginx:nginx-light docker-compose chromium chromium-headless-shell
fi
install_node_packages Tests/JavaScript
install_node_packages Client.Web

arguments=()
[[ $mode == quick ]] && arguments=("${quick[@]}")
if [[ $mode == long ]]; then
  # Set, they lift the time limits too.
  export CHATHUB_RACE_ROUNDS="${CHATHUB_RACE_ROUNDS:-100}" CHATHUB_MODEL_OPERATIONS="${CHATHUB_MODEL_OPERATIONS:-500000}"
  export CHATHUB_KILLS="${CHATHUB_KILLS:-1000}" CHATHUB_HOSTILE_FRAMES="${CHATHUB_HOSTILE_FRAMES:-200000}"
fi

rm -rf TestResults
mkdir TestResults

# Tests start hundreds of servers that live for seconds: code that counts for the next tier of the compiler does not pay, nor does that tier
# after 30 calls already (1,024 here), nor a second mapping of each page of code.
export DOTNET_TieredPGO=0 DOTNET_TC_CallCountThreshold=400 DOTNET_EnableWriteXorExecute=0

status=0
dotnet build ChatHub.sln --nologo -v quiet || status=$?
if [[ $status -eq 0 ]]; then
  dotnet Tests/bin/Debug/net10.0/Tests.dll -noColor -maxThreads 5 -result-xml "$results" "${arguments[@]}" || status=$?
fi
summarise "$status"

#!/usr/bin/env bash
# Measures the web inbox for docs/benchmarks.md: its first load and the opening of chats, with the processor throttled four-fold.
# Needs the .NET SDK, Node.js and Chromium.
set -euo pipefail
cd "$(dirname "$0")/.."
dotnet build Tests -c Release --nologo -v quiet
dotnet Tests/bin/Release/net10.0/Tests.dll -noColor -explicit only -class "ChatHub.Tests.Web.WebBenchmark"
cat TestResults/web-benchmark.md

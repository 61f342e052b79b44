#!/usr/bin/env bash
# Makes docs/images again: the web inbox of a real server in a real browser. Needs the .NET SDK, Node.js and Chromium.
set -euo pipefail
cd "$(dirname "$0")/.."
dotnet build Tests --nologo -v quiet
dotnet Tests/bin/Debug/net10.0/Tests.dll -noColor -explicit only -class "ChatHub.Tests.Web.ScreenshotTests"

# The server in a container: docker build -t chathub .
# Package versions are those of Directory.Packages.props; the SDK is held by global.json.
FROM node:22-slim AS web
WORKDIR /src/Client.Web
COPY Client.Web .
RUN npm ci --no-audit --no-fund && npm run build --workspace page

FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
WORKDIR /src
COPY . .
COPY --from=web /src/Server/wwwroot Server/wwwroot
RUN dotnet publish Server -c Release -o /out --nologo -p:SkipWeb=true

FROM mcr.microsoft.com/dotnet/aspnet:10.0
WORKDIR /app
COPY --from=build /out .
# The image's own user without rights, 1654. Only /data is its to write: the embedded database, if that is what is used.
RUN install -d -o $APP_UID -g $APP_UID /data
USER $APP_UID
VOLUME /data
ENV Urls=http://+:8080 \
    Storage__ConnectionString="Data Source=/data/chathub.db"
EXPOSE 8080
# The image has no curl: the program asks itself.
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=3 CMD ["dotnet", "Server.dll", "--health"]
ENTRYPOINT ["dotnet", "Server.dll"]

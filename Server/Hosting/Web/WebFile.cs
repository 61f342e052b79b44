using System.Net.Mime;
using System.Security.Cryptography;
using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Net.Http.Headers;

namespace ChatHub.Server.Hosting.Web;

/// <summary>A file of the web inbox, held in memory with what the build compressed: about 2 MB in all.</summary>
internal sealed class WebFile
{
    // Names under assets/ hold a hash of what they contain; every other file is asked for again each time.
    private const string Immutable = "public, max-age=31536000, immutable";
    private const string Revalidated = "no-cache";

    private static readonly FileExtensionContentTypeProvider Types = new() { Mappings = { [".webmanifest"] = "application/manifest+json" } };

    private readonly EntityTagHeaderValue _tag;
    private readonly byte[] _plain;
    private readonly byte[]? _brotli;

    private WebFile(string path, byte[] plain, byte[]? brotli)
    {
        ContentType = Types.TryGetContentType(path, out var type) ? type : MediaTypeNames.Application.Octet;
        CacheControl = path.StartsWith("assets/", StringComparison.Ordinal) ? Immutable : Revalidated;
        _plain = plain;
        _brotli = brotli;
        _tag = new($"\"{Convert.ToHexStringLower(SHA256.HashData(plain)[..12])}\"");
    }

    public string ContentType { get; }

    public string CacheControl { get; }

    /// <param name="path">From the inbox's root, with slashes.</param>
    /// <param name="read">Reads a file by its path; null where there is none.</param>
    public static WebFile Read(string path, Func<string, byte[]?> read) => new(path, read(path)!, read(path + ".br"));

    /// <summary>200, or 304 where the browser holds this version already.</summary>
    public Task WriteAsync(HttpContext http)
    {
        var headers = http.Response.Headers;
        headers.CacheControl = CacheControl;
        if (_brotli is null)
            return Results.Bytes(_plain, ContentType, entityTag: _tag).ExecuteAsync(http);

        headers.Append(HeaderNames.Vary, HeaderNames.AcceptEncoding);
        if (!TakesBrotli(http.Request))
            return Results.Bytes(_plain, ContentType, entityTag: _tag).ExecuteAsync(http);
        headers.ContentEncoding = "br";
        return Results.Bytes(_brotli, ContentType, entityTag: Compressed(_tag)).ExecuteAsync(http);
    }

    private static bool TakesBrotli(HttpRequest request) =>
        request.GetTypedHeaders().AcceptEncoding.Any(encoding => encoding.Value == "br" && encoding.Quality is not 0);

    // Strong tags name bytes: those of each encoding have their own.
    private static EntityTagHeaderValue Compressed(EntityTagHeaderValue tag) => new($"\"{tag.Tag.ToString().Trim('"')}-br\"");
}

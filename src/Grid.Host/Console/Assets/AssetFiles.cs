using System.Collections.Frozen;
using System.Security.Cryptography;
using Microsoft.Net.Http.Headers;

namespace Grid.Host.Console.Assets;

/// <summary>Style sheet, scripts and icon, which the assembly carries. A file's address has the hash of its content, so that browsers may keep it for ever.</summary>
internal static class AssetFiles
{
    private const string Prefix = "Grid.Host.Console.Assets.";

    private static readonly FrozenDictionary<string, AssetFile> Files = Load();

    public static void MapAssets(this IEndpointRouteBuilder routes) => routes.MapGet("/assets/{hash}/{name}", Send).ExcludeFromDescription();

    /// <summary>Where a file is served.</summary>
    public static string Url(string name) => $"/assets/{Files[name].Hash}/{name}";

    private static IResult Send(string hash, string name, HttpContext http)
    {
        if (!Files.TryGetValue(name, out var file))
        {
            return Results.NotFound();
        }

        var headers = http.Response.Headers;
        headers.XContentTypeOptions = "nosniff";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers.CacheControl = hash == file.Hash ? "public, max-age=31536000, immutable" : "no-cache";
        return Results.Bytes(file.Bytes, file.Type, entityTag: new EntityTagHeaderValue($"\"{file.Hash}\""));
    }

    private static FrozenDictionary<string, AssetFile> Load()
    {
        var assembly = typeof(AssetFiles).Assembly;
        return assembly.GetManifestResourceNames().Where(name => name.StartsWith(Prefix, StringComparison.Ordinal)).ToFrozenDictionary(name => name[Prefix.Length..], name =>
        {
            using var stream = assembly.GetManifestResourceStream(name)!;
            var bytes = new byte[stream.Length];
            stream.ReadExactly(bytes);
            return new AssetFile(bytes, Path.GetExtension(name) switch { ".css" => "text/css; charset=utf-8", ".js" => "text/javascript; charset=utf-8", _ => "image/svg+xml" },
                Convert.ToHexStringLower(SHA256.HashData(bytes).AsSpan(0, 8)));
        });
    }
}

using System.Text;

namespace Grid.Host.Api;

/// <summary>How policies are written on the wire.</summary>
internal static class PolicyMedia
{
    public const string Yaml = "application/yaml";
    public const string Json = "application/json";

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>What the body is in; YAML where the request doesn't say; null for anything else.</summary>
    public static string? Of(HttpRequest request) => request.ContentType?.Split(';')[0].Trim().ToLowerInvariant() switch
    {
        null or "" or "text/plain" or Yaml or "application/x-yaml" or "text/yaml" or "text/x-yaml" => Yaml,
        Json => Json,
        _ => null,
    };

    public static bool WantsYaml(HttpRequest request) => request.Headers.Accept.Any(accept => accept?.Contains("yaml", StringComparison.OrdinalIgnoreCase) == true);

    public static bool TryDecode(ReadOnlySpan<byte> bytes, out string text)
    {
        try
        {
            text = Strict.GetString(bytes.StartsWith(Encoding.UTF8.Preamble) ? bytes[Encoding.UTF8.Preamble.Length..] : bytes);
            return true;
        }
        catch (DecoderFallbackException)
        {
            text = "";
            return false;
        }
    }
}

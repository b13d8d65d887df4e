namespace Grid.Host.Options;

/// <summary>The certificate of the SMTP listeners. Without one they don't offer STARTTLS.</summary>
/// <param name="Certificate">PEM file with the chain; null: none.</param>
/// <param name="Key">PEM file with its private key; null: none.</param>
public sealed record TlsOptions(string? Certificate, string? Key)
{
    internal static TlsOptions Read(OptionsReader reader)
    {
        var certificate = ReadFile(reader, "Grid:Tls:Certificate");
        var key = ReadFile(reader, "Grid:Tls:Key");
        if (certificate is null != key is null)
        {
            reader.Miss(certificate is null ? "Grid:Tls:Certificate" : "Grid:Tls:Key", "a PEM file, as its counterpart is given");
        }

        return new(certificate, key);
    }

    private static string? ReadFile(OptionsReader reader, string key)
    {
        var path = reader.Text(key);
        if (path is not null && !File.Exists(path))
        {
            reader.Refuse(key, "a file that exists", path);
        }

        return path;
    }
}

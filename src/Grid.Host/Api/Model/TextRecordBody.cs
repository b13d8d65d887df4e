namespace Grid.Host.Api.Model;

/// <summary>A DNS record to publish.</summary>
/// <param name="Value">The whole text.</param>
/// <param name="Strings">The same, cut as zone files need it: 255 characters at most each.</param>
public sealed record TextRecordBody(string Name, string Type, string Value, IReadOnlyList<string> Strings)
{
    private const int MaxString = 255;

    public static TextRecordBody Of(string name, string value) => new(name, "TXT", value, [.. value.Chunk(MaxString).Select(part => new string(part))]);
}

namespace Grid.Host.Console.Parts;

/// <summary>A posted form, shown again.</summary>
public sealed record PostedText(IFormCollection Form)
{
    /// <summary>A field; null when there was none.</summary>
    public string? Field(string name) => Form.TryGetValue(name, out var value) ? value.ToString() : null;
}

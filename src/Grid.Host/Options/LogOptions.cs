namespace Grid.Host.Options;

/// <summary>What the log shows.</summary>
/// <param name="Addresses">True: people's addresses are written out; false: only their domains. Default false.</param>
public sealed record LogOptions(bool Addresses)
{
    /// <summary>The defaults.</summary>
    public static LogOptions Default { get; } = new(false);

    internal static LogOptions Read(OptionsReader reader) =>
        new(reader.Parse("Grid:Log:Addresses", Default.Addresses, OptionTexts.BooleanRule, (string text, out bool value) => bool.TryParse(text, out value)));
}

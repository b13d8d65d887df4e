namespace Grid.Cli.Commands;

/// <summary>A field of a call: an option of its command.</summary>
/// <param name="Name">As the API has it, a dot leading into an object: limits.maxRate is --max-rate.</param>
/// <param name="Option">Where that would say too little.</param>
/// <param name="OneOf">All that it may be; null where it may be anything.</param>
internal sealed record CallField(string Name, string Words, bool Needed = false, CallFieldKind Kind = CallFieldKind.Text, string? Option = null, string[]? OneOf = null)
{
    /// <summary>For an operator's act whose body has no reason.</summary>
    public static CallField Why { get; } = new("reason", "Why; it goes to the ledger", Kind: CallFieldKind.Header);

    /// <summary>For an act that asks for one.</summary>
    public static CallField Reason { get; } = new("reason", "Why; it goes to the ledger", true);

    /// <summary>A request that may be given whole.</summary>
    public static CallField File { get; } = new("file", "All of it as JSON; - reads the input", Kind: CallFieldKind.Whole);
}

namespace Grid.Core.Enforcement.Policies;

/// <summary>What a policy asks of declarations; lists that clauses refer to by the parameter's name.</summary>
public sealed record ConsentRules
{
    /// <summary>Methods by which a recipient can have agreed; empty: any, or none.</summary>
    public IReadOnlyList<string> Bases { get; init; } = [];

    /// <summary>Streams whose mail needs consent.</summary>
    public IReadOnlyList<string> Streams { get; init; } = [];

    /// <summary>Sources of addresses that are refused, whatever consent is claimed.</summary>
    public IReadOnlyList<string> RefusedSources { get; init; } = [];

    /// <summary>Streams whose mail needs a way out in its body.</summary>
    public IReadOnlyList<string> UnsubscribeStreams { get; init; } = [];

    /// <summary>Streams whose mail needs the sender's postal address in its body.</summary>
    public IReadOnlyList<string> AddressStreams { get; init; } = [];

    /// <summary>Methods of consent that don't reach to personal addresses.</summary>
    public IReadOnlyList<string> CompanyAddressBases { get; init; } = [];

    /// <summary>Recipients' countries, by top level domain, where mail without prior consent isn't lawful.</summary>
    public IReadOnlyList<string> ConsentCountries { get; init; } = [];

    /// <summary>Time in which a request to stop must be honoured; the grid honours it at once.</summary>
    public TimeSpan OptOutWithin { get; init; } = TimeSpan.FromDays(2);
}

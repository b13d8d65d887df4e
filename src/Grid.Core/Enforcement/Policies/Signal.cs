namespace Grid.Core.Enforcement.Policies;

/// <summary>Something that conditions can be about: an entry of the closed catalogue <see cref="Signals"/>.</summary>
/// <param name="Name">As policies name it: "complaints", "content.malware", "consent.method".</param>
/// <param name="Kind">Which conditions it can stand in.</param>
/// <param name="Words">What it says.</param>
public sealed record Signal(string Name, SignalKind Kind, string Words)
{
    /// <summary>What it can be said of.</summary>
    public required IReadOnlyList<PolicySubject> Subjects { get; init; }

    /// <summary>For counters: the measure of its rate; null where it has none.</summary>
    public ClauseMeasure? Rate { get; init; }

    /// <summary>For counters and memories: the measure of its number.</summary>
    public ClauseMeasure? Count { get; init; }

    /// <summary>What its events are called in a number: "complaints".</summary>
    public string Events { get; init; } = "events";

    /// <summary>What its rate is taken of: "messages".</summary>
    public string Volume { get; init; } = "messages";

    /// <summary>For facts: what its value is.</summary>
    public FactType Type { get; init; }

    /// <summary>For facts that are words: those that it can be; empty: any.</summary>
    public IReadOnlyList<string> Values { get; init; } = [];

    /// <summary>For facts: reads it of a message and, where it is about one, a recipient.</summary>
    public Func<MessageFacts, RecipientFacts?, FactValue>? Read { get; init; }
}

using Grid.Core.Enforcement.Policies;
using Grid.Host.Api.Model;

namespace Grid.Host.Ingress;

/// <summary>What a sender declares with a message, as policies ask for it; each may be absent.</summary>
public sealed record Declarations
{
    /// <summary>Nothing is declared.</summary>
    public static Declarations None { get; } = new();

    /// <summary>commercial, transactional or requested; null: it follows the stream.</summary>
    public string? Purpose { get; init; }

    /// <summary>What the message is about.</summary>
    public string? Topic { get; init; }

    /// <summary>Why the recipient is written to.</summary>
    public string? Reason { get; init; }

    /// <summary>Who attests that the campaign is lawful.</summary>
    public string? Attestation { get; init; }

    /// <summary>How the recipients agreed, as it was sent; kept with the message.</summary>
    public ConsentBody? Consent { get; init; }

    /// <summary>The same, read.</summary>
    public ConsentFacts? ConsentFacts { get; init; }
}

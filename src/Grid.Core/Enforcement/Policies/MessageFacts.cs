namespace Grid.Core.Enforcement.Policies;

/// <summary>What is known of a message when it is submitted. What is null was not declared, or was not looked for.</summary>
public sealed record MessageFacts
{
    /// <summary>Now, as ages are measured from it.</summary>
    public required DateTimeOffset Now { get; init; }

    /// <summary>"bulk" or "transactional".</summary>
    public required string Stream { get; init; }

    /// <summary>"commercial", "transactional" or "requested"; where the sender doesn't say, it follows the stream.</summary>
    public required string Purpose { get; init; }

    /// <summary>In the message's own order.</summary>
    public required IReadOnlyList<RecipientFacts> Recipients { get; init; }

    public string? Campaign { get; init; }

    public ConsentFacts? Consent { get; init; }

    /// <summary>By recipient, where what is on record makes a difference; null: <see cref="Consent"/> is of all of them.</summary>
    public IReadOnlyList<ConsentFacts?>? ConsentOf { get; init; }

    /// <summary>Names that the sender goes by: id, name, company, sending domains.</summary>
    public IReadOnlyList<string> SenderNames { get; init; } = [];

    /// <summary>What the message is about, as declared.</summary>
    public string? Topic { get; init; }

    /// <summary>Who attests that the campaign is lawful.</summary>
    public string? AttestedBy { get; init; }

    /// <summary>Why the recipient is written to, as declared.</summary>
    public string? Reason { get; init; }

    /// <summary>The body says that reason.</summary>
    public bool? SaysReason { get; init; }

    /// <summary>The body has a link over HTTP by which to unsubscribe.</summary>
    public bool? UnsubscribeLink { get; init; }

    /// <summary>The header offers it too.</summary>
    public bool? ListUnsubscribe { get; init; }

    /// <summary>The only way out is to write a mail.</summary>
    public bool? UnsubscribeByMailOnly { get; init; }

    /// <summary>The body has the tenant's registered postal address.</summary>
    public bool? PostalAddress { get; init; }

    /// <summary>The body has the tenant's registered company name.</summary>
    public bool? CompanyName { get; init; }

    /// <summary>The body names its one reader, or says why it is written to them.</summary>
    public bool? Personal { get; init; }

    /// <summary>The body says that it is an advertisement.</summary>
    public bool? AdvertisementLabel { get; init; }

    /// <summary>The sender's display name holds an address or a domain that isn't the tenant's.</summary>
    public bool? ForeignFromName { get; init; }

    /// <summary>Replies go to a domain of the tenant's.</summary>
    public bool? OwnReplyTo { get; init; }

    /// <summary>The tenant's profile has company, postal address, website, contact and country.</summary>
    public bool? ProfileComplete { get; init; }

    /// <summary>Somebody attested for the tenant that each law which the policy names is kept.</summary>
    public bool? Attested { get; init; }

    /// <summary>The policy was accepted for the tenant.</summary>
    public bool? Accepted { get; init; }

    /// <summary>The sender's display name is one of those that are registered; null where there is no display name.</summary>
    public bool? RegisteredFromName { get; init; }

    /// <summary>Replies go to an address whose reader confirmed it; null where they go to From.</summary>
    public bool? ConfirmedReplyTo { get; init; }

    /// <summary>The tenant's country, as its profile has it.</summary>
    public string? Country { get; init; }

    /// <summary>Findings about this message that checks reported.</summary>
    public IReadOnlyList<string> Findings { get; init; } = [];
}

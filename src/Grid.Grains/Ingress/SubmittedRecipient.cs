using Grid.Core.Vocabulary;

namespace Grid.Grains.Ingress;

/// <summary>A recipient of a message to be accepted.</summary>
/// <param name="Address">As it goes into RCPT.</param>
/// <param name="Domain">Its domain, lower case ASCII.</param>
public sealed record SubmittedRecipient(string Address, string Domain)
{
    /// <summary>NOTIFY of RFC 3461; null where not given.</summary>
    public DsnNotify? Notify { get; init; }

    /// <summary>ORCPT of RFC 3461, as given; null where not given.</summary>
    public string? Original { get; init; }
}

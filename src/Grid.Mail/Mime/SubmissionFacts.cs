namespace Grid.Mail.Mime;

/// <summary>What the grid needs to know of a submitted message, read from its repaired header.</summary>
public sealed record SubmissionFacts
{
    /// <summary>The one author.</summary>
    public required Mailbox From { get; init; }

    /// <summary>Decoded; empty where there is none.</summary>
    public required string Subject { get; init; }

    /// <summary>Without angle brackets.</summary>
    public required string MessageId { get; init; }

    /// <summary>Null where the header says no readable date.</summary>
    public required DateTimeOffset? Date { get; init; }

    /// <summary>The body has octets above 127: 8BITMIME is needed.</summary>
    public required bool IsEightBit { get; init; }

    /// <summary>The header has octets above 127: SMTPUTF8 is needed.</summary>
    public required bool NeedsUtf8Headers { get; init; }

    /// <summary>Octets up to and including the empty line.</summary>
    public required int HeaderLength { get; init; }

    public required bool HasListUnsubscribe { get; init; }

    /// <summary>List-Unsubscribe-Post is there (RFC 8058).</summary>
    public required bool HasOneClickUnsubscribe { get; init; }

    /// <summary>Lower case; empty where there is none.</summary>
    public required string Precedence { get; init; }

    /// <summary>"TLS-Required: No", once (RFC 8689, 5).</summary>
    public required bool IsTlsOptional { get; init; }

    /// <summary>The keyword of RFC 3834 (<c>auto-replied</c>, <c>auto-generated</c>, <c>no</c>), lower case; empty where there is none.</summary>
    public required string AutoSubmitted { get; init; }
}

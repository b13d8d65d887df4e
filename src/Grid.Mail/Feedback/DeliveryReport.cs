using Grid.Core.Vocabulary;
using Grid.Mail.Mime;

namespace Grid.Mail.Feedback;

/// <summary>What a sender is told of a message (RFC 3464); <see cref="DeliveryReportWriter"/> makes a mail of it.</summary>
public sealed record DeliveryReport
{
    public required Mailbox From { get; init; }

    /// <summary>The sender.</summary>
    public required EmailAddress To { get; init; }

    /// <summary>The report's own.</summary>
    public required string MessageId { get; init; }

    public required DateTimeOffset Date { get; init; }

    /// <summary>Name of this host.</summary>
    public required string Host { get; init; }

    /// <summary>When the message was accepted.</summary>
    public required DateTimeOffset ArrivedAt { get; init; }

    /// <summary>RET and ENVID.</summary>
    public required DsnRequest Request { get; init; }

    /// <summary>At least one.</summary>
    public required IReadOnlyList<ReportedRecipient> Recipients { get; init; }

    /// <summary>The message; null where it isn't at hand any more.</summary>
    public ReadOnlyMemory<byte>? Message { get; init; }

    /// <summary>Most that is returned of it, in bytes.</summary>
    public required int MaxReturnedBytes { get; init; }

    /// <summary>Further fields of the header.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];
}

using Grid.Core.Vocabulary;

namespace Grid.Host.Ingress;

/// <summary>A whole message as it came.</summary>
/// <param name="Bytes">Header and body.</param>
/// <param name="Recipients">Of the envelope, not of the header.</param>
/// <param name="Stream">Where the message doesn't name one itself.</param>
/// <param name="Campaign">Likewise.</param>
public sealed record RawMessage(ReadOnlyMemory<byte> Bytes, RecipientList Recipients, MailStream Stream = MailStream.Bulk, string? Campaign = null)
{
    /// <summary>It came over SMTP: bare line ends are refused. Else they are put right.</summary>
    public bool OverSmtp { get; init; }

    /// <summary>The client declared SMTPUTF8.</summary>
    public bool Utf8 { get; init; }

    /// <summary>The client asked for REQUIRETLS (RFC 8689).</summary>
    public bool RequireTls { get; init; }

    /// <summary>Value of the Received header to add; null for none.</summary>
    public string? Received { get; init; }
}

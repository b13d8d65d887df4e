using System.Net;
using Grid.Core.Ports;
using Grid.Host.Options;
using Grid.Mail.Mime;

namespace Grid.Host.Feedback;

/// <summary>
/// Who may report complaints.
/// In: a report and the host that brought it. Out: the name of its reporter, from the list; null for all others; or that it can't be told now.
/// Guarantees: a From is believed only under a good DKIM signature of its domain, or of one above it; From is one address.
/// </summary>
public sealed class Reporters(FeedbackOptions options, ISignatureVerifier signatures)
{
    /// <summary>The reporter's name: the address or domain of its entry, or its network. Not settled where a key can't be looked up.</summary>
    public async ValueTask<(string? Name, bool IsSettled)> FindAsync(ReadOnlyMemory<byte> message, IPAddress peer, CancellationToken cancellationToken)
    {
        if (options.Reporters.FirstOrDefault(reporter => reporter.Network?.Contains(peer) == true) is { } near)
        {
            return (near.Network.ToString(), true);
        }

        var senders = MailboxParser.Parse(MessageReader.Read(message).Header("From")?.Value ?? "");
        if (senders.Count != 1 || options.Reporters.FirstOrDefault(reporter => IsFrom(reporter.From, senders[0])) is not { From: { } name })
        {
            return (null, true);
        }

        var signers = await signatures.SignersAsync(message, cancellationToken);
        return signers.Domains.Any(signer => IsWithin(senders[0].Domain, signer)) ? (name, true) : (null, signers.IsComplete);
    }

    private static bool IsFrom(string? entry, ParsedMailbox sender) =>
        entry is not null && (entry.Contains('@', StringComparison.Ordinal) ? entry.Equals(sender.Address, StringComparison.OrdinalIgnoreCase) : entry == sender.Domain);

    /// <summary>A domain is the signer's, or below it; a top-level domain signs for nobody.</summary>
    internal static bool IsWithin(string domain, string signer) =>
        domain.Equals(signer, StringComparison.OrdinalIgnoreCase)
        || (domain.Length > signer.Length && domain[^(signer.Length + 1)] == '.' && domain.EndsWith(signer, StringComparison.OrdinalIgnoreCase) && signer.Contains('.', StringComparison.Ordinal));
}

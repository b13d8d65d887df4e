using System.Collections.Frozen;

namespace Grid.Mail.Mime;

/// <summary>Headers that a sender cannot set among its extra ones: the message's own parts, its MIME structure, and what relays and verifiers write.</summary>
internal static class ReservedHeaders
{
    private static readonly FrozenSet<string> Names = new[]
    {
        "From", "Sender", "Reply-To", "To", "Cc", "Bcc", "Subject", "Date", "Message-ID", "MIME-Version",
        "Received", "Return-Path", "Received-SPF", "Authentication-Results", "DKIM-Signature", "DomainKey-Signature",
        "Delivered-To", "X-Original-To", "Envelope-To", "Apparently-To",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    private static readonly string[] Families = ["Content-", "ARC-", "Resent-"];

    public static bool Contains(string name)
    {
        foreach (var family in Families)
        {
            if (name.StartsWith(family, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return Names.Contains(name);
    }
}

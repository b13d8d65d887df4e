using Grid.Core.Vocabulary;

namespace Grid.Core.Outcomes;

/// <summary>
/// Mailboxes that only pretend, for trying out a program without mailing anybody.
/// In: a queued recipient. Out: whether it is one of them, and what its receiver would have said.
/// Guarantees: mail to <see cref="Domain"/>, and all mail that was accepted for the <see cref="Pool"/>, is answered here and leaves over no
/// connection; the answer follows from the address alone. What is answered here counts in no rate (<see cref="Counters.OutcomeProjection"/>).
/// </summary>
public static class MailboxSimulator
{
    /// <summary>Domain of the mailboxes, and site of the outcomes.</summary>
    public const string Domain = "simulator.grid.test";

    /// <summary>Pool of the tenants that are in the sandbox; no sending IP can be in it.</summary>
    public const string Pool = "sandbox";

    private static readonly SmtpReply Delivered = new(250, "2.0.0", "simulated: delivered");
    private static readonly SmtpReply NotSent = new(250, "2.0.0", "sandbox: taken and not sent");
    private static readonly SmtpReply Again = new(451, "4.7.1", "simulated: greylisted, try again later");

    private static readonly SimulatedMailbox[] All =
    [
        new("delivered", "is delivered", Delivered),
        new("bounce", "bounces hard", new(550, "5.1.1", "simulated: user unknown")),
        new("full", "bounces soft", new(552, "5.2.2", "simulated: mailbox full")),
        new("blocked", "is refused for the sending IP's reputation", new(550, "5.7.1", "simulated: blocked due to poor reputation of the sending IP")),
        new("deferred", "is deferred once, then delivered", Again),
        new("expires", "is deferred until it expires", Again),
        new("complaint", "is delivered, then complained about", Delivered, OutcomeKind.Complained),
        new("unsubscribe", "is delivered, then unsubscribed from", Delivered, OutcomeKind.Unsubscribed),
    ];

    private static readonly SmtpReply Unknown = new(550, "5.1.1", "simulated: user unknown; known are " + string.Join(", ", All.Select(m => m.Name)));

    /// <summary>The mailboxes, each with what becomes of mail to it.</summary>
    public static IReadOnlyList<SimulatedMailbox> Mailboxes => All;

    /// <summary>True for a recipient whose mail is answered here.</summary>
    public static bool Has(Envelope envelope) => envelope.Pool == Pool || envelope.Domain == Domain;

    /// <summary>True for an outcome that was answered here, or is about one of the mailboxes.</summary>
    public static bool Has(OutcomeRecord record) => record.Site == Domain || record.Domain == Domain;

    /// <summary>What the receiver says, and what comes back after a delivery, if anything. <c>bounce+anything@</c> is the same mailbox as <c>bounce@</c>.</summary>
    public static (SmtpReply Reply, OutcomeKind? Then) Answer(Envelope envelope)
    {
        if (envelope.Domain != Domain)
        {
            return (NotSent, null);
        }

        var name = envelope.Address.AsSpan(0, Math.Max(0, envelope.Address.LastIndexOf('@')));
        name = name.IndexOf('+') is var label and >= 0 ? name[..label] : name;
        foreach (var mailbox in All)
        {
            if (name.Equals(mailbox.Name, StringComparison.OrdinalIgnoreCase))
            {
                return mailbox.Name == "deferred" && envelope.Attempts > 0 ? (Delivered, null) : (mailbox.Reply, mailbox.Then);
            }
        }

        return (Unknown, null);
    }
}

namespace Grid.Core.Vocabulary;

/// <summary>The parameters of RFC 3461 of a message, or of one transaction.</summary>
/// <param name="Request">Of MAIL.</param>
/// <param name="Recipients">Of RCPT: for a message those recipients that had any; for a transaction one for each recipient, in order.</param>
public sealed record DsnWishes(DsnRequest Request, IReadOnlyList<DsnParameters> Recipients)
{
    /// <summary>What was asked for a recipient of the message.</summary>
    public DsnParameters For(int recipient) => Recipients.FirstOrDefault(one => one.Recipient == recipient) ?? new(recipient, null, null);

    /// <summary>The same for some recipients of the message.</summary>
    public DsnWishes ForAll(IEnumerable<int> recipients) => this with { Recipients = [.. recipients.Select(For)] };
}

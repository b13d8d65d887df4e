namespace Grid.Core.Enforcement.Policies;

/// <summary>All that a policy says of a message.</summary>
/// <param name="Findings">In the policy's order; those about recipients in the message's order of them.</param>
public sealed record MessageJudgement(IReadOnlyList<MessageFinding> Findings)
{
    /// <summary>Nothing was found.</summary>
    public static MessageJudgement Clean { get; } = new([]);

    /// <summary>The message as a whole isn't taken.</summary>
    public bool RefusesMessage => Findings.Any(f => f.Recipient is null && f.Clause.Action == Consequence.Refuse);

    /// <summary>The first finding for which a recipient isn't taken; null where it is.</summary>
    public MessageFinding? Refusal(int recipient) =>
        Findings.FirstOrDefault(f => f.Recipient == recipient && f.Clause.Action is Consequence.Refuse or Consequence.Suppress);

    /// <summary>The first finding for which the message is taken and held for review; null where there is none.</summary>
    public MessageFinding? Hold => Findings.FirstOrDefault(f => f.Clause.Action == Consequence.Hold && (f.Recipient is not { } i || Refusal(i) is null));
}

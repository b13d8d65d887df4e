namespace Grid.Core.Enforcement.Policies;

/// <summary>All that a policy says of a message.</summary>
/// <param name="Findings">In the policy's order; those about recipients in the message's order of them.</param>
public sealed record MessageJudgement(IReadOnlyList<MessageFinding> Findings)
{
    /// <summary>Nothing was found.</summary>
    public static MessageJudgement Clean { get; } = new([]);

    /// <summary>The message as a whole isn't taken.</summary>
    public bool RefusesMessage => Findings.Any(f => f.Recipient is null && f.Clause.Action is Consequence.Refuse or Consequence.Hold);

    /// <summary>The first finding for which a recipient isn't taken; null where it is.</summary>
    public MessageFinding? Refusal(int recipient) =>
        Findings.FirstOrDefault(f => f.Recipient == recipient && f.Clause.Action is Consequence.Refuse or Consequence.Hold or Consequence.Suppress);
}

using Grid.Core.Vocabulary;

namespace Grid.Core.Outcomes;

/// <summary>What a receiver's reply means.</summary>
/// <param name="Reason">Why it refused; None for a positive reply.</param>
/// <param name="Hard">True only where the address will never work. A transient reply never is.</param>
/// <param name="About">Whom the refusal speaks about.</param>
/// <param name="Rule">The rule that decided: its name, "enhanced x.1.1", "code 550" or "network".</param>
/// <param name="Ends">The address is not to be mailed again: it is hard, or its mailbox is there and disabled.</param>
public readonly record struct Classification(ReplyReason Reason, bool Hard, ReplyAbout About, string Rule, bool Ends = false);

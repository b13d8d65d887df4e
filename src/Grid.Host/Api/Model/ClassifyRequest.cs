using Grid.Core.Outcomes;

namespace Grid.Host.Api.Model;

/// <summary>One SMTP reply.</summary>
/// <param name="Code">200 to 599, or 0 for a lost connection.</param>
/// <param name="Enhanced">RFC 3463 code, such as 5.1.1.</param>
/// <param name="Host">Who said it.</param>
/// <param name="Command">What it answers, where that is known: connect, mail, rcpt or data.</param>
public sealed record ClassifyRequest(int? Code, string? Enhanced, string? Text, string? Host, AnsweredCommand? Command = null);

using Grid.Core.Vocabulary;
using Grid.Grains.Ingress;
using Grid.Host.Api.Model;

namespace Grid.Host.Feedback;

/// <summary>What became of asking a recipient to confirm: a closed set.</summary>
public abstract record ConfirmationAnswer
{
    private ConfirmationAnswer()
    {
    }

    /// <summary>The mail was taken in.</summary>
    public sealed record Sent(Confirmation Asked) : ConfirmationAnswer;

    /// <summary>The address may not be mailed.</summary>
    public sealed record Suppressed(SuppressionReason Reason) : ConfirmationAnswer;

    /// <summary>It was asked too often, or a moment ago.</summary>
    public sealed record TooOften(TimeSpan RetryAfter) : ConfirmationAnswer;

    /// <summary>The tenant may not send now.</summary>
    public sealed record NotTaken(IntakeResult Result) : ConfirmationAnswer;

    /// <summary>No mail can be made of it.</summary>
    public sealed record Faulty(IReadOnlyList<FieldError> Errors) : ConfirmationAnswer;
}

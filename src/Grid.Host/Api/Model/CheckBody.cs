namespace Grid.Host.Api.Model;

/// <summary>What would happen to a message.</summary>
/// <param name="Accepted">It would be accepted for at least one recipient.</param>
/// <param name="Findings">What speaks against it.</param>
public sealed record CheckBody(bool Accepted, IReadOnlyList<FieldError> Findings, IReadOnlyList<AcceptedRecipientBody> Recipients)
{
    /// <summary>The policy that it was judged by; absent where it wasn't.</summary>
    public string? Policy { get; init; }

    public int? PolicyVersion { get; init; }

    /// <summary>What would be better and refuses nothing.</summary>
    public IReadOnlyList<FieldError> Advice { get; init; } = [];
}

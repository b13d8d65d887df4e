namespace Grid.Host.Api.Model;

/// <summary>RFC 9457 problem details.</summary>
/// <param name="Type">urn:grid:problem:NAME, stable.</param>
/// <param name="Detail">What happened here, and what cures it.</param>
public sealed record ProblemBody(string Type, string Title, int Status, string Detail)
{
    /// <summary>Every fault of the request.</summary>
    public IReadOnlyList<FieldError>? Errors { get; init; }

    /// <summary>The subject's state, where that refused: pending, suspended, terminated, throttled, unknown.</summary>
    public string? State { get; init; }

    public string? Policy { get; init; }

    public int? PolicyVersion { get; init; }

    public string? Clause { get; init; }

    /// <summary>What the refusal was judged on.</summary>
    public IReadOnlyDictionary<string, decimal>? Figures { get; init; }
}

using System.Text.Json.Nodes;

namespace Grid.Client;

/// <summary>What the grid answered.</summary>
/// <param name="Json">The body where it is JSON; null otherwise.</param>
/// <param name="Text">The body as it came.</param>
/// <param name="RetryAfter">How long to wait before asking again, where the grid said so.</param>
public sealed record GridAnswer(int Status, JsonNode? Json, string Text, TimeSpan? RetryAfter)
{
    public bool IsSuccess => Status is >= 200 and < 300;

    /// <summary>Why not; null for a success.</summary>
    public GridProblem? Problem => IsSuccess ? null : GridProblem.Of(this);
}

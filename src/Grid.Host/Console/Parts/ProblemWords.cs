using Grid.Host.Api.Model;

namespace Grid.Host.Console.Parts;

/// <summary>Why something was refused, in a line.</summary>
public sealed record ProblemWords(ProblemBody Problem)
{
    /// <inheritdoc />
    public override string ToString() =>
        Problem.Errors is { Count: > 0 } errors ? $"{Problem.Title}. " + string.Join("; ", errors.Select(error => $"{error.Field}: {error.Message}")) + "." : $"{Problem.Title}. {Problem.Detail}";
}

namespace Grid.Client;

/// <summary>The grid refused.</summary>
public sealed class GridProblemException(GridProblem problem) : Exception(problem.Detail.Length > 0 ? $"{problem.Title}: {problem.Detail}" : problem.Title)
{
    /// <summary>Why.</summary>
    public GridProblem Problem { get; } = problem;
}

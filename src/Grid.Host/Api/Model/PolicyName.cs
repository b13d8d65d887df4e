namespace Grid.Host.Api.Model;

/// <summary>A policy and its version.</summary>
public sealed record PolicyName(string Name, int Version)
{
    /// <summary>A version on trial under the same name; absent where there is none, or none is shown.</summary>
    public TrialBody? Trial { get; init; }
}

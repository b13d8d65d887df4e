using Grid.Contracts.Enforcement;

namespace Grid.Host.Api.Model;

/// <summary>What is in force, everywhere, when this is answered.</summary>
/// <param name="Version">The version for all whom a trial doesn't reach.</param>
public sealed record PushedBody(string Name, int Version, string Hash, DateTimeOffset PushedAt, TrialBody? Trial)
{
    public static PushedBody Of(PolicyInForce inForce) => new(inForce.Current.Name, inForce.Current.Version, inForce.Current.Hash, inForce.Current.At, TrialBody.Of(inForce));
}

using Grid.Core.Vocabulary;

namespace Grid.Host.Api.Model;

/// <summary>A tenant that belongs to another.</summary>
/// <param name="State">As it holds, with what is above it.</param>
/// <param name="Policy">The policy that it is under.</param>
public sealed record ChildBody(string Id, string Name, Standing State, PolicyName Policy, CountersBody Counters, RatesBody Rates, ParentHoldBody? HeldBy);

using Grid.Core.Vocabulary;

namespace Grid.Host.Api.Model;

/// <summary>A finding as it was taken.</summary>
/// <param name="State">The subject's state after it was judged.</param>
/// <param name="Decision">The ledger's entry of it.</param>
public sealed record FindingBody(string Id, string Subject, string Signal, Standing State, string Decision);

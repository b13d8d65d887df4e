namespace Grid.Host.Api.Model;

/// <summary>The tenants that belong to another, at most 1,000.</summary>
/// <param name="Counters">Of all of them together, each in the main window of its policy.</param>
public sealed record ChildrenBody(string Parent, CountersBody Counters, RatesBody Rates, IReadOnlyList<ChildBody> Children);

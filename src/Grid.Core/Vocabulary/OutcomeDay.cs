using Grid.Core.Counters;

namespace Grid.Core.Vocabulary;

/// <summary>What happened in a day between a tenant, a sending IP and a recipient domain.</summary>
/// <param name="Ip">Empty for what was not attempted.</param>
/// <param name="Totals">What it adds to the counters of each of the three.</param>
public sealed record OutcomeDay(DateOnly Day, string Tenant, string Ip, string Domain, CounterTotals Totals);

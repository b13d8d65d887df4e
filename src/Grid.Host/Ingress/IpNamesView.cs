namespace Grid.Host.Ingress;

/// <summary>What the DNS says of a sending IP.</summary>
/// <param name="Names">Its names (PTR).</param>
/// <param name="Confirmed">Of them, those that lead back to it.</param>
/// <param name="GreetingLeadsHere">The name that it greets with leads to it.</param>
/// <param name="Faults">What receivers will hold against it; empty where all is well.</param>
public sealed record IpNamesView(IReadOnlyList<string> Names, IReadOnlyList<string> Confirmed, bool GreetingLeadsHere, IReadOnlyList<string> Faults);

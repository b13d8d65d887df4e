namespace Grid.Core.Enforcement.Vetting;

/// <summary>What an operator found out about one chapter of M3AAWG's vetting practices.</summary>
/// <param name="Item">One of <see cref="VettingDemands.Checklist"/>.</param>
/// <param name="Evidence">What it rests on.</param>
/// <param name="Verdict">pass, fail or open.</param>
public sealed record ChecklistEntry(string Item, string Evidence, string Verdict, string By, DateTimeOffset At);

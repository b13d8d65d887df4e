namespace Grid.Host.Ingress;

/// <summary>How a sending domain stands with SPF, DKIM and DMARC.</summary>
/// <param name="Dmarc">The record that holds for it; absent where there is none.</param>
/// <param name="Policy">p= of it.</param>
/// <param name="Spf">The record of the return paths' domain.</param>
/// <param name="DkimAligned">A key signs whose domain DMARC accepts for it.</param>
/// <param name="SpfAligned">The return paths' domain is one that DMARC accepts for it.</param>
/// <param name="Passes">There is a DMARC record, and its mail passes it.</param>
/// <param name="Faults">What is wrong and what would help; empty where all is well.</param>
public sealed record AlignmentView(string? Dmarc, string? Policy, string? Spf, bool DkimAligned, bool SpfAligned, bool Passes, IReadOnlyList<string> Faults);

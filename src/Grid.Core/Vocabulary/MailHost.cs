namespace Grid.Core.Vocabulary;

/// <summary>A host that takes mail for a domain.</summary>
/// <param name="Preference">0 to 65,535; the lowest is tried first, equal ones in random order (RFC 5321 5.1).</param>
/// <param name="Name">Host name: lower case ASCII, without a dot at the end.</param>
public sealed record MailHost(int Preference, string Name);

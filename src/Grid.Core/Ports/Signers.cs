namespace Grid.Core.Ports;

/// <summary>Who signed a message.</summary>
/// <param name="Domains">Domains, in lower case, whose DKIM signature (RFC 6376) over From and the whole body is good.</param>
/// <param name="IsComplete">False where a key could not be looked up now: asked again later, there may be more.</param>
public sealed record Signers(IReadOnlyList<string> Domains, bool IsComplete);

namespace Grid.Mail.Mime;

/// <summary>A mailbox as found in a received header. Nothing is promised about it: the address may lack a domain, or be nonsense.</summary>
/// <param name="Name">Decoded (RFC 2047), without quotes; from a comment where the address has no name; empty where there is none.</param>
/// <param name="Address">As found, without brackets, comments and source route.</param>
public sealed record ParsedMailbox(string Name, string Address)
{
    /// <summary>What stands before the last <c>@</c>; the whole where there is none.</summary>
    public string LocalPart => Address.LastIndexOf('@') is >= 0 and var at ? Address[..at] : Address;

    /// <summary>What stands after the last <c>@</c>, lower case; empty where there is none.</summary>
    public string Domain => Address.LastIndexOf('@') is >= 0 and var at ? Address[(at + 1)..].ToLowerInvariant() : "";
}

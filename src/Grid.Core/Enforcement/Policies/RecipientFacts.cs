namespace Grid.Core.Enforcement.Policies;

/// <summary>A recipient as clauses see it.</summary>
/// <param name="Address">As it is given.</param>
/// <param name="Domain">Its domain, lower case ASCII.</param>
public sealed record RecipientFacts(string Address, string Domain)
{
    /// <summary>An address of a mailbox provider for persons.</summary>
    public bool IsPersonal => PersonalMailDomains.Has(Domain);

    /// <summary>Its top level domain, which for countries is their code.</summary>
    public string Country => Domain[(Domain.LastIndexOf('.') + 1)..];
}

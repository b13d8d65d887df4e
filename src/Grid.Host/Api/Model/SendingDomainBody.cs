namespace Grid.Host.Api.Model;

/// <summary>A domain that mail is sent from.</summary>
/// <param name="Signing">Mail of it is signed with a key of its own.</param>
/// <param name="Keys">Oldest first.</param>
public sealed record SendingDomainBody(string Domain, bool Signing, IReadOnlyList<DomainKeyBody> Keys);

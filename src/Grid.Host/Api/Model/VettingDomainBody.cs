namespace Grid.Host.Api.Model;

/// <summary>A sending domain and its proof.</summary>
/// <param name="RecordName">Name of the TXT record to publish.</param>
/// <param name="RecordValue">Its text.</param>
/// <param name="Words">What the DNS said last; absent where it wasn't asked.</param>
public sealed record VettingDomainBody(string Domain, string RecordName, string RecordValue, DateTimeOffset? ProvenAt, string? Words);

namespace Grid.Host.Api.Model;

/// <summary>Why what is queued of a message doesn't go: it, or its tenant, is suspended.</summary>
/// <param name="Scope">stream/bulk, stream/transactional or campaign/NAME; "tenant": nothing of the tenant's goes.</param>
/// <param name="Clause">The clause that suspended, or "operator".</param>
/// <param name="Since">Since when; absent where it follows from the tenant's standing.</param>
public sealed record MessageHoldBody(string Scope, string Clause, string Reason, DateTimeOffset? Since);

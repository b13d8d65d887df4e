namespace Grid.Contracts.Admission;

/// <summary>A block of permits from their one owner.</summary>
/// <param name="Count">Permits, 0 to as many as were asked for.</param>
/// <param name="UseWithin">They are void this long after the request was sent.</param>
/// <param name="RetryAfter">With Count 0: when to ask again; <see cref="Timeout.InfiniteTimeSpan"/>: only after <see cref="IPermitHolder.Changed"/>.</param>
/// <param name="Refusal">With Count 0: why.</param>
/// <param name="MaxConnections">Most transactions that this holder may have open for the subject at once; 0 = no limit of the subject's own.</param>
/// <param name="MaxMessagesPerConnection">Most messages over one connection; 0 = no limit of the subject's own.</param>
/// <param name="Pool">For a tenant: the pool of sending IPs that its mail leaves from.</param>
/// <param name="Epoch">The owner's epoch; a block of an older epoch than a revocation is void.</param>
/// <param name="ReturnWithin">What isn't used of it may be given back this long after the request was sent, and only if it was never taken up; null: always.</param>
/// <param name="Hold">For a tenant: what of its mail the permits are not for; null: they are for all of it.</param>
[GenerateSerializer, Immutable, Alias("grid.permit-grant")]
public sealed record PermitGrant(
    [property: Id(0)] int Count,
    [property: Id(1)] TimeSpan UseWithin,
    [property: Id(2)] TimeSpan RetryAfter,
    [property: Id(3)] PermitRefusal? Refusal,
    [property: Id(4)] int MaxConnections,
    [property: Id(5)] int MaxMessagesPerConnection,
    [property: Id(6)] string Pool,
    [property: Id(7)] long Epoch,
    [property: Id(8)] TimeSpan? ReturnWithin = null,
    [property: Id(9)] MailHold? Hold = null);

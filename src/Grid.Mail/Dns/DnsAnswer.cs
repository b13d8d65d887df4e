namespace Grid.Mail.Dns;

/// <summary>The answer to a question.</summary>
/// <param name="Name">Name that the records belong to: the one asked for, or the end of its chain of CNAMEs.</param>
/// <param name="Records">All of the type that was asked for; empty unless Found.</param>
/// <param name="Authenticated">The server says that it validated the answer (AD, RFC 4035 3.2.3); means as much as the way to that server is trusted.</param>
/// <param name="ExpiresAt">Until when it may be used again.</param>
/// <param name="Detail">With ServerFailure: what happened, one line; else empty.</param>
public sealed record DnsAnswer(DnsStatus Status, string Name, IReadOnlyList<DnsRecord> Records, bool Authenticated, DateTimeOffset ExpiresAt, string Detail = "")
{
    /// <summary>The records of one kind.</summary>
    public IEnumerable<T> Of<T>()
        where T : DnsRecord => Records.OfType<T>();
}

namespace Grid.Mail.Dns;

/// <summary>Looks names up.</summary>
public interface IDnsResolver
{
    /// <summary>Asks for the records of a type. Whatever the network does is an answer; only cancellation throws.</summary>
    /// <param name="name">Any case, with or without a dot at the end. What can't be a name is answered with NameError.</param>
    ValueTask<DnsAnswer> ResolveAsync(string name, DnsType type, CancellationToken cancellationToken = default);
}

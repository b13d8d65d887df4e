using System.Net;

namespace Grid.Mail.Sending;

/// <summary>How mail exchangers are found and used.</summary>
public sealed record MxOptions
{
    /// <summary>Port of mail exchangers, 1 to 65,535; default 25, others for test networks.</summary>
    public int Port { get; init; } = 25;

    /// <summary>Mail may go to private, loopback and other special addresses that DNS names; default false.</summary>
    public bool AllowPrivate { get; init; }

    /// <summary>The resolvers validate DNSSEC, and the way to them is safe: what they call authentic is, and DANE (RFC 7672) is done; default false.</summary>
    public bool Validating { get; init; }

    /// <summary>Name of this host: an exchanger of that name is this host.</summary>
    public required string OwnName { get; init; }

    /// <summary>Whether an address is one that this host receives mail at.</summary>
    public Func<IPAddress, bool> IsOwn { get; init; } = static _ => false;
}

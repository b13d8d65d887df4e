using System.Net;
using Grid.Core.Vocabulary;

namespace Grid.Mail.Sending;

/// <summary>Where a connection goes to and as whom.</summary>
/// <param name="Host">Name of the receiver's host, used in TLS (SNI and the certificate's name).</param>
/// <param name="Endpoints">Its addresses, tried in this order while the network fails; at most <see cref="MaxEndpoints"/> are tried.</param>
/// <param name="Tls">What is asked of STARTTLS.</param>
/// <param name="Source">Local address to send from; null leaves it to the system. Endpoints of the other address family are passed over.</param>
/// <param name="Ehlo">Name that we give in EHLO: ASCII, no space.</param>
/// <param name="Name">For logs, for example the site's name.</param>
public sealed record SmtpTarget(string Host, IReadOnlyList<IPEndPoint> Endpoints, TlsMode Tls, IPAddress? Source, string Ehlo, string Name)
{
    /// <summary>TLSA records that bind the host; null where none do. <see cref="Tls"/> is then Verified, or Required where they can't be judged by.</summary>
    public DaneHost? Dane { get; init; }

    /// <summary>Connects from <see cref="Source"/> in our stead; null: nobody does.</summary>
    public HostPort? Proxy { get; init; }

    /// <summary>Most endpoints that one connection attempt tries.</summary>
    public const int MaxEndpoints = 8;
}

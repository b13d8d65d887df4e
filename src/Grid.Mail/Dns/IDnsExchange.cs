using System.Net;

namespace Grid.Mail.Dns;

/// <summary>Puts a question to a server.</summary>
internal interface IDnsExchange
{
    /// <summary>The server's answer to the question, or why there is none; throws only when cancelled by the caller.</summary>
    ValueTask<DnsReply> AskAsync(IPEndPoint server, DnsQuery query, bool overTcp, TimeSpan timeout, CancellationToken cancellationToken);
}

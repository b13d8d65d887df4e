using System.Net;
using Grid.Mail.Dns;

namespace Grid.Mail.Tests.Dns;

/// <summary>Servers that answer as a test says, and what they were asked.</summary>
internal sealed class ScriptedDns : IDnsExchange
{
    public static readonly IPEndPoint First = new(IPAddress.Parse("192.0.2.1"), 53);
    public static readonly IPEndPoint Second = new(IPAddress.Parse("192.0.2.2"), 53);

    /// <summary>By server, question and transport.</summary>
    public Func<IPEndPoint, DnsQuery, bool, DnsReply> Answering { get; set; } = (_, _, _) => Silence;

    public static DnsReply Silence => new(null, "no answer in time", Silent: true);

    public List<(IPEndPoint Server, string Name, DnsType Type, bool OverTcp, TimeSpan Timeout)> Asked { get; } = [];

    /// <summary>Completes before an answer is given; done by default.</summary>
    public Task Gate { get; set; } = Task.CompletedTask;

    public async ValueTask<DnsReply> AskAsync(IPEndPoint server, DnsQuery query, bool overTcp, TimeSpan timeout, CancellationToken cancellationToken)
    {
        lock (Asked)
        {
            Asked.Add((server, query.Name, query.Type, overTcp, timeout));
        }

        await Gate.WaitAsync(cancellationToken);
        return Answering(server, query, overTcp);
    }

    /// <summary>A zone of answers: what isn't there doesn't exist, for a minute.</summary>
    public ScriptedDns Zone(Dictionary<(string Name, DnsType Type), Func<DnsBytes, DnsBytes>> zone, Dictionary<(string Name, DnsType Type), int>? counts = null)
    {
        Answering = (_, query, _) => zone.TryGetValue((query.Name, query.Type), out var write)
            ? Read(query, write(DnsBytes.Answer(query, answers: counts?.GetValueOrDefault((query.Name, query.Type), 1) ?? 1)))
            : Read(query, DnsBytes.Answer(query, authorities: 1, flags: zone.Keys.Any(k => k.Name == query.Name) ? 0x8180 : 0x8183).Soa("example", 60, 60));
        return this;
    }

    public static DnsReply Read(DnsQuery query, DnsBytes bytes)
    {
        Assert.Equal(DnsFault.None, DnsMessageReader.Read(bytes.ToArray(), query, out var message));
        return new(message);
    }

    public static DnsReply Refusal(DnsQuery query, int code) => Read(query, DnsBytes.Answer(query, flags: 0x8180 | code));
}

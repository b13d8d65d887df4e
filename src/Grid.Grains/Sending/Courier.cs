using Grid.Core.Admission;
using Grid.Core.Feedback;
using Grid.Core.Ports;
using Grid.Core.Vocabulary;
using Grid.Grains.Outcomes;
using Grid.Grains.Queue;
using Microsoft.Extensions.Logging;

namespace Grid.Grains.Sending;

/// <summary>
/// Carries mail over one connection after another: what every trip needs, once in a process. In: a lane. Out: settled attempts.
/// Guarantees that a message goes to the wire only with its permits, past the suppression list, with a mark reserved for it, and that
/// whatever happens each recipient taken is settled or put back, once. A failure to connect is an answer, for the sender grain to judge.
/// </summary>
public sealed partial class Courier(
    IMailTransport transport, ISpool spool, ISuppressions suppressions, IDeliveryMarks marks, OutcomeDesk desk, ActiveWindow window,
    MessageToken returnPaths, StageInstruments stages, TimeProvider clock, SendingOptions options, IShapingSource shaping, SiteConnections places, ReplyWatch watch,
    ITlsSessions sessions, ILogger<Courier> log)
{
    /// <summary>Domains that one connection which failed counts for.</summary>
    private const int MostDomains = 100;

    internal ISpool Spool => spool;

    internal ISuppressions Suppressions => suppressions;

    internal IDeliveryMarks Marks => marks;

    internal OutcomeDesk Desk => desk;

    internal ActiveWindow Window => window;

    internal StageInstruments Stages => stages;

    internal TimeProvider Clock => clock;

    internal SendingOptions Options => options;

    internal SiteConnections Places => places;

    internal ReplyWatch Watch => watch;

    /// <summary>Opens a connection and carries mail until there is none, the lane stops, or the connection ends. <paramref name="connected"/> is called once it stands.</summary>
    public async Task<TripReport> CarryAsync(SenderLane lane, Action connected)
    {
        var profile = shaping.Current.ForSite(lane.Queue.Route.Site);
        var opened = await transport.OpenAsync(Secured(lane.Queue.Route, profile), lane.Ip, lane.Spec.Ehlo, lane.Spec.Proxy, lane.Stopping);
        if (opened.Connection is not { } connection)
        {
            foreach (var domain in opened.Sessions is { Count: > 0 } ? lane.Queue.Domains(MostDomains) : [])
            {
                CountTls(lane, domain, opened.Sessions);
            }

            return new(0, opened.Failure, opened.WayOut != WayOutFault.None);
        }

        await using (connection)
        {
            connected();
            using var trip = new Trip(this, lane, opened, Math.Min(options.RecipientsPerTransaction, profile.RecipientsPerTransaction ?? int.MaxValue));
            try
            {
                return await trip.RunAsync();
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                LogTripBroke(e, lane.Ip, lane.Queue.Route.Site);
                return new(trip.Messages, new(0, "", "the connection broke: " + e.Message));
            }
        }
    }

    /// <summary>Connections that were opened for a domain, for the report to it. Where the operator named the way the domain's word on TLS isn't asked, and reports themselves don't count (RFC 8460 3).</summary>
    internal void CountTls(SenderLane lane, string domain, IReadOnlyList<TlsSession>? tried)
    {
        if (tried is { Count: > 0 } && lane.Queue.Route is { Exchangers.Count: > 0, AnyTls: false })
        {
            sessions.Count(domain, tried);
        }
    }

    // Where an operator configured the way, the operator's word on TLS holds.
    private static SiteRoute Secured(SiteRoute route, ShapingProfile profile) =>
        route is { Exchangers.Count: > 0, AnyTls: false } && profile.Tls > route.Tls ? route with { Tls = profile.Tls } : route;

    /// <summary>Return path that finds its way back: the whole message's where several recipients share the transaction.</summary>
    internal string ReturnPath(IReadOnlyList<QueueItem> items)
    {
        if (items[0].Envelope.HasNullReturnPath)
        {
            return "";
        }

        var key = items[0].Envelope.Key;
        return $"b+{returnPaths.Sign(key.Message, items[0].Envelope.RecipientCount > 1 ? MessageToken.WholeMessage : key.Recipient)}@{options.ReturnPathDomain}";
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "A trip from {Ip} to {Site} broke")]
    private partial void LogTripBroke(Exception e, string ip, string site);
}

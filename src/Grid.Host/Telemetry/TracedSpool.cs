using System.Diagnostics;
using Grid.Core.Ports;
using Grid.Core.Vocabulary;

namespace Grid.Host.Telemetry;

/// <summary>The queue, with a span for each traced message that is accepted and for each outcome that is committed. In place only where traces are sent.</summary>
internal sealed class TracedSpool(ISpool spool, MessageTrace trace) : ISpool
{
    public bool IsAvailable => spool.IsAvailable;

    public void OnAdopted(Action adopted) => spool.OnAdopted(adopted);

    public async ValueTask<AcceptResult> AcceptAsync(AcceptRequest request, CancellationToken cancellationToken = default)
    {
        List<Activity>? spans = null;
        foreach (var message in request.Messages)
        {
            if (trace.Begin("accept", message.Id, ActivityKind.Server) is { } span)
            {
                span.SetTag("grid.stream", message.Stream.ToString().ToLowerInvariant()).SetTag("grid.recipients", message.Envelopes.Count).SetTag("grid.size", message.Body.Length);
                (spans ??= []).Add(span);
            }
        }

        try
        {
            var result = await spool.AcceptAsync(request, cancellationToken);
            spans?.ForEach(span => span.SetTag("grid.result", result.GetType().Name.ToLowerInvariant()));
            return result;
        }
        catch (Exception e)
        {
            spans?.ForEach(span => span.SetStatus(ActivityStatusCode.Error, e.GetType().Name));
            throw;
        }
        finally
        {
            spans?.ForEach(span => span.Dispose());
        }
    }

    public async ValueTask<IReadOnlyList<OutcomeRecord>> SettleAsync(IReadOnlyList<Settlement> settlements, CancellationToken cancellationToken = default)
    {
        List<Activity>? spans = null;
        foreach (var settlement in settlements)
        {
            var record = settlement.Record;
            if (trace.Begin("outcome", record.Key.Message, ActivityKind.Internal) is { } span)
            {
                span.SetTag("grid.outcome", record.Kind.ToString().ToLowerInvariant()).SetTag("grid.recipient", record.Key.Recipient).SetTag("grid.domain", record.Domain)
                    .SetTag("grid.attempt", record.Attempt).SetTag("smtp.code", record.Reply?.Code);
                (spans ??= []).Add(span);
            }
        }

        try
        {
            return await spool.SettleAsync(settlements, cancellationToken);
        }
        finally
        {
            spans?.ForEach(span => span.Dispose());
        }
    }

    public ValueTask<ReadOnlyMemory<byte>?> ReadBodyAsync(MessageId id, CancellationToken cancellationToken = default) => spool.ReadBodyAsync(id, cancellationToken);

    public ValueTask<IReadOnlyList<WaitingGroup>> WaitingAsync(string afterTenant, string afterDomain, int limit, CancellationToken cancellationToken) =>
        spool.WaitingAsync(afterTenant, afterDomain, limit, cancellationToken);

    public ValueTask<IReadOnlyList<Envelope>> ReadWaitingAsync(
        string tenant, string domain, DateTimeOffset afterDue, EnvelopeKey afterKey, DateTimeOffset dueBy, int limit, CancellationToken cancellationToken = default) =>
        spool.ReadWaitingAsync(tenant, domain, afterDue, afterKey, dueBy, limit, cancellationToken);

    public ValueTask<QueueCounts> CountAsync(DateTimeOffset now, int most, CancellationToken cancellationToken) => spool.CountAsync(now, most, cancellationToken);

    public ValueTask<StoredCount> CountStoredAsync(string? tenant, string? domain, DateTimeOffset now, CancellationToken cancellationToken = default) =>
        spool.CountStoredAsync(tenant, domain, now, cancellationToken);

    public ValueTask<IReadOnlyList<Envelope>> ReadLiveAsync(string? tenant, string? domain, EnvelopeKey after, int limit, CancellationToken cancellationToken = default) =>
        spool.ReadLiveAsync(tenant, domain, after, limit, cancellationToken);

    public ValueTask ParkAsync(IReadOnlyList<EnvelopeKey> keys, CancellationToken cancellationToken = default) => spool.ParkAsync(keys, cancellationToken);

    public ValueTask PutAsideAsync(IReadOnlyList<EnvelopeKey> keys, CancellationToken cancellationToken = default) => spool.PutAsideAsync(keys, cancellationToken);

    public ValueTask TakeBackAsync(IReadOnlyList<EnvelopeKey> keys, CancellationToken cancellationToken = default) => spool.TakeBackAsync(keys, cancellationToken);

    public ValueTask<IReadOnlyList<string>> AsideAsync(CancellationToken cancellationToken = default) => spool.AsideAsync(cancellationToken);

    public ValueTask<IReadOnlyList<Envelope>> ReadAsideAsync(string tenant, EnvelopeKey after, int limit, CancellationToken cancellationToken = default) =>
        spool.ReadAsideAsync(tenant, after, limit, cancellationToken);

    public ValueTask<long> FlushAsync(string? tenant, string? domain, DateTimeOffset now, CancellationToken cancellationToken = default) =>
        spool.FlushAsync(tenant, domain, now, cancellationToken);

    public ValueTask<int> ReleaseAsync(MessageId id, DateTimeOffset now, DateTimeOffset expires, CancellationToken cancellationToken = default) =>
        spool.ReleaseAsync(id, now, expires, cancellationToken);

    public ValueTask<DsnWishes?> ReadDsnAsync(MessageId id, CancellationToken cancellationToken = default) => spool.ReadDsnAsync(id, cancellationToken);

    public ValueTask<StoredMessage?> FindAsync(MessageId id, CancellationToken cancellationToken = default) => spool.FindAsync(id, cancellationToken);
}

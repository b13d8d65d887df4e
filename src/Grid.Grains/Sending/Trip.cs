using Grid.Core.Ingress;
using Grid.Core.Ports;
using Grid.Core.Vocabulary;
using Grid.Grains.Queue;

namespace Grid.Grains.Sending;

/// <summary>One connection's way from its first message to its last. While a body is written the next transaction is already begun (RFC 2920).</summary>
internal sealed class Trip : IDisposable
{
    private static readonly TimeSpan IdleInTheWay = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan MarksAgain = TimeSpan.FromMilliseconds(5);
    private static readonly SmtpReply Lost = new(0, "4.4.2", "the connection was lost");
    private static readonly SmtpReply NoBody = new(451, "4.3.0", "the message body is not at hand");

    private readonly Courier _courier;
    private readonly SenderLane _lane;
    private readonly IMailConnection _connection;
    private readonly IReadOnlyList<TlsSession>? _sessions;
    private readonly HashSet<string> _domains = new(StringComparer.Ordinal);
    private readonly int _recipients;
    private readonly IdleSender _idle;
    private readonly Func<MailTransaction?> _next;
    private readonly Action<MailTransaction> _accepted;
    private readonly CancellationTokenRegistration _stopping;
    private Attempt? _following;
    private Task<Attempt?>? _preparing;

    public Trip(Courier courier, SenderLane lane, OpenedConnection opened, int recipients)
    {
        (_courier, _lane, _connection, _sessions, _recipients) = (courier, lane, opened.Connection!, opened.Sessions, recipients);
        _idle = new(courier.Clock);
        _next = TakeFollowing;
        _accepted = Mark;
        _stopping = lane.Stopping.UnsafeRegister(static idle => ((IdleSender)idle!).Wake(), _idle); // an idle connection must not hold up the end
    }

    /// <summary>Transactions so far.</summary>
    public int Messages { get; private set; }

    private bool MayGoOn =>
        !_lane.Stopping.IsCancellationRequested && _connection.IsUsable && Messages < MostMessages && _courier.Spool.IsAvailable && !_courier.Places.IsOver(_lane);

    private int MostMessages
    {
        get
        {
            var (site, lane) = (_lane.Queue.SitePermits.MaxMessagesPerConnection, _lane.LanePermits.MaxMessagesPerConnection);
            return Math.Min(_courier.Options.MessagesPerConnection, Math.Min(site > 0 ? site : int.MaxValue, lane > 0 ? lane : int.MaxValue));
        }
    }

    public async Task<TripReport> RunAsync()
    {
        try
        {
            return await DeliverAsync();
        }
        finally
        {
            if (_following is { } begun)
            {
                await PutBackAsync(begun);
            }

            if (_preparing is not null && await _preparing is { } unused)
            {
                await PutBackAsync(unused);
            }
        }
    }

    private async Task<TripReport> DeliverAsync()
    {
        var failure = (SmtpReply?)null;
        var answered = 0L;
        while (await TakeAsync() is { } attempt)
        {
            Messages++;
            if (_sessions is { Count: > 0 } && _domains.Add(attempt.Turn.Domain))
            {
                _courier.CountTls(_lane, attempt.Turn.Domain, _sessions);
            }

            TransactionResult result;
            try
            {
                result = await _connection.DeliverAsync(attempt, _next, _accepted, CancellationToken.None);
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                result = new([.. attempt.Recipients.Select(_ => Lost with { Text = e.Message })], Attempted: true, NextAbandoned: true);
            }

            if (result.NextAbandoned && Interlocked.Exchange(ref _following, null) is { } abandoned)
            {
                await PutBackAsync(abandoned);
            }

            if (result.Attempted)
            {
                _courier.Stages.Sending(attempt.TakenAt);
                var free = Math.Max(attempt.TakenAt, answered);
                answered = _courier.Clock.GetTimestamp();
                _lane.Queue.Worth.Answered(_courier.Clock.GetElapsedTime(free, answered), attempt.Items.Count);
                _courier.Watch.Heed(_lane.Ip, _lane.Queue.Route.Site, result.Replies);
                _courier.Desk.Settle(attempt, result, _lane.Ip, _lane.Queue.Route.Site, _connection.Tls, _connection.PassesDsn);
                _lane.Queue.Done(attempt.Turn);
                failure = !_connection.IsUsable && result.Replies.Any(r => r.Code == 0) ? result.Replies[0] : null;
            }
            else
            {
                await PutBackAsync(attempt);
            }
        }

        await _connection.QuitAsync();
        return new(Messages, failure);
    }

    public void Dispose()
    {
        _stopping.Dispose();
        _idle.Dispose();
    }

    private async ValueTask<Attempt?> TakeAsync()
    {
        while (true)
        {
            if (_following is { } begun)
            {
                _following = null;
                return begun;
            }

            if (_preparing is { } preparing)
            {
                _preparing = null;
                if (await preparing is { } prepared)
                {
                    if (MayGoOn)
                    {
                        return prepared;
                    }

                    await PutBackAsync(prepared);
                }
            }

            if (!MayGoOn)
            {
                return null;
            }

            if (_lane.Queue.TryTake(_idle, _lane.IpPermits, _recipients, _lane.LanePermits) is not { } taken)
            {
                if (!await _lane.Queue.WaitAsync(_idle, _courier.Places.IsShared(_lane) ? IdleInTheWay : _courier.Options.IdleConnection))
                {
                    return null;
                }
            }
            else if (await PrepareAsync(taken.Turn, taken.Items) is { } attempt)
            {
                return attempt;
            }
        }
    }

    /// <summary>Asked while a body is about to be written: what needs no wait goes along, anything else follows by itself.</summary>
    private MailTransaction? TakeFollowing()
    {
        if (!MayGoOn || _lane.Queue.TryTake(_idle, _lane.IpPermits, _recipients, _lane.LanePermits) is not { } taken)
        {
            return null;
        }

        var preparing = PrepareAsync(taken.Turn, taken.Items);
        if (preparing.IsCompletedSuccessfully)
        {
            return _following = preparing.Result;
        }

        _preparing = preparing.AsTask();
        return null;
    }

    private async ValueTask<Attempt?> PrepareAsync(DomainTurn turn, List<QueueItem> items)
    {
        try
        {
            for (var i = items.Count - 1; i >= 0; i--)
            {
                _courier.Stages.Queue(items[i].PlacedAt);
                var envelope = items[i].Envelope;
                if (AddressNormalForm.TryNormalise(envelope.Address, out var normal)
                    && await _courier.Suppressions.FindAsync(envelope.Tenant, normal, envelope.Stream) is { } suppression)
                {
                    _courier.Desk.SettleSuppressed(items[i], suppression);
                    _lane.Queue.GiveBack(turn, _lane.IpPermits, 1, _lane.LanePermits);
                    items.RemoveAt(i);
                }
            }

            if (items.Count == 0)
            {
                _lane.Queue.Done(turn);
                return null;
            }

            if ((items[0].Body ?? await _courier.Spool.ReadBodyAsync(items[0].Envelope.Key.Message)) is not { } body)
            {
                _lane.Queue.GiveBack(turn, _lane.IpPermits, items.Count, _lane.LanePermits);
                items.ForEach(item => _courier.Desk.SettleUnsent(item, NoBody));
                _lane.Queue.Done(turn);
                return null;
            }

            var first = items[0].Envelope;
            var dsn = items.Exists(item => item.Envelope.HasDsnParameters) ? await _courier.Spool.ReadDsnAsync(first.Key.Message) : null;
            var places = new int[items.Count];
            for (var i = 0; i < places.Length; i++)
            {
                if ((places[i] = _courier.Marks.Reserve()) >= 0)
                {
                    continue;
                }

                // Nobody keeps some while it waits for more: that is how many could wait for each other for ever.
                for (; i > 0; i--)
                {
                    _courier.Marks.Release(places[i - 1]);
                }

                i = -1;
                await Task.Delay(MarksAgain, _courier.Clock);
            }

            return new()
            {
                Items = items,
                Marks = places,
                Turn = turn,
                Recipients = items.Count == 1 ? [first.Address] : [.. items.Select(i => i.Envelope.Address)],
                ReturnPath = _courier.ReturnPath(items),
                Body = body,
                EightBit = first.EightBit,
                Utf8 = first.Utf8,
                RequireTls = first.RequireTls,
                Dsn = dsn?.ForAll(items.Select(item => item.Envelope.Key.Recipient)),
                TakenAt = _courier.Clock.GetTimestamp(),
            };
        }
        catch
        {
            // The store can't be read: they wait in their queue again.
            await PutBackAsync(turn, items);
            throw;
        }
    }

    private void Mark(MailTransaction transaction)
    {
        var attempt = (Attempt)transaction;
        var now = _courier.Clock.GetUtcNow();
        for (var i = 0; i < attempt.Items.Count; i++)
        {
            if (attempt.Refusals?[i] is null)
            {
                _courier.Marks.Mark(attempt.Marks[i], attempt.Items[i].Envelope.Key, now, _connection.PassesDsn && attempt.Dsn is not null);
            }
        }
    }

    private async ValueTask PutBackAsync(Attempt attempt)
    {
        foreach (var place in attempt.Marks)
        {
            _courier.Marks.Release(place);
        }

        await PutBackAsync(attempt.Turn, attempt.Items);
    }

    private async ValueTask PutBackAsync(DomainTurn turn, IReadOnlyList<QueueItem> items)
    {
        _lane.Queue.GiveBack(turn, _lane.IpPermits, items.Count, _lane.LanePermits);
        await _courier.Window.ReturnAsync(items);
        _lane.Queue.Done(turn);
    }
}

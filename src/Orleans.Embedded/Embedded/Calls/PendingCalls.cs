using System.Collections.Concurrent;

namespace Orleans.Embedded.Calls;

/// <summary>All calls whose callers wait, by their timeout: as many lists as there are different timeouts on methods.</summary>
internal sealed class PendingCalls(TimeProvider clock) : IDisposable
{
    private readonly ConcurrentDictionary<TimeSpan, PendingCallList> _lists = new();

    /// <summary>Null where the method's timeout is infinite.</summary>
    public PendingCall? Add(Request request)
    {
        var timeout = request.Method.Timeout;
        if (timeout == Timeout.InfiniteTimeSpan)
        {
            return null;
        }

        return (_lists.TryGetValue(timeout, out var list) ? list : _lists.GetOrAdd(timeout, static (t, c) => new PendingCallList(c, t), clock)).Add(request);
    }

    public void FailAll(Func<Request, Exception> reason)
    {
        foreach (var list in _lists.Values)
        {
            list.FailAll(reason);
        }
    }

    public void Dispose()
    {
        foreach (var list in _lists.Values)
        {
            list.Dispose();
        }
    }
}

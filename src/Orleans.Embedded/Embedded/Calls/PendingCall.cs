namespace Orleans.Embedded.Calls;

/// <summary>A call whose caller waits: a place in the list of its timeout.</summary>
internal sealed class PendingCall(PendingCallList list, Request request, long deadline)
{
    public Request Request { get; } = request;

    /// <summary>Timestamp of the clock.</summary>
    public long Deadline { get; } = deadline;

    public PendingCall? Previous { get; set; }

    public PendingCall? Next { get; set; }

    public bool IsListed { get; set; }

    public void Remove() => list.Remove(this);
}

namespace Grid.Mail.Ingress;

/// <summary>Bytes that the unfinished messages of a listener may hold together.</summary>
internal sealed class SmtpMemoryBudget(long limitBytes)
{
    private long _used;

    /// <summary>Bytes reserved now.</summary>
    public long UsedBytes => Volatile.Read(ref _used);

    /// <summary>Reserves, or leaves all as it was and returns false.</summary>
    public bool TryReserve(long bytes)
    {
        if (Interlocked.Add(ref _used, bytes) <= limitBytes)
            return true;

        Interlocked.Add(ref _used, -bytes);
        return false;
    }

    /// <summary>Gives back what was reserved.</summary>
    public void Release(long bytes) => Interlocked.Add(ref _used, -bytes);
}

namespace Grid.Mail.Sending;

/// <summary>How long a step of MailKit's may take: it knows no time-outs of its own when it is asked asynchronously, only cancellation.</summary>
internal sealed class MailKitPatience(TimeProvider clock, CancellationToken cancellationToken) : IDisposable
{
    private readonly CancellationTokenSource _time = new(Timeout.InfiniteTimeSpan, clock);
    private CancellationTokenSource? _either;

    /// <summary>The step took too long; not: the caller cancelled.</summary>
    public bool IsOver => _time.IsCancellationRequested && !cancellationToken.IsCancellationRequested;

    /// <summary>For the next step: cancelled after this time, or by the caller.</summary>
    public CancellationToken Within(TimeSpan time)
    {
        _time.CancelAfter(time);
        return (_either ??= CancellationTokenSource.CreateLinkedTokenSource(_time.Token, cancellationToken)).Token;
    }

    public void Dispose()
    {
        _either?.Dispose();
        _time.Dispose();
    }
}

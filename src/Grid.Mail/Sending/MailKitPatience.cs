namespace Grid.Mail.Sending;

/// <summary>How long a step of MailKit's may take: it knows no time-outs of its own when it is asked asynchronously, only cancellation.</summary>
internal sealed class MailKitPatience(TimeProvider clock, CancellationToken cancellationToken) : IDisposable
{
    private readonly CancellationTokenSource _over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
    private ITimer? _timer;

    /// <summary>The step took too long; not: the caller cancelled.</summary>
    public bool IsOver => _over.IsCancellationRequested && !cancellationToken.IsCancellationRequested;

    /// <summary>For the next step: cancelled after this time, or by the caller.</summary>
    public CancellationToken Within(TimeSpan time)
    {
        if (_timer is null)
            _timer = clock.CreateTimer(static over => ((CancellationTokenSource)over!).Cancel(), _over, time, Timeout.InfiniteTimeSpan);
        else
            _timer.Change(time, Timeout.InfiniteTimeSpan);

        return _over.Token;
    }

    public void Dispose()
    {
        _timer?.Dispose();
        _over.Dispose();
    }
}

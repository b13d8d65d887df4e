using Grid.Mail.Ingress;

namespace Grid.Host.Demo.Receivers;

/// <summary>Has nothing against any sender, and takes its time.</summary>
internal sealed class SmallCompany(string domain, ReplyBook replies, TimeProvider clock) : Receiver("small", domain, replies)
{
    /// <summary>Time that it needs for a message.</summary>
    public static readonly TimeSpan Thought = TimeSpan.FromMilliseconds(150);

    protected override async ValueTask TakeAsync(SmtpSession session, SmtpEnvelope envelope, ReadOnlyMemory<byte> data, CancellationToken cancellationToken) =>
        await Task.Delay(Thought, clock, cancellationToken);
}

using System.Globalization;
using System.Text;
using Grid.Bench.Children;

namespace Grid.Bench.Load;

/// <summary>
/// Postfix's <c>smtp-sink</c> as the receiver. It writes a running count to a file in memory, which costs it about a
/// microsecond a message and wakes nobody; the bench looks at the end of that file.
/// </summary>
internal sealed class SmtpSink : IAsyncDisposable
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(10);
    private readonly Child child;

    private SmtpSink(Child child, int port)
    {
        this.child = child;
        Port = port;
    }

    /// <summary>Why it can't be used; null when it can.</summary>
    public static string? Missing => Workplace.Find("smtp-sink") is null ? "smtp-sink (Debian: postfix)" : null;

    public int Port { get; }

    /// <summary>Messages received so far.</summary>
    public long Received
    {
        get
        {
            using var file = new FileStream(child.Log, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            file.Seek(-Math.Min(file.Length, 128), SeekOrigin.End);
            Span<byte> tail = stackalloc byte[128];
            var text = Encoding.ASCII.GetString(tail[..file.ReadAtLeast(tail, tail.Length, throwOnEndOfStream: false)]);
            var end = text.LastIndexOf('\r');
            var start = end < 0 ? -1 : text.LastIndexOf("mesg=", end, StringComparison.Ordinal);
            return start < 0 ? 0 : long.Parse(text.AsSpan(start + 5, end - start - 5), CultureInfo.InvariantCulture);
        }
    }

    public static async Task<SmtpSink> StartAsync(Workplace place, CancellationToken cancel, int port = 0)
    {
        port = port == 0 ? Workplace.FreePort() : port;
        var log = Path.Combine(place.Memory, $"sink-{port}-{Guid.NewGuid():N}");
        string[] user = Native.IsRoot ? ["-u", "nobody"] : [];
        var child = Child.Start(Workplace.Find("smtp-sink")!, [.. user, "-c", "-m", "1000", $"127.0.0.1:{port}", "1024"], log);
        await Workplace.ListeningAsync(port, child, cancel);
        return new SmtpSink(child, port);
    }

    /// <summary>Waits until so many messages have been received.</summary>
    /// <exception cref="BenchException">They did not come in time.</exception>
    public async Task WaitAsync(long messages, TimeSpan longest, CancellationToken cancel)
    {
        var deadline = TimeProvider.System.GetTimestamp() + (long)(longest.TotalSeconds * TimeProvider.System.TimestampFrequency);
        while (Received < messages)
        {
            if (TimeProvider.System.GetTimestamp() > deadline)
            {
                throw new BenchException($"the receiver has {Received:N0} of {messages:N0} messages after {longest.TotalSeconds:0} s");
            }

            await Task.Delay(Look, cancel);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await child.DisposeAsync();
        File.Delete(child.Log);
    }
}

using System.Collections.Concurrent;
using Grid.Host.Tests.Whole;
using Grid.Host.Webhooks;
using Grid.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Grid.Host.Tests.Feedback.TlsReports;

/// <summary>A grid that reports, on a clock of its own, whose posts go to the test.</summary>
public sealed class TlsReportFixture : HostFixture, IReportTransport
{
    public TlsReportFixture() => More.AddRange(
    [
        "--Grid:Dkim:Domain=grid.example", "--Grid:Inbound:Domain=bounces.grid.example", "--Grid:Dkim:Secret=a-secret-of-the-tests-0123456789",
        "--Grid:TlsReports:Organization=Grid GmbH", "--Grid:TlsReports:Contact=tls@grid.example",
    ]);

    internal ManualClock Time { get; } = new(new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero));

    /// <summary>What receivers answer.</summary>
    internal Func<Uri, WebhookAnswer> Answering { get; set; } = _ => new WebhookAnswer.Taken();

    /// <summary>What was posted, in order.</summary>
    internal ConcurrentQueue<(Uri Url, byte[] Body, string MediaType)> Posted { get; } = new();

    protected override TimeProvider Clock => Time;

    public ValueTask<WebhookAnswer> PostAsync(Uri url, ReadOnlyMemory<byte> body, string mediaType, CancellationToken cancellationToken)
    {
        Posted.Enqueue((url, body.ToArray(), mediaType));
        return new(Answering(url));
    }

    /// <summary>What it waits for at its end gives up in time, and time stands still unless it is moved.</summary>
    protected override async Task StopAsync()
    {
        var stopping = base.StopAsync();
        await Until.Async(() => stopping.IsCompleted, "the grid stops", () => Time.Advance(TimeSpan.FromMilliseconds(20)));
        await stopping;
    }

    protected override void Replace(IServiceCollection services) => services.AddSingleton<IReportTransport>(this);
}

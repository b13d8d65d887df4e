using System.Net;
using System.Text;
using Grid.Host.Demo.Receivers;
using Grid.Mail.Feedback;
using Grid.Testing;

namespace Grid.Host.Tests.Demo;

public sealed class FeedbackLoopTests
{
    private static readonly Complaint Complaint = new(
        "b+token@bounces.example", "angry.ida@y.example", new([127, 0, 0, 2]), Encoding.ASCII.GetBytes("Subject: hi\r\nX-Grid-Ref: abc\r\n\r\nhello\r\n"));

    [Fact]
    public void Write_makes_a_report_that_the_grid_reads()
    {
        var report = FeedbackReader.Read(ArfReport.Write(Complaint, "y.example", new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero)));

        Assert.Equal(FeedbackKind.Complaint, report.Kind);
        Assert.Equal("b+token@bounces.example", report.OriginalMailFrom);
        Assert.Equal(["angry.ida@y.example"], report.OriginalRcptTo);
        Assert.Equal("127.0.0.2", report.SourceIp);
        Assert.Equal("abc", Assert.Single(report.ReturnedHeaders, header => header.Is("X-Grid-Ref")).Value.Trim());
    }

    [Fact]
    public async Task Run_reports_when_the_delay_is_over()
    {
        var clock = new ManualClock();
        var loop = new FeedbackLoop("y.example", clock);
        var reported = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var ending = new CancellationTokenSource();
        loop.Take(Complaint);
        var run = loop.RunAsync((_, _) => { reported.TrySetResult(); return Task.CompletedTask; }, ending.Token);

        clock.Advance(FeedbackLoop.Delay - TimeSpan.FromMilliseconds(1));
        Assert.False(reported.Task.IsCompleted);
        clock.Advance(TimeSpan.FromMilliseconds(1));
        await reported.Task.WaitAsync(TestContext.Current.CancellationToken);

        await ending.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run);
    }

    [Fact]
    public void Take_beyond_the_bound_drops_and_counts()
    {
        var loop = new FeedbackLoop("y.example", new ManualClock());

        for (var i = 0; i < 1003; i++)
        {
            loop.Take(Complaint);
        }

        Assert.Equal(3, loop.Dropped);
    }
}

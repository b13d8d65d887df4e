using System.Diagnostics;
using Grid.Core.Vocabulary;
using Grid.Host.Telemetry;

namespace Grid.Host.Tests.Telemetry;

public sealed class MessageTraceTests
{
    [Fact]
    public void Begin_spans_of_a_message_share_a_trace_that_its_id_tells()
    {
        using var trace = new MessageTrace(1);
        using var listener = Listen();
        var message = MessageId.Compose(DateTimeOffset.UnixEpoch.AddYears(56), 1, 2);

        using var first = trace.Begin("accept", message, ActivityKind.Server);
        using var second = trace.Begin("transaction", message, ActivityKind.Client);

        Assert.Equal(MessageTrace.TraceIdOf(message), first!.TraceId.ToString());
        Assert.Equal(first.TraceId, second!.TraceId);
        Assert.NotEqual(first.SpanId, second.SpanId);
        Assert.Equal(message.ToString(), first.GetTagItem("grid.message"));
    }

    [Theory]
    [InlineData(0, 0, 0)]
    [InlineData(0.1, 900, 1100)]
    [InlineData(1, 10_000, 10_000)]
    public void Begin_traces_a_fraction_and_the_same_messages_each_time(double ratio, int least, int most)
    {
        using var listener = Listen();
        List<int> Traced()
        {
            using var trace = new MessageTrace(ratio);
            return [.. Enumerable.Range(0, 10_000).Where(i =>
            {
                using var span = trace.Begin("accept", new MessageId(i), ActivityKind.Server);
                return span is not null;
            })];
        }

        var traced = Traced();

        Assert.InRange(traced.Count, least, most);
        Assert.Equal(traced, Traced());
    }

    [Fact]
    public void Begin_without_a_listener_is_nothing()
    {
        using var trace = new MessageTrace(1);

        Assert.Null(trace.Begin("accept", new MessageId(1), ActivityKind.Server));
    }

    private static ActivityListener Listen()
    {
        var listener = new ActivityListener { ShouldListenTo = source => source.Name == MessageTrace.SourceName, Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded };
        ActivitySource.AddActivityListener(listener);
        return listener;
    }
}

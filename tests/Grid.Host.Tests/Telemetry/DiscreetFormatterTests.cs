using Grid.Host.Telemetry;
using Serilog.Events;
using Serilog.Formatting.Display;
using Serilog.Parsing;

namespace Grid.Host.Tests.Telemetry;

public sealed class DiscreetFormatterTests
{
    [Theory]
    [InlineData("550 <ann.b+x@client.example>: no such user", "550 <…@client.example>: no such user")]
    [InlineData("to=ann@a.example,bob@b.example;", "to=…@a.example,…@b.example;")]
    [InlineData("\"odd name\"@a.example", "…@a.example")]
    [InlineData("jörg@bücher.example", "…@bücher.example")]
    [InlineData("a@[192.0.2.1]", "a@[192.0.2.1]")]
    [InlineData("no address @ all", "no address @ all")]
    [InlineData("https://user@host.example/", "https://…@host.example/")]
    public void Format_leaves_only_the_domain_of_an_address(string logged, string written) => Assert.Equal(written, Write(logged));

    [Fact]
    public void Format_covers_exceptions() =>
        Assert.DoesNotContain("ann@", Write("x", new InvalidOperationException("about ann@a.example")), StringComparison.Ordinal);

    private static string Write(string words, Exception? exception = null)
    {
        using var output = new StringWriter();
        var template = new MessageTemplateParser().Parse("{Words:l}");
        new DiscreetFormatter(new MessageTemplateTextFormatter("{Message:lj}{Exception}"))
            .Format(new(DateTimeOffset.UnixEpoch, LogEventLevel.Information, exception, template, [new("Words", new ScalarValue(words))]), output);
        return output.ToString();
    }
}

using Grid.Mail.Mime;

namespace Grid.Mail.Tests.Mime;

public sealed class HeaderEditTests
{
    private static readonly byte[] Message = Raw.Lines("From: a@b.example\nX-A: one,\n two\nSubject: s\nx-a: three\n\nBody\nX-A: four\n");

    [Fact]
    public void Build_all_kinds_of_edits_are_made_and_the_body_stays() =>
        Assert.Equal(
            Raw.Lines("Received: r1\nReceived: r2\nFrom: a@b.example\nX-A: new\nSubject: =?utf-8?B?w7w=?=\nFeedback-ID: f\nX-B: b\n\nBody\nX-A: four\n"),
            new HeaderEdit(Message).Prepend("Received", "r1").PrependLine("Received: r2\r\n"u8.ToArray())
                .Replace("X-A", "new").Replace("Subject", "ü").Append("Feedback-ID", "f").Replace("X-B", "b").Build());

    [Fact]
    public void Build_remove_takes_every_field_of_the_name() =>
        Assert.Equal(Raw.Lines("From: a@b.example\nSubject: s\n\nBody\nX-A: four\n"), new HeaderEdit(Message).Remove("X-A").Remove("X-None").Build());

    [Fact]
    public void Build_message_without_body_gains_a_header() =>
        Assert.Equal(Raw.Lines("From: a@b.example\nX: y\n"), new HeaderEdit(Raw.Lines("From: a@b.example\n")).Append("X", "y").Build());

    [Theory]
    [InlineData("X\r\nY", "v")]
    [InlineData("X", "v\r\nBcc: z")]
    [InlineData("X", "v\nw")]
    [InlineData("X", "\0")]
    [InlineData("", "v")]
    public void Prepend_value_with_controls_throws(string name, string value) => Assert.Throws<ArgumentException>(() => new HeaderEdit(Message).Prepend(name, value));

    [Theory]
    [InlineData("X: y")]
    [InlineData("X: y\r\nZ: z\r\n")]
    [InlineData("X: y\r\n\r\n")]
    [InlineData("X: y\nZ: z\r\n")]
    [InlineData("no field\r\n")]
    public void PrependLine_that_is_not_one_field_throws(string line) => Assert.Throws<ArgumentException>(() => new HeaderEdit(Message).PrependLine(Raw.Exact(line)));

    [Fact]
    public void PrependLine_folded_field_is_taken() =>
        Assert.StartsWith("DKIM-Signature: v=1;\r\n\tb=x\r\nFrom:", Raw.Text(new HeaderEdit(Message).PrependLine("DKIM-Signature: v=1;\r\n\tb=x\r\n"u8.ToArray()).Build()), StringComparison.Ordinal);
}

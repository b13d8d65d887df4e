using System.Text;
using Grid.Core.Vocabulary;
using Grid.Mail.Sending;

namespace Grid.Mail.Tests.Sending;

public sealed class SmtpReplyBufferTests
{
    [Theory]
    [InlineData("250 2.1.0 Ok\r\n", 250, "2.1.0", "Ok")]
    [InlineData("250 Ok\n", 250, "", "Ok")]
    [InlineData("250\r\n", 250, "", "")]
    [InlineData("250 \r\n", 250, "", "")]
    [InlineData("550-5.7.26 a\r\n550-5.7.26 b\r\n550 5.7.26 c\r\n", 550, "5.7.26", "a b c")]
    [InlineData("550-first\r\n550 5.1.1 second\r\n", 550, "5.1.1", "first second")]
    [InlineData("421 5.7.32 class differs\r\n", 421, "5.7.32", "class differs")]
    [InlineData("550 5.1.1: colon\r\n", 550, "5.1.1", ": colon")]
    [InlineData("550 5.1.1234 x\r\n", 550, "", "5.1.1234 x")]
    [InlineData("550 5.1 x\r\n", 550, "", "5.1 x")]
    [InlineData("550 5.1.1\r\n", 550, "5.1.1", "")]
    [InlineData("554 a\tb\u0001c\u007f\r\n", 554, "", "a b c ")]
    [InlineData("554 grüße\r\n", 554, "", "grüße")]
    public void TryRead_reply_hasCodeEnhancedAndWords(string said, int code, string enhanced, string text)
    {
        foreach (var chunking in Enum.GetValues<Chunking>())
        {
            var buffer = new SmtpReplyBuffer();
            SmtpReply? found = null;
            foreach (byte[] piece in Transcript.Cut(Encoding.UTF8.GetBytes(said), chunking))
            {
                Assert.Null(found);
                piece.CopyTo(buffer.Room());
                buffer.Advance(piece.Length);
                found = buffer.TryRead(false, null, out var reply) ? reply : null;
            }

            Assert.Equal(new SmtpReply(code, enhanced, text), found);
            Assert.False(buffer.HasBytes);
        }
    }

    [Fact]
    public void TryRead_moreLinesThanTheBound_fails()
    {
        var buffer = new SmtpReplyBuffer();
        for (int i = 0; i < SmtpReplyBuffer.MaxLines; i++)
            Assert.False(Feed(buffer, "550-x\r\n"));

        Assert.Throws<SmtpWireException>(() => Feed(buffer, "550-x\r\n"));
    }

    [Fact]
    public void TryRead_linesUpToTheBound_areOneReplyOfBoundedText()
    {
        var buffer = new SmtpReplyBuffer();
        for (int i = 1; i < SmtpReplyBuffer.MaxLines; i++)
            Assert.False(Feed(buffer, $"550-{new string('x', 100)}\r\n"));

        "550 end\r\n"u8.CopyTo(buffer.Room().Span);
        buffer.Advance(9);
        Assert.True(buffer.TryRead(false, null, out var reply));
        Assert.Equal(SmtpReply.MaxTextLength, reply.Text.Length);
    }

    [Theory]
    [InlineData(SmtpReplyBuffer.MaxLineBytes, false)]
    [InlineData(SmtpReplyBuffer.MaxLineBytes + 1, true)]
    public void TryRead_lineLength_isBoundedWithItsEnd(int length, bool fails)
    {
        string line = $"250 {new string('x', length - 6)}\r\n";
        if (fails)
            Assert.Throws<SmtpWireException>(() => Feed(new SmtpReplyBuffer(), line));
        else
            Assert.True(Feed(new SmtpReplyBuffer(), line));
    }

    [Fact]
    public void TryRead_endlessLine_failsBeforeTheRoomIsFull()
    {
        var buffer = new SmtpReplyBuffer();
        Assert.Throws<SmtpWireException>(() =>
        {
            for (int i = 0; i < 100; i++)
                Feed(buffer, "2500000000000000000000000000000000000000000000000000000000000000");
        });
    }

    private static bool Feed(SmtpReplyBuffer buffer, string said)
    {
        Encoding.ASCII.GetBytes(said, buffer.Room().Span);
        buffer.Advance(said.Length);
        return buffer.TryRead(false, null, out _);
    }
}

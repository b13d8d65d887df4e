using System.Text;
using Grid.Mail.Tests.Sending;

namespace Grid.Mail.Tests.Ingress;

/// <summary>Ends of a message that some other server takes for one: here none of them is, and the message that holds one is refused and the connection closed.</summary>
public sealed class SmugglingTests
{
    public static TheoryData<string> FalseEnds =>
    [
        "\n.\n", "\n.\r\n", "\r\n.\n", "\r.\r\n", "\r\n.\r", "\r.\r", "\n.\r", "\r.\n", "\r\r\n.\r\r\n", "\r\n.\r\r\n", "\r\n\n.\r\n", "\n\r.\r\n",
        "\r\n\0.\r\n", "\r\n.\0\r\n", "\0\r\n.\n", "\n\n.\n\n", "\r\n.\n\r\n", "\r\n..\n", "\n..\r\n", "\r\r.\r\r", "\r\n.\r\0\n", "\n.\r\r\n", "\r\n\r.\r\n", "\r\n .\n",
    ];

    [Theory, MemberData(nameof(FalseEnds))]
    public void Data_falseEnd_neverEndsTheMessage(string end)
    {
        foreach (var chunking in Enum.GetValues<Chunking>())
        {
            var scene = new ServerScene();
            scene.Send("EHLO a\r\n");
            scene.Send("MAIL FROM:<a@x>\r\nRCPT TO:<b@x>\r\nDATA\r\n");
            scene.Hear();

            string body = "first" + end + "MAIL FROM:<evil@x>\r\nRCPT TO:<victim@x>\r\nDATA\r\nsmuggled\r\n";
            foreach (byte[] piece in Transcript.Cut(Encoding.ASCII.GetBytes(body), chunking))
                scene.Send(piece);

            Assert.Equal("", scene.Hear()); // not a word: the message has not ended
            scene.Send(".\r\nMAIL FROM:<evil@x>\r\n");
            Assert.Matches("^550 5\\.6\\.(11|0) .*\r\n$", scene.Hear());
            Assert.True(scene.Session.IsCompleted);
            Assert.Empty(scene.Gate.Messages);
            Assert.Equal(0, scene.Listener.BufferedBytes);
        }
    }

    [Theory]
    [InlineData("\r\n..\r\n", "\r\n.\r\n")]
    [InlineData("\r\n. \r\n", "\r\n \r\n")]
    [InlineData("\r\n.x\r\n", "\r\nx\r\n")]
    [InlineData("\r\n ..\r\n", "\r\n ..\r\n")]
    public void Data_dotThatIsNoEnd_isUnstuffed(string sent, string kept)
    {
        foreach (var chunking in Enum.GetValues<Chunking>())
        {
            var scene = new ServerScene();
            scene.Send("EHLO a\r\n");
            scene.Send("MAIL FROM:<a@x>\r\nRCPT TO:<b@x>\r\nDATA\r\n");
            foreach (byte[] piece in Transcript.Cut(Encoding.ASCII.GetBytes("a" + sent + "b\r\n.\r\n"), chunking))
                scene.Send(piece);

            Assert.Equal("a" + kept + "b\r\n", Encoding.ASCII.GetString(Assert.Single(scene.Gate.Messages).Data));
        }
    }
}

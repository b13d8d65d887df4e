using System.Text;
using Grid.Core.Vocabulary;
using Grid.Mail.Sending;
using Grid.Testing;

namespace Grid.Mail.Tests.Sending;

public sealed class SmtpClientFuzzTests
{
    private static readonly string[] Corpus =
    [
        "220 mx\r\n250-mx\r\n250-PIPELINING\r\n250 SIZE 100000\r\n250 ok\r\n550 5.1.1 no\r\n250 ok\r\n354 go\r\n250 2.0.0 queued\r\n250 ok\r\n250 ok\r\n250 ok\r\n354 go\r\n250 done\r\n",
        "220 mx\r\n250 mx\r\n250 ok\r\n250 ok\r\n550-5.1.1 no\r\n550 5.1.1 user\r\n354 go\r\n250 queued\r\n250 ok\r\n421 bye\r\n",
        "220 mx\r\n250-mx\r\n250 PIPELINING\r\n550 no\r\n503 mail\r\n503 mail\r\n503 mail\r\n250 reset\r\n250 ok\r\n550 a\r\n550 b\r\n354 go\r\n250 nothing\r\n",
        "220-mx\r\n220 x\r\n502 what\r\n250 helo\r\n250 ok\r\n450 later\r\n450 later\r\n250 reset\r\n250 ok\r\n250 ok\r\n250 ok\r\n354 go\r\n",
    ];

    /// <summary>Whatever a server says, every recipient gets one final reply and nothing throws or waits for ever.</summary>
    [Fact]
    public async Task Deliver_anythingSaid_endsInOneReplyPerRecipient()
    {
        for (int seed = 0; seed < Mutation.Cases; seed++)
        {
            var mutation = new Mutation(seed);
            byte[] said = mutation.Damage(Encoding.Latin1.GetBytes(Corpus[seed % Corpus.Length]));
            try
            {
                await RunAsync(mutation.Cut(said));
            }
            catch (Exception e)
            {
                throw new InvalidOperationException($"Seed {seed}", e);
            }
        }
    }

    private static async Task RunAsync(IEnumerable<byte[]> said)
    {
        var opening = ClientScene.ConnectAsync(new SpokenStream(said), clock: new ManualClock());
        Assert.True(opening.IsCompleted);
        if (await opening is not SmtpConnectResult.Connected { Connection: var connection })
            return;

        var next = ClientScene.Message("second\r\n", "c@x");
        var first = connection.DeliverAsync(ClientScene.Message("first\r\n", "a@x", "b@x"), () => next);
        Assert.True(first.IsCompleted);
        var result = await first;
        Check(result, 2);
        Assert.Equal(result.ConnectionLost, !connection.IsUsable);
        if (connection.IsUsable)
        {
            var second = await connection.DeliverAsync(next);
            Check(second, 1);
            await connection.QuitAsync();
        }

        await connection.DisposeAsync();
    }

    private static void Check(SmtpTransactionResult result, int recipients)
    {
        Assert.Equal(recipients, result.Recipients.Count);
        Assert.All(result.Recipients, r =>
        {
            Assert.NotNull(r);
            Assert.True(r.Code is 0 or (>= 200 and <= 599) && r.Text.Length <= SmtpReply.MaxTextLength);
        });
        Assert.Equal(result.Stage == SmtpFailureStage.None, result.Recipients.Any(r => r.IsPositive));
    }
}

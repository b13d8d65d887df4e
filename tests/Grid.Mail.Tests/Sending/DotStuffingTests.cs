using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Grid.Mail.Ingress;
using Grid.Mail.Sending;

namespace Grid.Mail.Tests.Sending;

public sealed class DotStuffingTests
{
    [Fact]
    public void Copy_thenDecoded_isTheSameHoweverItIsCut()
    {
        var pieces = Gen.Elements("\r\n", "\r\n", ".", "..", "\r\n.", "\r\n.\r\n", "a", "text with words", "é");
        var bodies = Gen.ListOf(pieces).Select(p => Encoding.UTF8.GetBytes(string.Concat(p) + "\r\n"));
        var cuts = Gen.Choose(1, 40);
        Prop.ForAll(Arb.From(bodies), Arb.From(cuts), Arb.From(cuts), (body, cutOut, cutIn) =>
        {
            byte[] wire = [.. Stuff(body, cutOut), .. ".\r\nNOOP\r\n"u8];
            using var message = new SmtpMessageBuffer(1 << 20, new SmtpMemoryBudget(1 << 21));
            var decoder = new SmtpDataDecoder(message);
            int at = 0;
            bool complete = false;
            while (!complete && at < wire.Length)
            {
                complete = decoder.Read(wire.AsSpan(at, Math.Min(cutIn, wire.Length - at)), out int consumed);
                at += consumed;
            }

            return complete && at == wire.Length - 6 && message.Fault == SmtpMessageFault.None && message.Take().AsSpan().SequenceEqual(body);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2000));
    }

    [Theory]
    [InlineData("", "")]
    [InlineData(".", "..")]
    [InlineData("a.b", "a.b")]
    [InlineData(".\r\n.\r\n", "..\r\n..\r\n")]
    [InlineData("\r\n.a\r\n..b", "\r\n..a\r\n...b")]
    [InlineData("\n.\n.\n.", "\n..\n..\n..")]
    public void Copy_dotAtLineStart_isDoubled(string body, string stuffed)
    {
        foreach (int cut in (int[])[1, 2, 3, 100])
            Assert.Equal(stuffed, Encoding.ASCII.GetString(Stuff(Encoding.ASCII.GetBytes(body), cut)));
    }

    [Fact]
    public void MaxLength_worstCase_suffices()
    {
        byte[] worst = Encoding.ASCII.GetBytes("." + string.Concat(Enumerable.Repeat("\n.", 50)));
        bool atLineStart = true;
        Assert.Equal(worst.Length + 51, DotStuffing.Copy(worst, new byte[DotStuffing.MaxLength(worst.Length)], ref atLineStart));
    }

    private static byte[] Stuff(byte[] body, int cut)
    {
        bool atLineStart = true;
        var output = new List<byte>();
        foreach (byte[] piece in body.Chunk(cut))
        {
            byte[] room = new byte[DotStuffing.MaxLength(piece.Length)];
            output.AddRange(room.AsSpan(0, DotStuffing.Copy(piece, room, ref atLineStart)));
        }

        return [.. output];
    }
}

using System.Text;
using Grid.Host.Ingress;
using Grid.Mail.Mime;

namespace Grid.Host.Tests.Ingress;

public sealed class WaysOutTests
{
    private const string Own = "https://grid.example/u/";

    [Theory]
    [InlineData("<a href=\"https://acme.example/unsubscribe\">here</a>", true)]
    [InlineData("<A class=x HREF = 'https://acme.example/x' id=y>Click to <b>unsubscribe</b></A>", true)]
    [InlineData("<a\nhref=https://acme.example/x>Abmelden</a>", true)]
    [InlineData("<a name=top href href=https://acme.example/opt-out>x</a>", true)]
    [InlineData("<a href=\"https://grid.example/u/abc\">x</a>", true)]
    [InlineData("<a href=\"mailto:x@acme.example\">unsubscribe</a>", false)]
    [InlineData("<a href=\"https://acme.example/x\">More</a>", false)]
    [InlineData("<a href=\"\">unsubscribe</a>", false)]
    [InlineData("<abbr href=\"https://acme.example/unsubscribe\">x</abbr>", false)]
    [InlineData("<a href=\"https://acme.example/unsubscribe", false)]
    [InlineData("<a href=\"https://acme.example/unsubscribe\">x", false)]
    [InlineData("<a ", false)]
    [InlineData("<a", false)]
    public void HasWebLink_is_an_anchor_that_speaks_of_it(string html, bool expected) => Assert.Equal(expected, WaysOut.HasWebLink(Body(html), Own));

    [Theory]
    [InlineData("<a href=xxxxxx href=xxxxxx href=xxxxxx href=xxxxxx href=xxxxxx href=xxxxxx href=xxxxxx >y")]
    [InlineData("<a href=x ")]
    [InlineData("<a <a <a <a ")]
    [InlineData("<a href=x>")]
    [InlineData("<a href=x><")]
    [InlineData(">")]
    public void HasWebLink_of_any_markup_has_an_answer(string piece)
    {
        // A pattern went to and fro here until its time was up, and the message got 500, or 451 for ever.
        var html = string.Concat(Enumerable.Repeat(piece, 900_000 / piece.Length));

        Assert.False(WaysOut.HasWebLink(Body(html), Own));
        Assert.True(WaysOut.HasWebLink(Body("<a href=https://acme.example/unsubscribe>x</a>" + html), Own));
    }

    private static BodyText Body(string html) =>
        BodyText.Of(MessageReader.Read(Encoding.ASCII.GetBytes("Content-Type: text/html\r\n\r\n" + html)));
}

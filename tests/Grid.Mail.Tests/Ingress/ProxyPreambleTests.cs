using System.Net;
using System.Text;
using Grid.Mail.Ingress;
using Grid.Mail.Sending;
using Grid.Mail.Tests.Sending;

namespace Grid.Mail.Tests.Ingress;

public sealed class ProxyPreambleTests
{
    private const string Proxy = "10.0.0.1";
    private const string Signature = "\r\n\r\n\0\r\nQUIT\n";
    private const string NoPreamble = "421 4.3.5 The proxy in between did not say whose connection this is (PROXY protocol); closing\r\n";

    private static readonly SmtpListenerOptions Behind = ServerScene.Options() with { TrustedProxies = [IPNetwork.Parse("10.0.0.0/8")], MaxConnectionsPerPeer = 2 };

    [Theory]
    [InlineData("PROXY TCP4 203.0.113.9 10.0.0.1 4711 25\r\n", "203.0.113.9")]
    [InlineData("PROXY TCP6 2001:db8::9 2001:db8::1 65535 0\r\n", "2001:db8::9")]
    [InlineData("PROXY TCP6 ::ffff:203.0.113.9 ::1 1 25\r\n", "203.0.113.9")]
    [InlineData("PROXY UNKNOWN\r\n", null)]
    [InlineData("PROXY UNKNOWN ffff:f...f:ffff ffff:f...f:ffff 65535 65535\r\n", null)]
    [InlineData(Signature + "\x21\x11\0\x0c\xcb\0\x71\x09\x0a\0\0\x01\x12\x67\0\x19", "203.0.113.9")]
    [InlineData(Signature + "\x21\x11\0\x13\xcb\0\x71\x09\x0a\0\0\x01\x12\x67\0\x19\x04\0\u0004abcd", "203.0.113.9")] // with something of the proxy's own
    [InlineData(Signature + "\x20\0\0\0", null)] // LOCAL: the proxy looks after us
    [InlineData(Signature + "\x20\x11\0\x0c\xcb\0\x71\x09\x0a\0\0\x01\x12\x67\0\x19", null)]
    [InlineData(Signature + "\x21\0\0\0", null)]
    public void Read_a_header_gives_the_client_and_no_byte_more(string header, string? client)
    {
        var bytes = Encoding.Latin1.GetBytes(header + "EHLO x\r\n");

        Assert.Equal((header.Length, client), (ProxyPreamble.Read(bytes).Length, ProxyPreamble.Read(bytes).Client?.ToString()));
        Assert.All(Enumerable.Range(0, header.Length), length => Assert.Equal(0, ProxyPreamble.Read(bytes.AsSpan(0, length)).Length));
    }

    [Fact]
    public void Read_what_we_write_ourselves()
    {
        var header = ProxyHeader.Write(new(IPAddress.Parse("2001:db8::9"), 4711), new(IPAddress.Parse("2001:db8::1"), 25));

        Assert.Equal((header.Length, "2001:db8::9"), (ProxyPreamble.Read(header).Length, ProxyPreamble.Read(header).Client?.ToString()));
    }

    [Theory]
    [InlineData("EHLO client.example\r\n")]
    [InlineData("\n")]
    [InlineData("\r\n\r\n\0\r\nQUIT\r")]
    [InlineData("proxy TCP4 203.0.113.9 10.0.0.1 4711 25\r\n")]
    [InlineData("PROXY TCP4 2001:db8::9 2001:db8::1 4711 25\r\n")]
    [InlineData("PROXY TCP6 203.0.113.9 10.0.0.1 4711 25\r\n")]
    [InlineData("PROXY TCP4 203.0.113.9 10.0.0.1 4711\r\n")]
    [InlineData("PROXY TCP4 203.0.113.9 10.0.0.1 4711 65536\r\n")]
    [InlineData("PROXY TCP4 203.0.113.9 10.0.0.1 4711 25 x\r\n")]
    [InlineData("PROXY TCP4  203.0.113.9 10.0.0.1 4711 25\r\n")]
    [InlineData("PROXY UDP4 203.0.113.9 10.0.0.1 4711 25\r\n")]
    [InlineData("PROXY \r\n")]
    [InlineData("PROXY TCP4 203.0.113.9 10.0.0.1 4711 25                                                                     \r\n")]
    [InlineData(Signature + "\x11\x11\0\x0c\xcb\0\x71\x09\x0a\0\0\x01\x12\x67\0\x19")] // another version
    [InlineData(Signature + "\x22\x11\0\x0c\xcb\0\x71\x09\x0a\0\0\x01\x12\x67\0\x19")] // another command
    [InlineData(Signature + "\x21\x12\0\x0c\xcb\0\x71\x09\x0a\0\0\x01\x12\x67\0\x19")] // UDP
    [InlineData(Signature + "\x21\x11\0\x0b\xcb\0\x71\x09\x0a\0\0\x01\x12\x67\0")] // shorter than its addresses
    [InlineData(Signature + "\x21\x21\0\x0c\xcb\0\x71\x09\x0a\0\0\x01\x12\x67\0\x19")]
    [InlineData(Signature + "\x21\x11\x0f\xf1")] // more than 4 KiB are to come
    [InlineData(Signature + "\x20\0\xff\xff")]
    public void Read_anything_else_is_no_header(string bytes) => Assert.Equal(-1, ProxyPreamble.Read(Encoding.Latin1.GetBytes(bytes)).Length);

    [Fact]
    public void Read_a_line_without_an_end_is_bounded() =>
        Assert.Equal([0, -1], [ProxyPreamble.Read(Encoding.ASCII.GetBytes("PROXY TCP4 " + new string('1', 95))).Length, ProxyPreamble.Read(Encoding.ASCII.GetBytes("PROXY TCP4 " + new string('1', 96))).Length]);

    [Theory, MemberData(nameof(SmtpListenerTests.Chunkings), MemberType = typeof(SmtpListenerTests))]
    public void OnConnected_behindATrustedProxy_theClientIsWhomItNames(Chunking chunking)
    {
        var scene = new ServerScene(Behind, peer: Proxy);
        scene.Play("C: PROXY TCP4 203.0.113.9 10.0.0.1 4711 25\nS: 220 grid.example ESMTP\nC: NOOP\nS: 250 2.0.0 Ok\nC: QUIT\nS: 221 2.0.0 Bye\nS!", chunking);

        Assert.Equal("203.0.113.9", scene.Gate.AskedFor?.ToString());
        Assert.Equal(0, scene.Listener.Connections);
    }

    [Fact]
    public void OnConnected_clientsBehindAProxy_areCountedEachForItself()
    {
        var first = new ServerScene(Behind, peer: Proxy);
        var scenes = new[] { "203.0.113.9", "203.0.113.10", "203.0.113.9", "203.0.113.9" }
            .Select((client, i) => (Client: client, Scene: i == 0 ? first : new ServerScene(listener: first.Listener, gate: first.Gate, peer: Proxy))).ToList();
        foreach (var (client, scene) in scenes)
            scene.Send($"PROXY TCP4 {client} 10.0.0.1 4711 25\r\n");

        Assert.Equal(["220", "220", "220", "421"], scenes.Select(each => each.Scene.Hear()[..3]));
        scenes.ForEach(each => each.Scene.HangUp());
        Assert.Equal(0, first.Listener.Connections);

        // None of them is counted any more.
        var next = new ServerScene(listener: first.Listener, gate: first.Gate, peer: Proxy);
        next.Send("PROXY TCP4 203.0.113.9 10.0.0.1 4711 25\r\n");
        Assert.StartsWith("220", next.Hear(), StringComparison.Ordinal);
    }

    [Fact]
    public void OnConnected_trustedProxyWithoutAHeader_isToldSoAndNoMore()
    {
        var scene = new ServerScene(Behind, peer: Proxy);
        scene.Send("EHLO client.example\r\n");

        Assert.Equal(NoPreamble, scene.Hear());
        Assert.True(scene.Session.IsCompletedSuccessfully);
        Assert.Equal(0, scene.Listener.Connections);
    }

    [Fact]
    public void OnConnected_trustedProxyThatIsSlow_hasTenSecondsInAll()
    {
        var scene = new ServerScene(Behind, peer: Proxy);
        for (var i = 0; i < 9; i++)
        {
            scene.Send("PROXY TCP4"[i..(i + 1)]);
            scene.Clock.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal("", scene.Hear());
        scene.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(NoPreamble, scene.Hear());
        Assert.True(scene.Session.IsCompletedSuccessfully);
    }

    [Theory]
    [InlineData("PROXY TCP4 203.0.113.9 10.0.0.1 4711 25\r\n")]
    [InlineData(Signature)]
    public void OnConnected_headerFromAnybodyElse_isNoCommand(string header)
    {
        var scene = new ServerScene(Behind, peer: "192.0.2.7");
        Assert.Equal("220 grid.example ESMTP\r\n", scene.Hear());
        scene.Send(header);

        Assert.StartsWith("50", scene.Hear(), StringComparison.Ordinal);
        Assert.Equal("192.0.2.7", scene.Gate.AskedFor?.ToString());
    }

    [Fact]
    public void OnConnected_proxyOnLoopback_itsClientsSignInOnlyUnderTls()
    {
        var scene = new ServerScene(Behind with { TrustedProxies = [IPNetwork.Parse("127.0.0.0/8")] }, new RecordingGate(), peer: "127.0.0.1");
        scene.Send("PROXY TCP4 203.0.113.9 10.0.0.1 4711 25\r\n");
        scene.Send("EHLO client.example\r\n");

        Assert.DoesNotContain("AUTH", scene.Hear(), StringComparison.Ordinal);
    }
}

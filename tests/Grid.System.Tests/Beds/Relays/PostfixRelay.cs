namespace Grid.System.Tests.Beds.Relays;

/// <summary>Postfix that takes everything and sends it on.</summary>
internal sealed class PostfixRelay : IMailRelay
{
    private readonly PostfixServer _server;

    private PostfixRelay(PostfixServer server) => _server = server;

    public int Port => _server.Port;

    public static async Task<IMailRelay> StartAsync(RelayWays ways) => new PostfixRelay(await PostfixServer.StartAsync($$"""
        virtual_mailbox_domains =
        relayhost = [127.0.0.1]:{{ways.Onward}}
        transport_maps = inline:{ {{RelayWays.BounceDomain}}=smtp:[127.0.0.1]:{{ways.Back}} }
        """));

    public string Log() => _server.Log();

    public ValueTask DisposeAsync() => _server.DisposeAsync();
}

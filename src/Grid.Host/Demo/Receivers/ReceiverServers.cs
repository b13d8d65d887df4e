using System.Net;
using Grid.Mail.Ingress;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Grid.Host.Demo.Receivers;

/// <summary>The receivers' SMTP servers, each on a port of loopback that the system chooses. They are a server of their own, as they outlive the grid.</summary>
internal sealed class ReceiverServers : IAsyncDisposable
{
    private readonly WebApplication _application;
    private readonly IReadOnlyList<SmtpListener> _listeners;

    private ReceiverServers(WebApplication application, IReadOnlyList<SmtpListener> listeners, IReadOnlyList<(string Domain, IPEndPoint EndPoint)> routes) =>
        (_application, _listeners, Routes) = (application, listeners, routes);

    /// <summary>Where each domain's mail is taken.</summary>
    public IReadOnlyList<(string Domain, IPEndPoint EndPoint)> Routes { get; }

    public static async Task<ReceiverServers> StartAsync(IReadOnlyList<Receiver> receivers, TimeProvider clock, ILogger<SmtpListener> log)
    {
        var listeners = receivers.Select(receiver => new SmtpListener(OptionsOf(receiver), receiver, clock, log)).ToArray();
        var ports = new List<ListenOptions>();
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            foreach (var listener in listeners)
            {
                kestrel.Listen(IPAddress.Loopback, 0, listen =>
                {
                    ports.Add(listen);
                    listen.Run(listener.OnConnectedAsync);
                });
            }
        });
        var application = builder.Build();
        await application.StartAsync();
        return new(application, listeners, [.. receivers.Zip(ports, (receiver, port) => (receiver.Domain, (IPEndPoint)port.EndPoint))]);
    }

    public async ValueTask DisposeAsync()
    {
        await _application.StopAsync();
        await _application.DisposeAsync();
        foreach (var listener in _listeners)
        {
            listener.Dispose();
        }
    }

    /// <summary>A provider refuses as often as it likes without hanging up.</summary>
    private static SmtpListenerOptions OptionsOf(Receiver receiver) => new()
    {
        Kind = SmtpListenerKind.Inbound,
        HostName = "mx." + receiver.Domain,
        MaxMessageBytes = 1024 * 1024,
        MaxBufferedBytes = 64L * 1024 * 1024,
        MaxErrors = int.MaxValue - 1,
    };
}

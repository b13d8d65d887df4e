using System.Net;
using System.Security.Cryptography.X509Certificates;
using Grid.Host.Api.Access;
using Grid.Host.Ingress;
using Grid.Host.Options;
using Grid.Mail.Ingress;
using Microsoft.AspNetCore.Connections;

namespace Grid.Host.Wiring;

/// <summary>What listens: HTTP, SMTP submission, SMTP for what comes back; all on Kestrel.</summary>
internal static class ServersWiring
{
    private const int Backlog = 1024;

    public static void AddGridServers(this WebApplicationBuilder builder, GridOptions options)
    {
        options = options with { Limits = options.Limits.Within(FileDescriptors.Limit) };
        builder.Services.AddSingleton(provider => new HttpConnections(options, provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<HttpConnections>>()));
        builder.Services.AddSingleton<SubmissionGate>();
        builder.Services.AddSingleton<InboundGate>();
        builder.Services.AddKeyedSingleton("submission", (provider, _) => Listener<SubmissionGate>(provider, options, SmtpListenerKind.Submission));
        builder.Services.AddKeyedSingleton("inbound", (provider, _) => Listener<InboundGate>(provider, options, SmtpListenerKind.Inbound));
        builder.WebHost.UseSockets(sockets => sockets.Backlog = Backlog);
        builder.WebHost.ConfigureKestrel((_, kestrel) =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = options.Limits.MaxBodyBytes;
            foreach (var url in options.Http.Urls)
            {
                Listen(kestrel, BindingAddress.Parse(url));
            }

            ListenSmtp(kestrel, options.Submission.Listen, "submission");
            ListenSmtp(kestrel, options.Inbound.Listen, "inbound");
        });
    }

    private static void Listen(Microsoft.AspNetCore.Server.Kestrel.Core.KestrelServerOptions kestrel, BindingAddress address)
    {
        var services = kestrel.ApplicationServices;
        void Configure(Microsoft.AspNetCore.Server.Kestrel.Core.ListenOptions listen)
        {
            listen.Use(next => connection => services.GetRequiredService<HttpConnections>().ServeAsync(connection, next));
            if (address.Scheme == "https")
            {
                listen.UseHttps();
            }
        }

        if (address.Host is "*" or "+")
        {
            kestrel.ListenAnyIP(address.Port, Configure);
        }
        else if (IPAddress.TryParse(address.Host.Trim('[', ']'), out var ip))
        {
            kestrel.Listen(ip, address.Port, Configure);
        }
        else
        {
            kestrel.ListenLocalhost(address.Port, Configure);
        }
    }

    private static void ListenSmtp(Microsoft.AspNetCore.Server.Kestrel.Core.KestrelServerOptions kestrel, IPEndPoint endpoint, string name)
    {
        // The listener is made with the first connection: the server is built before the store is open.
        var services = kestrel.ApplicationServices;
        kestrel.Listen(endpoint, listen => listen.Run(connection => services.GetRequiredKeyedService<SmtpListener>(name).OnConnectedAsync(connection)));
    }

    private static SmtpListener Listener<TGate>(IServiceProvider provider, GridOptions options, SmtpListenerKind kind)
        where TGate : ISmtpGate
    {
        var listener = new SmtpListenerOptions
        {
            Kind = kind,
            TrustedProxies = kind == SmtpListenerKind.Submission ? options.Submission.TrustedProxies : options.Inbound.TrustedProxies,
            HostName = options.HostName,
            MaxMessageBytes = options.Limits.MaxMessageBytes,
            MaxRecipients = Math.Max(100, options.Limits.MaxRecipients),
            MaxConnections = options.Limits.MaxConnections,
            MaxConnectionsPerPeer = options.Limits.MaxConnectionsPerPeer,
            Certificate = options.Tls.Certificate is { } certificate ? X509Certificate2.CreateFromPemFile(certificate, options.Tls.Key) : null,
        };
        return new(listener, provider.GetRequiredService<TGate>(), provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<SmtpListener>>());
    }
}

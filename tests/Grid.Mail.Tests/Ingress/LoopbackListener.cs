using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Grid.Mail.Ingress;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Grid.Mail.Tests.Ingress;

/// <summary>A listener on Kestrel, on a port of loopback.</summary>
internal sealed class LoopbackListener : IAsyncDisposable
{
    private readonly WebApplication _application;
    private readonly SmtpListener _listener;

    private LoopbackListener(WebApplication application, SmtpListener listener, RecordingGate gate, IPEndPoint endpoint)
    {
        _application = application;
        _listener = listener;
        Gate = gate;
        Endpoint = endpoint;
    }

    public RecordingGate Gate { get; }

    public IPEndPoint Endpoint { get; }

    public static async Task<LoopbackListener> StartAsync(SmtpListenerOptions options, RecordingGate gate)
    {
        var listener = new SmtpListener(options, gate, TimeProvider.System, new RecordingLogger());
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Run(listener.OnConnectedAsync)));
        var application = builder.Build();
        await application.StartAsync();
        string address = application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        return new LoopbackListener(application, listener, gate, new IPEndPoint(IPAddress.Loopback, new Uri(address).Port));
    }

    public static X509Certificate2 SelfSigned(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        return X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pkcs12), null);
    }

    public async ValueTask DisposeAsync()
    {
        await _application.StopAsync();
        await _application.DisposeAsync();
        _listener.Dispose();
    }
}

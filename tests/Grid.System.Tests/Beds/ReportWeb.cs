using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Grid.System.Tests.Beds;

/// <summary>Takes reports over HTTPS, on Kestrel, at an address of loopback; it may be told to hang.</summary>
internal sealed class ReportWeb : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly TaskCompletionSource _hung = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private ReportWeb(WebApplication app) => _app = app;

    /// <summary>What came, whether it was answered or not.</summary>
    public ConcurrentQueue<(string Path, string Type, byte[] Body)> Posts { get; } = new();

    /// <summary>True: nothing is answered.</summary>
    public bool Hangs { get; set; }

    public static async Task<ReportWeb> StartAsync(string address, int port, MadeAuthority.Served certificate)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        using var read = X509Certificate2.CreateFromPemFile(certificate.ChainFile, certificate.KeyFile);
        var served = X509CertificateLoader.LoadPkcs12(read.Export(X509ContentType.Pkcs12), null);
        builder.WebHost.UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Parse(address), port, listen => listen.UseHttps(served)));
        var web = new ReportWeb(builder.Build());
        web._app.Run(web.TakeAsync);
        await web._app.StartAsync();
        return web;
    }

    public async ValueTask DisposeAsync()
    {
        _hung.TrySetResult();
        await _app.DisposeAsync();
    }

    private async Task TakeAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        Posts.Enqueue((context.Request.Path, context.Request.ContentType ?? "", body.ToArray()));
        if (Hangs)
        {
            await _hung.Task;
        }

        context.Response.StatusCode = 201;
    }
}

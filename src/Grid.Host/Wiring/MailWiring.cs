using Grid.Core.Ports;
using Grid.Grains.Counters;
using Grid.Grains.Sending;
using Grid.Host.Options;
using Grid.Mail.Dns;
using Grid.Mail.Sending;
using Microsoft.Extensions.DependencyInjection.Extensions;
using IRouter = Grid.Core.Ports.IRouter;

namespace Grid.Host.Wiring;

/// <summary>The SMTP client, Grid's own unless the engine brought another, and the way to its receivers.</summary>
internal static class MailWiring
{
    public static void AddGridMail(this WebApplicationBuilder builder, GridOptions options)
    {
        builder.Services.AddSingleton(SmtpTimeouts.Default);
        builder.Services.TryAddSingleton<IMailTransport, SmtpTransport>();
        builder.Services.AddSingleton<ITextRecords, DnsTextRecords>();
        builder.Services.AddSingleton<IDnsResolver>(provider => new DnsResolver(
            new() { Servers = options.Dns.Servers.Count > 0 ? options.Dns.Servers : SystemDnsServers.Read() }, provider.GetRequiredService<TimeProvider>()));
        builder.Services.AddSingleton(provider => new MxOptions
        {
            Port = options.Dns.MxPort,
            AllowPrivate = options.Dns.AllowPrivate,
            Validating = options.Dns.Validating,
            OwnName = options.HostName,
            IsOwn = address => provider.GetRequiredService<PoolDirectory>().All.ContainsKey(address.ToString()),
        });
        builder.Services.AddSingleton<HostWalk>();
        builder.Services.AddSingleton<MtaSts>();
        builder.Services.AddSingleton<IStsPolicies>(static provider => provider.GetRequiredService<MtaSts>());
        builder.Services.AddSingleton(provider => new TlsSessionBook(provider.GetRequiredService<IStsPolicies>(), provider.GetRequiredService<TimeProvider>(), options.TlsReports.IsOn));
        builder.Services.AddSingleton<ITlsSessions>(static provider => provider.GetRequiredService<TlsSessionBook>());
        builder.Services.AddSingleton<MxRouter>();
        builder.Services.AddSingleton<IRouter>(provider => new ConfiguredRouter(options.Routes, provider.GetRequiredService<MxRouter>()));
    }
}

using Grid.Core.Ports;
using Grid.Host.Ingress;
using Grid.Host.Options;
using Grid.Host.Webhooks;
using Grid.Storage;

namespace Grid.Host.Wiring;

/// <summary>Webhooks, and the bell that the event stream waits for too.</summary>
internal static class WebhooksWiring
{
    public static void AddGridWebhooks(this WebApplicationBuilder builder, GridOptions options)
    {
        var services = builder.Services;
        services.AddSingleton(options.Webhooks);
        services.AddSingleton(static provider => new SealedWebhooks(provider.GetRequiredService<GridStore>().Webhooks, provider.GetRequiredService<KeySeal>()));
        services.AddSingleton<IWebhooks>(static provider => provider.GetRequiredService<SealedWebhooks>());
        services.AddSingleton<OutcomeBell>();
        if (options.Dns.Servers.Count > 0)
        {
            services.AddSingleton<IHostAddresses, GridHostAddresses>();
        }
        else
        {
            services.AddSingleton<IHostAddresses, SystemHostAddresses>();
        }

        services.AddSingleton<HttpWebhookTransport>();
        services.AddSingleton<IWebhookTransport>(static provider => provider.GetRequiredService<HttpWebhookTransport>());
        services.AddSingleton<IReportTransport>(static provider => provider.GetRequiredService<HttpWebhookTransport>());
        services.AddSingleton<WebhookInstruments>();
        services.AddSingleton<IWebhookNotices, WebhookNoticePost>();
        services.AddSingleton<WebhookDispatch>();
        services.AddHostedService(static provider => provider.GetRequiredService<WebhookDispatch>());
    }
}

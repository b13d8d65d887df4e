using Grid.Host.Options;
using Grid.Host.Webhooks;

namespace Grid.Host.Wiring;

/// <summary>Webhooks, and the bell that the event stream waits for too.</summary>
internal static class WebhooksWiring
{
    public static void AddGridWebhooks(this WebApplicationBuilder builder, GridOptions options)
    {
        var services = builder.Services;
        services.AddSingleton(options.Webhooks);
        services.AddSingleton<OutcomeBell>();
        if (options.Dns.Servers.Count > 0)
        {
            services.AddSingleton<IHostAddresses, GridHostAddresses>();
        }
        else
        {
            services.AddSingleton<IHostAddresses, SystemHostAddresses>();
        }

        services.AddSingleton<IWebhookTransport, HttpWebhookTransport>();
        services.AddSingleton<WebhookInstruments>();
        services.AddSingleton<WebhookDispatch>();
        services.AddHostedService(static provider => provider.GetRequiredService<WebhookDispatch>());
    }
}

using Grid.Host.Webhooks;

namespace Grid.Host.Options;

/// <summary>Where the operator's billing hears that a tenant was terminated.</summary>
/// <param name="Url">Null: nowhere. Default null.</param>
/// <param name="Secret">Signs what is sent, as tenants' webhooks are signed; 16 to 512 visible characters, needed with the URL.</param>
public sealed record BillingOptions(string? Url, string? Secret)
{
    internal static BillingOptions Read(OptionsReader reader, WebhookOptions webhooks)
    {
        var url = reader.Text("Grid:Billing:Url");
        var secret = reader.Text("Grid:Billing:Secret");
        if (url is not null && WebhookUrl.Read(url, webhooks).Fault is { } fault)
        {
            reader.Refuse("Grid:Billing:Url", "a webhook's URL: it must " + fault, url);
        }

        if (secret is not null && (secret.Length is < 16 or > 512 || secret.Any(c => c is < '!' or > '~')))
        {
            reader.Refuse("Grid:Billing:Secret", "16 to 512 visible ASCII characters", null);
        }

        if (url is not null && secret is null)
        {
            reader.Miss("Grid:Billing:Secret", "16 to 512 visible ASCII characters, as Grid:Billing:Url is given");
        }

        return new(url, secret);
    }
}

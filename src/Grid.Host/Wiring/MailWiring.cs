using Grid.Core.Ports;
using Grid.Host.Options;
using Grid.Mail.Sending;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Grid.Host.Wiring;

/// <summary>The SMTP client: Grid's own, unless the engine brought another.</summary>
internal static class MailWiring
{
    public static void AddGridMail(this WebApplicationBuilder builder, GridOptions options)
    {
        builder.Services.AddSingleton(SmtpTimeouts.Default);
        builder.Services.TryAddSingleton<IMailTransport, SmtpTransport>();
    }
}

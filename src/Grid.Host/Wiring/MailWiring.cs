using Grid.Core.Ports;
using Grid.Host.Options;
using Grid.Mail.Sending;

namespace Grid.Host.Wiring;

/// <summary>The SMTP client.</summary>
internal static class MailWiring
{
    public static void AddGridMail(this WebApplicationBuilder builder, GridOptions options)
    {
        builder.Services.AddSingleton(SmtpTimeouts.Default);
        builder.Services.AddSingleton<IMailTransport, SmtpTransport>();
    }
}

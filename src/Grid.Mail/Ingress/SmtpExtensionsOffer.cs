using System.Globalization;

namespace Grid.Mail.Ingress;

/// <summary>The answer to EHLO.</summary>
internal static class SmtpExtensionsOffer
{
    /// <summary>REQUIRETLS is for who speaks TLS already, where the message goes on from here (RFC 8689 2).</summary>
    public static bool HasRequireTls(SmtpSession session) => session.Kind == SmtpListenerKind.Submission && session.TlsProtocol is not null;

    public static SmtpServerReply Compose(SmtpListenerOptions options, bool startTls, bool auth, bool requireTls, bool dsn) => new(
        250,
        "",
        string.Create(
            CultureInfo.InvariantCulture,
            $"{options.HostName}\nPIPELINING\nSIZE {options.MaxMessageBytes}\n8BITMIME\nSMTPUTF8\nENHANCEDSTATUSCODES\nCHUNKING{(dsn ? "\nDSN" : "")}{(startTls ? "\nSTARTTLS" : "")}{(requireTls ? "\nREQUIRETLS" : "")}{(auth ? "\nAUTH PLAIN LOGIN" : "")}"));
}

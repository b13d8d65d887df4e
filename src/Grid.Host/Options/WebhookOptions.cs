namespace Grid.Host.Options;

/// <summary>Where webhooks may lead.</summary>
/// <param name="AllowPrivate">True: private, loopback and link-local addresses, and any port, are allowed too. Default false.</param>
/// <param name="AllowHttp">True: http without TLS is allowed. Default false.</param>
/// <param name="Timeout">Longest delivery, from resolving to the answer, 1 to 60 s. Default 15 s.</param>
public sealed record WebhookOptions(bool AllowPrivate, bool AllowHttp, TimeSpan Timeout)
{
    /// <summary>The defaults.</summary>
    public static WebhookOptions Default { get; } = new(false, false, TimeSpan.FromSeconds(15));

    internal static WebhookOptions Read(OptionsReader reader) => new(
        reader.Parse("Grid:Webhooks:AllowPrivate", Default.AllowPrivate, OptionTexts.BooleanRule, (string text, out bool value) => bool.TryParse(text, out value)),
        reader.Parse("Grid:Webhooks:AllowHttp", Default.AllowHttp, OptionTexts.BooleanRule, (string text, out bool value) => bool.TryParse(text, out value)),
        TimeSpan.FromSeconds(reader.Integer("Grid:Webhooks:TimeoutSeconds", (int)Default.Timeout.TotalSeconds, 1, 60)));
}

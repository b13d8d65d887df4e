using System.Text.RegularExpressions;

namespace Grid.Host.Options;

/// <summary>Everything that is configured, read and checked once at start: a value that is here is a right value.</summary>
public sealed partial record GridOptions
{
    /// <summary>Folder of the embedded store and of grid.json. Default ./data.</summary>
    public required string Data { get; init; }

    public required StorageOptions Storage { get; init; }

    public required HttpOptions Http { get; init; }

    public required SubmissionOptions Submission { get; init; }

    public required InboundOptions Inbound { get; init; }

    public required FeedbackOptions Feedback { get; init; }

    public required DsnOptions Dsn { get; init; }

    public required TlsOptions Tls { get; init; }

    public required DkimOptions Dkim { get; init; }

    /// <summary>Base of the links in mail, without a slash at the end. Default: the first of <c>Grid:Http:Urls</c>.</summary>
    public required string PublicUrl { get; init; }

    /// <summary>Name by which this host greets. Default: the system's.</summary>
    public required string HostName { get; init; }

    /// <summary>The operator's key, 16 to 512 visible ASCII characters; null: one is made at first start.</summary>
    public string? OperatorKey { get; init; }

    /// <summary>A key that sees what the operator sees and changes nothing, 16 to 512 visible ASCII characters, other than the operator's. Default: none.</summary>
    public string? ReadOnlyKey { get; init; }

    /// <summary>Delivery overrides.</summary>
    public required RouteTable Routes { get; init; }

    public required DnsSettings Dns { get; init; }

    public required ShapingOptions Shaping { get; init; }

    /// <summary>Sending IPs known at start, at least one.</summary>
    public required IReadOnlyList<SendingIpOptions> SendingIps { get; init; }

    /// <summary>Longest drain at shutdown, 0 to 3,600 s. Default 30 s.</summary>
    public required TimeSpan Shutdown { get; init; }

    /// <summary>This process' number among those that make message ids, 0 to 1,023. Default 0.</summary>
    public required int Node { get; init; }

    /// <summary>The SMTP client that delivers. Default Grid.</summary>
    public required SmtpClientChoice SendingClient { get; init; }

    public required ClusterOptions Cluster { get; init; }

    public required LimitOptions Limits { get; init; }

    public required WebhookOptions Webhooks { get; init; }

    public required BillingOptions Billing { get; init; }

    public required TlsReportOptions TlsReports { get; init; }

    public required OtlpOptions Otlp { get; init; }

    public required LogOptions Log { get; init; }

    /// <summary>Reads all of it; the reader has the faults.</summary>
    public static GridOptions Read(OptionsReader reader)
    {
        var http = HttpOptions.Read(reader);
        var webhooks = WebhookOptions.Read(reader);
        var dkim = DkimOptions.Read(reader);
        var hostName = reader.Parse("Grid:HostName", SystemName(), "a host name", (string text, out string value) => OptionTexts.TryDomain(text, out value));
        var options = new GridOptions
        {
            Data = reader.Text("Grid:Data") ?? "./data",
            Storage = StorageOptions.Read(reader),
            Http = http,
            Submission = SubmissionOptions.Read(reader),
            Inbound = InboundOptions.Read(reader),
            Feedback = FeedbackOptions.Read(reader),
            Dsn = DsnOptions.Read(reader),
            Tls = TlsOptions.Read(reader),
            Dkim = dkim,
            PublicUrl = reader.Parse("Grid:PublicUrl", http.FirstUrl, "an http or https URL", (string text, out Uri value) => OptionTexts.TryUrl(text, out value)).ToString().TrimEnd('/'),
            HostName = hostName,
            OperatorKey = ReadKey(reader, "Grid:OperatorKey"),
            ReadOnlyKey = ReadKey(reader, "Grid:ReadOnlyKey"),
            Routes = RouteTable.Read(reader),
            Dns = DnsSettings.Read(reader),
            Shaping = ShapingOptions.Read(reader),
            SendingIps = SendingIpOptions.ReadAll(reader, hostName),
            Shutdown = TimeSpan.FromSeconds(reader.Integer("Grid:ShutdownSeconds", 30, 0, 3600)),
            Node = reader.Integer("Grid:Node", 0, 0, 1023),
            SendingClient = reader.Parse("Grid:Sending:Client", SmtpClientChoice.Grid, "Grid or MailKit", (string text, out SmtpClientChoice value) =>
                Enum.TryParse(text, ignoreCase: true, out value) && !char.IsAsciiDigit(text[0]) && Enum.IsDefined(value)),
            Cluster = ClusterOptions.Read(reader),
            Limits = LimitOptions.Read(reader),
            Webhooks = webhooks,
            Billing = BillingOptions.Read(reader, webhooks),
            TlsReports = TlsReportOptions.Read(reader, dkim),
            Otlp = OtlpOptions.Read(reader),
            Log = LogOptions.Read(reader),
        };
        if (options.ReadOnlyKey is { } readOnly && readOnly == options.OperatorKey)
        {
            reader.Refuse("Grid:ReadOnlyKey", "another key than Grid:OperatorKey", null);
        }

        reader.RefuseUnknown();
        return options;
    }

    private static string? ReadKey(OptionsReader reader, string name)
    {
        var key = reader.Text(name);
        if (key is not null && !VisibleKey().IsMatch(key))
        {
            reader.Refuse(name, "16 to 512 visible ASCII characters", null);
        }

        return key;
    }

    private static string SystemName() => OptionTexts.TryDomain(System.Net.Dns.GetHostName(), out var name) ? name : "localhost";

    [GeneratedRegex("^[!-~]{16,512}$")]
    private static partial Regex VisibleKey();
}

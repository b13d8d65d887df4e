using System.Buffers;
using System.Globalization;
using System.IO.Compression;
using System.Text.Json;
using Grid.Core.Vocabulary;

namespace Grid.Host.Feedback.TlsReports;

/// <summary>A report in JSON (RFC 8460 4.4). In: counts of one domain. Out: one entry for each policy, with what failed under it, gravest first.</summary>
public static class TlsReportJson
{
    private static readonly string[] Names =
    [
        "", "starttls-not-supported", "certificate-host-mismatch", "certificate-expired", "certificate-not-trusted", "validation-failure",
        "tlsa-invalid", "dnssec-invalid", "sts-policy-fetch-error", "sts-policy-invalid", "sts-webpki-invalid",
    ];

    /// <summary>The name of a result in reports.</summary>
    public static string NameOf(TlsResult result) => Names[(int)result];

    /// <summary>Writes it.</summary>
    /// <param name="id">Unique among all reports.</param>
    /// <param name="from">First second that it is about.</param>
    /// <param name="until">Last second that it is about.</param>
    public static byte[] Write(string organization, string contact, string id, DateTimeOffset from, DateTimeOffset until, string domain, IEnumerable<TlsCount> counts)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(buffer);
        json.WriteStartObject();
        json.WriteString("organization-name", organization);
        json.WriteStartObject("date-range");
        json.WriteString("start-datetime", Time(from));
        json.WriteString("end-datetime", Time(until));
        json.WriteEndObject();
        json.WriteString("contact-info", contact);
        json.WriteString("report-id", id);
        json.WriteStartArray("policies");
        foreach (var policy in counts.GroupBy(count => count.Policy).OrderBy(group => group.Key.Type, StringComparer.Ordinal).ThenBy(group => group.Key.Lines, StringComparer.Ordinal))
        {
            Write(json, domain, policy.Key, [.. policy]);
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>Under gzip.</summary>
    public static byte[] Compress(byte[] json)
    {
        using var to = new MemoryStream();
        using (var gzip = new GZipStream(to, CompressionLevel.Optimal))
        {
            gzip.Write(json);
        }

        return to.ToArray();
    }

    /// <summary>What <see cref="Compress"/> was given.</summary>
    public static byte[] Expand(ReadOnlyMemory<byte> compressed)
    {
        using var from = new GZipStream(new MemoryStream(compressed.ToArray()), CompressionMode.Decompress);
        using var to = new MemoryStream();
        from.CopyTo(to);
        return to.ToArray();
    }

    private static void Write(Utf8JsonWriter json, string domain, TlsPolicy policy, IReadOnlyList<TlsCount> counts)
    {
        json.WriteStartObject();
        json.WriteStartObject("policy");
        json.WriteString("policy-type", policy.Type);
        Strings(json, "policy-string", policy.Lines, '\n');
        json.WriteString("policy-domain", domain);
        Strings(json, "mx-host", policy.MxHosts, ' ');
        json.WriteEndObject();
        json.WriteStartObject("summary");
        json.WriteNumber("total-successful-session-count", counts.Where(count => count.Failure is null).Sum(count => count.Sessions));
        json.WriteNumber("total-failure-session-count", counts.Where(count => count.Failure is not null).Sum(count => count.Sessions));
        json.WriteEndObject();
        json.WriteStartArray("failure-details");
        foreach (var count in counts.Where(count => count.Failure is not null).OrderByDescending(count => count.Sessions))
        {
            Write(json, count.Failure!, count.Sessions);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, TlsFailure failure, long sessions)
    {
        json.WriteStartObject();
        json.WriteString("result-type", NameOf(failure.Result));
        Text(json, "sending-mta-ip", failure.SourceIp);
        Text(json, "receiving-mx-hostname", failure.Host);
        Text(json, "receiving-mx-helo", failure.Helo);
        Text(json, "receiving-ip", failure.HostIp);
        json.WriteNumber("failed-session-count", sessions);
        Text(json, "failure-reason-code", failure.Reason);
        json.WriteEndObject();
    }

    private static void Text(Utf8JsonWriter json, string name, string value)
    {
        if (value.Length > 0)
        {
            json.WriteString(name, value);
        }
    }

    private static void Strings(Utf8JsonWriter json, string name, string joined, char between)
    {
        if (joined.Length > 0)
        {
            json.WriteStartArray(name);
            foreach (var one in joined.Split(between))
            {
                json.WriteStringValue(one);
            }

            json.WriteEndArray();
        }
    }

    private static string Time(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}

using Grid.Core.Enforcement.Policies;
using Grid.Host.Api;
using Grid.Host.Api.Model;
using Grid.Host.Options;

namespace Grid.Host.Ingress;

/// <summary>Reads declarations: from fields over HTTP, or from X-Grid- headers of a whole message. Both have the same rules.</summary>
internal static class DeclarationReader
{
    private const int MaxText = 500;
    private const int MaxWord = 100;
    private static readonly string[] Purposes = ["commercial", "transactional", "requested"];
    private static readonly string[] Channels = ["direct", "third-party"];

    public static Declarations FromFields(OutgoingMessage message, Faults faults) =>
        Read(message.Purpose, message.Topic, message.Reason, message.Attestation, message.Consent, field => field, faults);

    /// <summary><c>X-Grid-Purpose</c>, <c>-Topic</c>, <c>-Reason</c>, <c>-Attestation</c>, and <c>X-Grid-Consent-Method</c>, <c>-At</c>, <c>-Ip</c>, <c>-Source</c>, <c>-Evidence</c>, <c>-Channel</c>, <c>-Pre-Ticked</c>, <c>-Topic</c>, <c>-Notice</c>, <c>-Given-To</c>, <c>-Revoked-At</c>.</summary>
    public static Declarations FromHeaders(OwnHeaders headers, Faults faults)
    {
        var consent = new ConsentBody(Of("Consent-Method"), Of("Consent-At"), Of("Consent-Ip"), Of("Consent-Source"))
        {
            Evidence = Of("Consent-Evidence"),
            Channel = Of("Consent-Channel"),
            PreTicked = Of("Consent-Pre-Ticked") switch { null => null, var text => text.Equals("yes", StringComparison.OrdinalIgnoreCase) || text.Equals("true", StringComparison.OrdinalIgnoreCase) },
            Topic = Of("Consent-Topic"),
            Notice = Of("Consent-Notice"),
            GivenTo = Of("Consent-Given-To"),
            RevokedAt = Of("Consent-Revoked-At"),
        };
        var isDeclared = headers.Names.Any(name => name.StartsWith(MessageDrafter.OwnHeaders + "Consent-", StringComparison.OrdinalIgnoreCase));
        return Read(Of("Purpose"), Of("Topic"), Of("Reason"), Of("Attestation"), isDeclared ? consent : null, Header, faults);

        string? Of(string name) => headers.Value(MessageDrafter.OwnHeaders + name);
    }

    private static Declarations Read(string? purpose, string? topic, string? reason, string? attestation, ConsentBody? consent, Func<string, string> name, Faults faults) => new()
    {
        Purpose = OneOf(name("purpose"), purpose, Purposes, faults),
        Topic = faults.OptionalText(name("topic"), topic, MaxWord),
        Reason = faults.OptionalText(name("reason"), reason, MaxText),
        Attestation = faults.OptionalText(name("attestation"), attestation, MaxText),
        Consent = consent,
        ConsentFacts = consent is null ? null : ReadConsent(consent, name, faults),
    };

    private static ConsentFacts ReadConsent(ConsentBody consent, Func<string, string> name, Faults faults)
    {
        return new()
        {
            Method = faults.Text(name("consent.method"), consent.Method, MaxText).ToLowerInvariant(),
            At = Instant(name("consent.at"), consent.At ?? "", faults),
            Ip = Address(name("consent.ip"), consent.Ip, faults),
            Source = faults.OptionalText(name("consent.source"), consent.Source, MaxText),
            Evidence = faults.OptionalText(name("consent.evidence"), consent.Evidence, MaxText),
            Channel = OneOf(name("consent.channel"), consent.Channel, Channels, faults),
            PreTicked = consent.PreTicked,
            Topic = faults.OptionalText(name("consent.topic"), consent.Topic, MaxText),
            Notice = faults.OptionalText(name("consent.notice"), consent.Notice, MaxText),
            GivenTo = faults.OptionalText(name("consent.givenTo"), consent.GivenTo, MaxText),
            RevokedAt = consent.RevokedAt is null ? null : Instant(name("consent.revokedAt"), consent.RevokedAt, faults),
        };
    }

    private static string? Address(string field, string? text, Faults faults)
    {
        if (text is not null && !OptionTexts.TryAddress(text, out _))
        {
            faults.Add(field, SubjectNames.IpRule);
        }

        return text;
    }

    private static DateTimeOffset? Instant(string field, string text, Faults faults)
    {
        if (Instants.TryParse(text, out var at))
        {
            return at;
        }

        faults.Add(field, Instants.Rule);
        return null;
    }

    private static string? OneOf(string field, string? value, string[] words, Faults faults)
    {
        if (value is not null && !words.Contains(value))
        {
            faults.Add(field, $"must be one of {string.Join(", ", words)}");
        }

        return value;
    }

    // "consent.revokedAt" is X-Grid-Consent-Revoked-At.
    private static string Header(string field) => MessageDrafter.OwnHeaders + string.Concat(field.Select((c, i) =>
        c == '.' ? "-" : char.IsUpper(c) ? "-" + c : i == 0 || field[i - 1] == '.' ? char.ToUpperInvariant(c).ToString() : c.ToString()));
}

using static Grid.Core.Enforcement.Policies.PolicySubject;

namespace Grid.Core.Enforcement.Policies;

/// <summary>The declarations: what is said with a message, or read from it when it is submitted.</summary>
internal static class MessageFactSignals
{
    public static IEnumerable<Signal> All(IReadOnlyList<PolicySubject> intake) =>
    [
        Word("message.stream", "stream of the message", intake, ["bulk", "transactional"], m => m.Stream),
        Word("message.purpose", "primary purpose of the message", intake, ["commercial", "transactional", "requested"], m => m.Purpose),
        Word("message.campaign", "campaign that the message belongs to", intake, [], m => m.Campaign),
        Word("message.topic", "what the message is about", intake, [], m => m.Topic),
        Word("message.reason", "why the recipient is written to", intake, [], m => m.Reason),
        Number("message.recipients", "recipients of the message", intake, "recipients", m => m.Recipients.Count),
        Flag("message.saysReason", "the body says why the recipient is written to", intake, m => m.SaysReason),
        Flag("message.unsubscribeLink", "the body has a link by which to unsubscribe", intake, m => m.UnsubscribeLink),
        Flag("message.listUnsubscribe", "the header has List-Unsubscribe", intake, m => m.ListUnsubscribe),
        Flag("message.unsubscribeByMailOnly", "the only way to unsubscribe is a mail", intake, m => m.UnsubscribeByMailOnly),
        Flag("message.postalAddress", "the body has the sender's registered postal address", intake, m => m.PostalAddress),
        Flag("message.companyName", "the body has the sender's registered company name", intake, m => m.CompanyName),
        Flag("message.personal", "the body names its one reader, or says why it is written to them", intake, m => m.Personal),
        Flag("message.advertisementLabel", "the message says that it is an advertisement", intake, m => m.AdvertisementLabel),
        Flag("message.foreignFromName", "the sender's name holds somebody else's address or domain", intake, m => m.ForeignFromName),
        Flag("message.ownReplyTo", "replies go to a domain of the tenant's", intake, m => m.OwnReplyTo),
        Flag("message.registeredFromName", "the sender's name is one of the tenant's registered names", intake, m => m.RegisteredFromName),
        Flag("message.confirmedReplyTo", "replies go to an address that was confirmed by mail", intake, m => m.ConfirmedReplyTo),
        Word("message.attestation", "who attests that the campaign is lawful", intake, [], m => m.AttestedBy),
        Word("consent.method", "how the recipients agreed", intake, [], m => m.Consent?.Method),
        Instant("consent.at", "when they agreed", intake, m => m.Consent?.At),
        Word("consent.ip", "address from which they agreed", intake, [], m => m.Consent?.Ip),
        Word("consent.source", "where the addresses come from", intake, [], m => SourceWords.Of(m.Consent?.Source)),
        Word("consent.evidence", "reference to the proof of consent", intake, [], m => m.Consent?.Evidence),
        Word("consent.channel", "who took the consent", intake, ["direct", "third-party"], m => m.Consent?.Channel),
        Flag("consent.preTicked", "the box was ticked beforehand", intake, m => m.Consent?.PreTicked),
        Word("consent.topic", "what the recipients signed up for", intake, [], m => m.Consent?.Topic),
        Flag("consent.topicMatches", "the message is about what the recipients signed up for", intake, TopicMatches),
        Word("consent.notice", "version of the notice that they saw", intake, [], m => m.Consent?.Notice),
        Flag("consent.givenToSender", "the consent was given to this sender", intake, m => m.Consent?.GivenTo is { } to ? m.SenderNames.Contains(to, StringComparer.OrdinalIgnoreCase) : null),
        Instant("consent.revokedAt", "when they took it back", intake, m => m.Consent?.RevokedAt),
        Flag("tenant.profileComplete", "the tenant's profile is complete", intake, m => m.ProfileComplete),
        Flag("tenant.attested", "somebody attested that the tenant keeps each law of vetting.regimes", intake, m => m.Attested),
        Flag("tenant.accepted", "the policy was accepted for the tenant", intake, m => m.Accepted),
        Word("tenant.country", "the tenant's country", intake, [], m => m.Country),
        new("recipient.personal", SignalKind.Fact, "an address of a mailbox provider for persons, not of a company")
        {
            Subjects = [Recipient], Type = FactType.Flag, Read = (_, recipient) => new(Flag: recipient?.IsPersonal),
        },
        new("recipient.country", SignalKind.Fact, "the recipient's top level domain, which for countries is their code")
        {
            Subjects = [Recipient], Type = FactType.Word, Read = (_, recipient) => new(Word: recipient?.Country),
        },
    ];

    // Without both topics nothing is known.
    private static bool? TopicMatches(MessageFacts message) =>
        message is { Topic: { } topic, Consent.Topic: { } agreed }
            ? agreed.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Contains(topic, StringComparer.OrdinalIgnoreCase)
            : null;

    private static Signal Word(string name, string words, IReadOnlyList<PolicySubject> subjects, IReadOnlyList<string> values, Func<MessageFacts, string?> read) =>
        new(name, SignalKind.Fact, words) { Subjects = subjects, Type = FactType.Word, Values = values, Read = (message, _) => new(Word: read(message)) };

    private static Signal Flag(string name, string words, IReadOnlyList<PolicySubject> subjects, Func<MessageFacts, bool?> read) =>
        new(name, SignalKind.Fact, words) { Subjects = subjects, Type = FactType.Flag, Read = (message, _) => new(Flag: read(message)) };

    private static Signal Number(string name, string words, IReadOnlyList<PolicySubject> subjects, string unit, Func<MessageFacts, long?> read) =>
        new(name, SignalKind.Fact, words) { Subjects = subjects, Type = FactType.Number, Events = unit, Read = (message, _) => new(Number: read(message)) };

    private static Signal Instant(string name, string words, IReadOnlyList<PolicySubject> subjects, Func<MessageFacts, DateTimeOffset?> read) =>
        new(name, SignalKind.Fact, words) { Subjects = subjects, Type = FactType.Instant, Read = (message, _) => new(At: read(message)) };
}

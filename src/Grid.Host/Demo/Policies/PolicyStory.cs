using Grid.Core.Enforcement.Policies;
using Grid.Core.Vocabulary;

namespace Grid.Host.Demo.Policies;

/// <summary>One sender's three weeks, the same for every policy.</summary>
internal static class PolicyStory
{
    public const string Tenant = "shop";

    /// <summary>The policies, in the order of their columns.</summary>
    public static readonly IReadOnlyList<string> Policies = ["mailsequence", "mailscale", "mailup", "emarsys", "sendserver"];

    /// <summary>When it begins.</summary>
    public static readonly DateTimeOffset Start = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    /// <summary>When it ends.</summary>
    public static readonly DateTimeOffset End = Start.AddDays(21);

    private static readonly ConsentFacts SignedUp = new()
    {
        Method = "single-opt-in",
        At = Start.AddDays(-60),
        Ip = "192.0.2.1",
        Source = "form",
        Channel = "direct",
        PreTicked = false,
        Notice = "v1",
        Evidence = "form 17",
    };

    // A newsletter that nothing speaks against.
    private static readonly MessageFacts Newsletter = new()
    {
        Now = Start,
        Stream = "bulk",
        Purpose = "commercial",
        Recipients = [new("boss@company.example", "company.example")],
        Consent = SignedUp,
        AttestedBy = "J. Doe",
        Reason = "you signed up",
        SaysReason = true,
        UnsubscribeLink = true,
        ListUnsubscribe = true,
        UnsubscribeByMailOnly = false,
        PostalAddress = true,
        CompanyName = true,
        Personal = true,
        ForeignFromName = false,
        ProfileComplete = true,
        Attested = true,
        Accepted = true,
        RegisteredFromName = true,
        Country = "US",
    };

    /// <summary>Everything that happens, in the order of time.</summary>
    public static IReadOnlyList<StoryStep> Steps { get; } =
    [
        Says("a newsletter to who signed up once", Newsletter),
        Says("an offer to customers, with the order as proof", Newsletter with { Consent = SignedUp with { Method = "business-relationship", Evidence = "order 17" } }),
        Says("an offer to a company that never asked", Newsletter with { Consent = SignedUp with { Method = "b2b-unsolicited" } }),
        Says("a newsletter to a bought list", Newsletter with { Consent = SignedUp with { Source = "purchased" } }),
        Says("a receipt without a link to leave", Newsletter with { Stream = "transactional", Purpose = "transactional", UnsubscribeLink = false, Consent = null }),
        Sends("10,000 are sent, 6 complain (0.06 %)", 1, 10_000, complaints: 6),
        Sends("3,000 clean ones follow", 2, 3_000),
        Sends("1,000 are sent, 30 don't exist (3 %)", 5, 970, bounces: 30),
        Sends("5,000 are sent, 9 complain: above 0.1 %", 9, 5_000, complaints: 9),
        Finds("an operator finds that the list was bought", 10, "verdict.list-violation"),
        Operates("an appeal is accepted: active again", 12),
        Finds("spam is confirmed", 13, "verdict.spam"),
        Operates("another appeal is accepted", 15),
        Finds("a serious violation is confirmed", 16, "verdict.serious"),
    ];

    private static StoryStep Says(string words, MessageFacts message) => new(words, Start) { Message = message };

    // An hour's mail, one a moment: what goes wrong comes last.
    private static StoryStep Sends(string words, int day, int delivered, int complaints = 0, int bounces = 0)
    {
        var at = Start.AddDays(day);
        var all = delivered + bounces + complaints;
        return new(words, at)
        {
            Outcomes =
            [
                .. Enumerable.Range(0, all).Select(i => new OutcomeRecord
                {
                    At = at.AddHours((double)i / Math.Max(1, all)),
                    Kind = i < delivered ? OutcomeKind.Delivered : i < delivered + bounces ? OutcomeKind.Bounced : OutcomeKind.Complained,
                    Hard = i >= delivered && i < delivered + bounces,
                    Key = default,
                    Tenant = Tenant,
                    Address = "",
                    Domain = "company.example",
                    Site = "company.example",
                    Attempt = 1,
                }),
            ],
        };
    }

    private static StoryStep Finds(string words, int day, string signal) =>
        new(words, Start.AddDays(day)) { Entry = Entry(day, signal) with { Id = $"finding-{signal}", Kind = DecisionKind.Finding } };

    private static StoryStep Operates(string words, int day) =>
        new(words, Start.AddDays(day)) { Entry = Entry(day, "reinstate") with { To = Standing.Active, Reason = "the appeal is accepted" } };

    private static Decision Entry(int day, string action) => new()
    {
        Id = action,
        At = Start.AddDays(day),
        Subject = Subject.Tenant(Tenant),
        From = Standing.Active,
        To = Standing.Active,
        Action = action,
        Policy = "",
        PolicyVersion = 0,
        Clause = "operator",
        By = "operator",
    };
}

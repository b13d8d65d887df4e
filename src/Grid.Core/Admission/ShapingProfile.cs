using Grid.Core.Outcomes;
using Grid.Core.Vocabulary;

namespace Grid.Core.Admission;

/// <summary>How fast a receiver likes its mail, and what to do when it says that it is too much.</summary>
public sealed record ShapingProfile
{
    /// <summary>Name of the profile that everybody else's site has.</summary>
    public const string DefaultName = "default";

    /// <summary>Lower case letters, digits and hyphens, 1 to 40. The name of the site, too, unless each set of hosts is one.</summary>
    public required string Name { get; init; }

    /// <summary>Mail exchangers: a host's name, or ".example.net" for all below it.</summary>
    public IReadOnlyList<string> Exchangers { get; init; } = [];

    /// <summary>Recipient domains, whatever their exchangers.</summary>
    public IReadOnlyList<string> Domains { get; init; } = [];

    /// <summary>Sites by name, such as "127.0.0.1:2526" of a configured route.</summary>
    public IReadOnlyList<string> Sites { get; init; } = [];

    /// <summary>Each set of hosts is a site of its own (a provider whose regions or customers' clusters count apart); else the whole provider is one.</summary>
    public bool SitePerHosts { get; init; }

    /// <summary>Connections from one IP to the site, 1 to 500; null: as the senders have it.</summary>
    public int? Connections { get; init; }

    /// <summary>Connections from all IPs to the site, 1 to 10,000; null: no limit.</summary>
    public int? SiteConnections { get; init; }

    /// <summary>Messages over one connection, 1 to 100,000; null: as the senders have it.</summary>
    public int? MessagesPerConnection { get; init; }

    /// <summary>Recipients of one message in one transaction, 1 to 100; null: as the senders have it.</summary>
    public int? RecipientsPerTransaction { get; init; }

    /// <summary>Recipients from one IP to the site; null: no limit.</summary>
    public Rate? Rate { get; init; }

    /// <summary>Recipients from all IPs to the site; null: no limit.</summary>
    public Rate? SiteRate { get; init; }

    public TlsMode Tls { get; init; } = TlsMode.Opportunistic;

    /// <summary>After a suspension: how long it goes on with each number of connections, from one upward; 1 s to 1 h; default 1 min.</summary>
    public TimeSpan Step { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Tried in order; the first that matches a reply counts it.</summary>
    public IReadOnlyList<ShapingRule> Rules { get; init; } = [];

    /// <summary>The rule that a refusal counts for; null: none.</summary>
    public ShapingRule? Match(SmtpReply reply)
    {
        if (reply.IsPositive || Rules.Count == 0)
        {
            return null;
        }

        var normal = ReplyText.Normalise(reply.Code, reply.Text, out var found);
        var status = reply.Enhanced.Length > 0 ? reply.Enhanced : found;
        var reason = ReplyClassifier.Classify(reply.Code, reply.Enhanced, reply.Text).Reason;
        return Rules.FirstOrDefault(rule => rule.Matches(reply, normal, status, reason));
    }
}

using Grid.Core.Admission;
using Grid.Core.Vocabulary;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Grid.Host.Admission;

/// <summary>Reads shaping profiles from YAML, or JSON, which YAML contains. Every mistake is told, with its line and what would be right; at most 50.</summary>
public static class ShapingYaml
{
    /// <summary>Longest text, in characters.</summary>
    public const int MaxLength = 512 * 1024;

    private const int MostProfiles = 2_000;
    private const int MostRules = 50;

    /// <summary>Reads a text.</summary>
    public static ShapingRead Read(string text)
    {
        if (text.Length > MaxLength)
        {
            return new([], [$"has {text.Length} characters; at most {MaxLength} are read"]);
        }

        var faults = new List<string>();
        YamlStream stream;
        try
        {
            stream = [];
            stream.Load(new ShapingEvents(new StringReader(text)));
        }
        catch (YamlException e)
        {
            return new([], [$"line {e.Start.Line}: {e.Message}"]);
        }

        if (stream.Documents.Count != 1 || stream.Documents[0].RootNode is not YamlMappingNode root)
        {
            return new([], ["must be one document with the key profiles"]);
        }

        var top = new YamlFields(root, "", faults, ["profiles"]);
        var profiles = top.Maps("profiles", MostProfiles).Select(node => Profile(node, faults)).ToList();
        foreach (var twice in profiles.GroupBy(p => p.Name).Where(g => g.Count() > 1 && g.Key.Length > 0))
        {
            faults.Add($"profiles: {twice.Key} is there {twice.Count()} times; a name is used once");
        }

        return new(profiles, [.. faults.Take(50)]);
    }

    private static ShapingProfile Profile(YamlMappingNode node, List<string> faults)
    {
        var fields = new YamlFields(node, "profile", faults,
        [
            "name", "exchangers", "domains", "sites", "siteFor", "connections", "siteConnections", "messagesPerConnection", "recipientsPerTransaction", "rate", "siteRate", "tls", "step", "rules",
        ]);
        var rules = fields.Maps("rules", MostRules).Select(rule => Rule(rule, faults)).ToList();
        foreach (var twice in rules.GroupBy(r => r.Id).Where(g => g.Count() > 1 && g.Key.Length > 0))
        {
            fields.Refuse("rules", $"ids that differ; {twice.Key} is there {twice.Count()} times");
        }

        return new()
        {
            Name = fields.Name("name"),
            Exchangers = fields.Texts("exchangers", "host names, or .example.net for all below it", static t => YamlFields.IsDomain(t.TrimStart('.'))),
            Domains = fields.Texts("domains", "domains", YamlFields.IsDomain),
            Sites = fields.Texts("sites", "names of sites", static t => t.Length <= 300),
            SitePerHosts = fields.Choice("siteFor", "provider", ["provider", "hosts"]) == "hosts",
            Connections = fields.Count("connections", 500),
            SiteConnections = fields.Count("siteConnections", 10_000),
            MessagesPerConnection = fields.Count("messagesPerConnection", 100_000),
            RecipientsPerTransaction = fields.Count("recipientsPerTransaction", 100),
            Rate = fields.Rate("rate"),
            SiteRate = fields.Rate("siteRate"),
            Tls = fields.Choice("tls", "opportunistic", ["none", "opportunistic", "required", "verified"]) switch
            {
                "none" => TlsMode.None,
                "required" => TlsMode.Required,
                "verified" => TlsMode.Verified,
                _ => TlsMode.Opportunistic,
            },
            Step = fields.Duration("step", TimeSpan.FromSeconds(1), TimeSpan.FromHours(1)) ?? TimeSpan.FromMinutes(1),
            Rules = rules,
        };
    }

    private static ShapingRule Rule(YamlMappingNode node, List<string> faults)
    {
        var fields = new YamlFields(node, "rule", faults, ["id", "codes", "statuses", "phrases", "reasons", "when", "suspend", "limit", "rest", "learn"]);
        var (count, within) = fields.When("when");
        var rule = new ShapingRule
        {
            Id = fields.Name("id"),
            Codes = [.. fields.Texts("codes", "reply codes from 400 to 599", static t => int.TryParse(t, out var code) && code is >= 400 and <= 599).Select(t => int.Parse(t, System.Globalization.CultureInfo.InvariantCulture))],
            Statuses = fields.Texts("statuses", "enhanced codes such as 4.7.28", static t => t.Length is >= 5 and <= 9 && t[0] is '4' or '5' && t.Count(c => c == '.') == 2),
            Phrases = fields.Texts("phrases", "phrases of 3 to 200 characters in lower case", static t => t.Length is >= 3 and <= 200 && t == t.ToLowerInvariant(), trim: false),
            Reasons = [.. fields.Texts("reasons", "reasons such as rateLimited", static t => TryReason(t, out _)).Select(t => TryReason(t, out var reason) ? reason : ReplyReason.None)],
            Count = count,
            Within = within,
            Learn = fields.Choice("learn", "false", ["false", "true"]) == "true",
            Action = ShapingAction.Suspend,
            For = TimeSpan.FromMinutes(1),
        };
        if (rule.Codes.Count + rule.Statuses.Count + rule.Phrases.Count + rule.Reasons.Count == 0)
        {
            fields.Refuse("id", "of a rule with codes, statuses, phrases or reasons, or it would count every refusal");
        }

        return Act(rule, fields, faults);
    }

    private static ShapingRule Act(ShapingRule rule, YamlFields fields, List<string> faults)
    {
        var (least, most) = (TimeSpan.FromMinutes(1), TimeSpan.FromDays(7));
        if (fields.Has("suspend") + fields.Has("limit") + fields.Has("rest") != 1)
        {
            fields.Refuse("id", "of a rule with one of suspend, limit and rest");
            return rule;
        }

        if (fields.Map("limit") is { } limit)
        {
            var inner = new YamlFields(limit, "limit", faults, ["for", "connections", "rate", "messagesPerConnection"]);
            rule = rule with
            {
                Action = ShapingAction.Limit,
                For = inner.Duration("for", least, most, required: true) ?? least,
                Connections = inner.Count("connections", 500),
                MessagesPerConnection = inner.Count("messagesPerConnection", 100_000),
                Rate = inner.Rate("rate"),
            };
            if (rule.Connections is null && rule.MessagesPerConnection is null && rule.Rate is null)
            {
                inner.Refuse("for", "together with connections, rate or messagesPerConnection");
            }

            return rule;
        }

        return fields.Duration("rest", least, most) is { } rest ? rule with { Action = ShapingAction.RestIp, For = rest } : rule with { For = fields.Duration("suspend", least, most) ?? least };
    }

    private static bool TryReason(string text, out ReplyReason reason) =>
        Enum.TryParse(text, ignoreCase: true, out reason) && Enum.IsDefined(reason) && reason != ReplyReason.None && !char.IsAsciiDigit(text[0]);
}

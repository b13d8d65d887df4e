using System.Globalization;
using System.Text;
using Grid.Core.Outcomes;
using Grid.Core.Vocabulary;
using Grid.Mail.Feedback;

namespace Grid.Mail.Tests.Feedback;

/// <summary>What real bounces are taken to mean, by way of the reader and the classifier, against what others take them for.</summary>
public sealed class BounceReasonTests(ITestOutputHelper output)
{
    private const double HardRequired = 0.96;
    private const double ComparableHardRequired = 0.98;
    private const double ReasonRequired = 0.88;
    private const double UnknownAllowed = 0.08;

    // The corpus's reasons, each with those of ours that mean as much.
    private static readonly Dictionary<string, ReplyReason[]> Coarse = new()
    {
        ["userunknown"] = [ReplyReason.UnknownUser],
        ["hasmoved"] = [ReplyReason.UnknownUser],
        ["filtered"] = [ReplyReason.UnknownUser, ReplyReason.Policy, ReplyReason.ContentRefused],
        ["suspend"] = [ReplyReason.DisabledMailbox],
        ["mailboxfull"] = [ReplyReason.MailboxFull],
        ["hostunknown"] = [ReplyReason.BadDomain],
        ["notaccept"] = [ReplyReason.BadDomain],
        ["expired"] = [ReplyReason.Network],
        ["networkerror"] = [ReplyReason.Network, ReplyReason.BadDomain, ReplyReason.Protocol],
        ["blocked"] = [ReplyReason.BlockedByReputation, ReplyReason.Listed, ReplyReason.RateLimited, ReplyReason.Policy],
        ["badreputation"] = [ReplyReason.BlockedByReputation],
        ["requireptr"] = [ReplyReason.BlockedByReputation],
        ["speeding"] = [ReplyReason.RateLimited],
        ["toomanyconn"] = [ReplyReason.RateLimited, ReplyReason.Policy],
        ["rejected"] = [ReplyReason.Policy],
        ["policyviolation"] = [ReplyReason.Policy, ReplyReason.ContentRefused, ReplyReason.Protocol],
        ["securityerror"] = [ReplyReason.Policy, ReplyReason.AuthenticationFailed],
        ["authfailure"] = [ReplyReason.AuthenticationFailed],
        ["spamdetected"] = [ReplyReason.ContentRefused],
        ["virusdetected"] = [ReplyReason.ContentRefused],
        ["contenterror"] = [ReplyReason.Protocol, ReplyReason.ContentRefused],
        ["notcompliantrfc"] = [ReplyReason.Protocol],
        ["syntaxerror"] = [ReplyReason.Protocol],
        ["norelaying"] = [ReplyReason.Protocol],
        ["mesgtoobig"] = [ReplyReason.Size],
        ["exceedlimit"] = [ReplyReason.Size],
        ["systemerror"] = [ReplyReason.Other],
        ["mailererror"] = [ReplyReason.Other],
        ["onhold"] = [ReplyReason.Other],
        ["undefined"] = [ReplyReason.Other],
    };

    [Fact]
    public void Classify_real_bounces_agrees_on_hard_and_on_the_coarse_reason()
    {
        Assert.SkipWhen(BounceCorpus.Folder is null, "no corpus of bounces: put one at ../shared/corpora/bounces beside the repository");
        var rows = Rows().ToList();
        Assert.True(rows.Count > 200, $"only {rows.Count} bounces could be read");
        foreach (var cell in rows.GroupBy(r => (r.Reason, r.Hard, Is: r.Is.Reason, IsHard: r.Is.Hard)).OrderBy(g => g.Key.Reason, StringComparer.Ordinal).ThenByDescending(g => g.Count()))
        {
            var agrees = (cell.Key.Hard == cell.Key.IsHard ? "" : " HARD?") + (Coarse[cell.Key.Reason].Contains(cell.Key.Is) ? "" : " REASON?");
            output.WriteLine($"{cell.Count(),4}  {cell.Key.Reason,-16} {(cell.Key.Hard ? "hard" : "soft")} -> {cell.Key.Is,-20} {(cell.Key.IsHard ? "hard" : "soft")}{agrees}");
        }

        foreach (var row in rows.Where(r => r.Hard != r.Is.Hard || !Coarse[r.Reason].Contains(r.Is.Reason)))
        {
            output.WriteLine($"{row.File}: {row.Reason} {(row.Hard ? "hard" : "soft")}, read as {row.Is.Reason} {(row.Is.Hard ? "hard" : "soft")} by {row.Is.Rule}: {row.Words}");
        }

        Report("hard or not", rows.Count(r => r.Hard == r.Is.Hard), rows.Count, HardRequired);

        // "filtered" is a mailbox refused in the very words of an unknown user, told by the command that they answer, which not every report
        // quotes: two carriers' reports that are equal to the letter are "filtered" in one row and "userunknown" in another.
        var comparable = rows.Where(r => r.Reason is not ("filtered" or "suspend")).ToList();
        Report("hard or not, without filtered and suspend", comparable.Count(r => r.Hard == r.Is.Hard), comparable.Count, ComparableHardRequired);
        Report("coarse reason", rows.Count(r => Coarse[r.Reason].Contains(r.Is.Reason)), rows.Count, ReasonRequired);
        Report("classified", rows.Count(r => r.Is.Reason != ReplyReason.Other || Coarse[r.Reason].Contains(ReplyReason.Other)), rows.Count, 1 - UnknownAllowed);
    }

    private void Report(string what, int right, int all, double required)
    {
        var share = (double)right / all;
        output.WriteLine($"{what}: {right} of {all} ({share:P1})");
        Assert.True(share >= required, string.Create(CultureInfo.InvariantCulture, $"{what}: {share:P1} is below {required:P0}"));
    }

    private static IEnumerable<(string File, string Reason, bool Hard, Classification Is, string Words)> Rows()
    {
        var expected = File.ReadLines(Path.Combine(BounceCorpus.Folder!, "expected.tsv")).Skip(1).Select(l => l.Split('\t')).DistinctBy(f => (f[0], f[1])).ToLookup(f => f[0]);
        foreach (var (file, bytes) in BounceCorpus.Mails("mail"))
        {
            var reports = BounceCorpus.Read(bytes).SelectMany(f => f.Reports).ToList();
            foreach (var (row, report) in expected[file].Zip(reports))
            {
                if (row[4] is "feedback" or "vacation" or "delivered")
                {
                    continue;
                }

                var words = new StringBuilder().Append(CultureInfo.InvariantCulture, $"{report.ReplyCode} {report.Status} {report.Diagnostic}").Replace('\n', ' ').ToString();
                yield return (file, row[4], row[5] == "true", ReplyClassifier.Classify(report.ReplyCode ?? 0, report.Status, report.Diagnostic ?? "", report.RemoteMta, report.Command), words[..Math.Min(words.Length, 200)]);
            }
        }
    }
}

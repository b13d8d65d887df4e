using System.Globalization;
using Grid.Mail.Feedback;

namespace Grid.Mail.Tests.Feedback;

public sealed class BounceCorpusTests(ITestOutputHelper output)
{
    private const double Required = 0.97;

    [Fact]
    public void Read_real_bounces_finds_recipients_and_statuses()
    {
        SkipWithoutCorpus();
        var expected = BounceCorpus.Expected();
        var (right, wrong, codes, codesRight) = (0, new List<string>(), 0, 0);
        foreach (var (file, bytes) in BounceCorpus.Mails("mail"))
        {
            var found = BounceCorpus.Read(bytes);
            var reports = found.SelectMany(static f => f.Reports).ToList();
            var rows = expected[file].ToList();
            for (var i = 0; i < rows.Count; i++)
            {
                var report = i < reports.Count ? reports[i] : null;
                var isVacation = rows[i] is { Status: "", Type: "" };
                if (isVacation ? found.All(static f => f.Kind == FeedbackKind.None) : report is not null && Matches(rows[i], report) && rows.Count == reports.Count)
                {
                    right++;
                }
                else
                {
                    wrong.Add($"{file} #{i + 1}: expected {rows[i]}, found {string.Join(" | ", reports.Select(static r => $"{r.Recipient} {r.Status} {r.ReplyCode} {r.Action} {r.FeedbackType}"))} in {string.Join(",", found.Select(static f => f.Kind))}");
                }

                codes += rows[i].Code.Length > 0 ? 1 : 0;
                codesRight += rows[i].Code.Length > 0 && report?.ReplyCode?.ToString(CultureInfo.InvariantCulture) == rows[i].Code ? 1 : 0;
            }
        }

        var share = (double)right / (right + wrong.Count);
        output.WriteLine($"recipient and status right: {right} of {right + wrong.Count} ({share:P1}); reply code right: {codesRight} of {codes}");
        wrong.ForEach(output.WriteLine);
        Assert.True(share >= Required, string.Create(CultureInfo.InvariantCulture, $"{share:P1} is below {Required:P0}\n{string.Join('\n', wrong)}"));
    }

    [Fact]
    public void Read_mail_that_is_no_bounce_is_none()
    {
        SkipWithoutCorpus();
        Assert.All(BounceCorpus.Mails("not"), static mail => Assert.Equal(FeedbackKind.None, FeedbackReader.Read(mail.Bytes).Kind));
    }

    private static bool Matches((string Status, string Code, string Type) expected, RecipientReport report) =>
        expected.Type.Length > 0 ? report.FeedbackType == expected.Type
        : IsInternal(expected.Status) ? report.Status.StartsWith(expected.Status[0])
        : report.Status == expected.Status;

    /// <summary>Codes x.0.9nn are the corpus's own, for bounces that give none: only their class is to be met.</summary>
    private static bool IsInternal(string status) => status.Length == 7 && status[1..].StartsWith(".0.9", StringComparison.Ordinal);

    private static void SkipWithoutCorpus()
    {
        if (BounceCorpus.Folder is null)
        {
            Assert.Skip("no corpus of bounces: put one at ../shared/corpora/bounces beside the repository");
        }
    }
}

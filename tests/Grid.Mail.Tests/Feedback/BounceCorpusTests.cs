using System.Globalization;
using Grid.Core.Outcomes;
using Grid.Mail.Feedback;

namespace Grid.Mail.Tests.Feedback;

public sealed class BounceCorpusTests(ITestOutputHelper output)
{
    private const double Required = 0.97;
    private const double RequiredHard = 0.96;

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
                var isVacation = rows[i].Status.Length == 0 && rows[i].Type.Length == 0;
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
    public void Read_real_bounces_tells_hard_from_soft_and_every_complaint()
    {
        SkipWithoutCorpus();
        var expected = BounceCorpus.Expected();
        var (comparable, agreed) = (0, 0);
        var (hardAsHard, hardAsSoft, softAsSoft, softAsHard, complaints, complaintsFound) = (0, 0, 0, 0, 0, 0);
        var wrong = new List<string>();
        foreach (var (file, bytes) in BounceCorpus.Mails("mail"))
        {
            var reports = BounceCorpus.Read(bytes).SelectMany(static found => found.Reports).ToList();
            foreach (var (row, report) in expected[file].Zip(reports.Concat(Enumerable.Repeat<RecipientReport?>(null, 1000))))
            {
                if (row.Type.Length > 0)
                {
                    complaints++;
                    complaintsFound += report?.FeedbackType == row.Type ? 1 : 0;
                }
                else if (row.Status.Length > 0)
                {
                    var isHard = report is not null && ReplyClassifier.Classify(report.ReplyCode ?? 0, report.Status, report.Diagnostic ?? "", report.RemoteMta, report.Command).Hard;
                    (hardAsHard, hardAsSoft, softAsSoft, softAsHard) = (row.Hard, isHard) switch
                    {
                        (true, true) => (hardAsHard + 1, hardAsSoft, softAsSoft, softAsHard),
                        (true, false) => (hardAsHard, hardAsSoft + 1, softAsSoft, softAsHard),
                        (false, false) => (hardAsHard, hardAsSoft, softAsSoft + 1, softAsHard),
                        (false, true) => (hardAsHard, hardAsSoft, softAsSoft, softAsHard + 1),
                    };
                    // "filtered" is a mailbox refused in the words of an unknown one, told apart by more than some reports say.
                    var isComparable = row.Reason is not ("filtered" or "suspend");
                    comparable += isComparable ? 1 : 0;
                    agreed += isComparable && row.Hard == isHard ? 1 : 0;
                    if (row.Hard != isHard)
                    {
                        wrong.Add($"{file}: {(row.Hard ? "hard" : "soft")} {row.Status}, read as {report?.Status} {report?.ReplyCode} {report?.Diagnostic}");
                    }
                }
            }
        }

        var share = (double)(hardAsHard + softAsSoft) / (hardAsHard + hardAsSoft + softAsSoft + softAsHard);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| is \\ read as | hard | soft |\n| --- | --- | --- |\n| hard | {hardAsHard} | {hardAsSoft} |\n| soft | {softAsHard} | {softAsSoft} |\nright: {share:P1}, {(double)agreed / comparable:P1} of the {comparable} that can be compared; complaints {complaintsFound} of {complaints}"));
        wrong.ForEach(output.WriteLine);
        Assert.Equal(complaints, complaintsFound);
        Assert.True(agreed >= RequiredHard * comparable, string.Create(CultureInfo.InvariantCulture, $"{agreed} of {comparable} is below {RequiredHard:P0}\n{string.Join('\n', wrong)}"));
    }

    [Fact]
    public void Read_mail_that_is_no_bounce_is_none()
    {
        SkipWithoutCorpus();
        Assert.All(BounceCorpus.Mails("not"), static mail => Assert.Equal(FeedbackKind.None, FeedbackReader.Read(mail.Bytes).Kind));
    }

    private static bool Matches((string Status, string Code, string Type, bool Hard, string Reason) expected, RecipientReport report) =>
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

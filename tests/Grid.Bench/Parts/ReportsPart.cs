using System.Diagnostics;
using System.Globalization;
using Grid.Bench.Children;
using Grid.Bench.Report;
using Grid.Mail.Feedback;
using Grid.Mail.Mime;

namespace Grid.Bench.Parts;

/// <summary>Reports that one thread reads in a second of its processor time, beside splitting the same mails and another reader.</summary>
internal sealed class ReportsPart(BenchOptions options) : IPart
{
    private const string Python = "/usr/bin/python3";

    private const string Where = "import flufl.bounce, os; print(os.path.join(os.path.dirname(flufl.bounce.__file__), 'tests', 'data'))";

    // Reads every mail of a folder again and again for so many seconds of processor time, and says how many a second.
    private const string Other = """
        import glob, os, sys, time
        from email import message_from_bytes
        from flufl.bounce import all_failures
        mails = [open(name, 'rb').read() for name in glob.glob(os.path.join(sys.argv[1], '*')) if os.path.isfile(name)]
        started, count = time.process_time(), 0
        while time.process_time() - started < float(sys.argv[2]):
            for mail in mails:
                all_failures(message_from_bytes(mail))
            count += len(mails)
        print(count / (time.process_time() - started))
        """;

    private readonly TimeSpan measuring = TimeSpan.FromSeconds(options.Int("seconds", 2, 1, 600));

    public async Task RunAsync(CancellationToken cancel)
    {
        var folder = options.Mails ?? await AskAsync(["-c", Where], cancel)
            ?? throw new BenchException("no mails: apt-get install python3-flufl.bounce, or name a folder with --mails");
        var mails = Directory.GetFiles(folder).Where(file => Path.GetExtension(file) is not (".py" or ".pyc")).Select(File.ReadAllBytes).ToArray();
        if (mails.Length == 0)
        {
            throw new BenchException($"{folder} has no mails");
        }

        List<double> read = [], split = [], other = [];
        for (var round = 0; round <= options.Rounds; round++)
        {
            cancel.ThrowIfCancellationRequested();
            var (own, parts) = (PerSecond(mails, mail => FeedbackReader.Read(mail)), PerSecond(mails, mail => MessageReader.Read(mail)));
            var python = await AskAsync(["-c", Other, folder, measuring.TotalSeconds.ToString(CultureInfo.InvariantCulture)], cancel);
            if (round > 0)
            {
                read.Add(own);
                split.Add(parts);
                other.Add(python is null ? double.NaN : double.Parse(python, CultureInfo.InvariantCulture));
            }
        }

        var table = new Table("reader", "reports/s of one thread", "Grid / it");
        table.Add("Grid", Spread.Of(read).Text("0"), "");
        table.Add("header and parts only", Spread.Of(split).Text("0"), Spread.Of(read.Zip(split, (own, it) => own / it)).Text("0.00"));
        if (!other.Exists(double.IsNaN))
        {
            table.Add("flufl.bounce", Spread.Of(other).Text("0"), Spread.Of(read.Zip(other, (own, it) => own / it)).Text("0.0"));
        }

        table.Print(string.Create(
            CultureInfo.InvariantCulture,
            $"{mails.Length} mails of {mails.Average(mail => mail.Length):0} bytes on average: median (least-most) of {options.Rounds} rounds after one to warm up"));
    }

    private double PerSecond(byte[][] mails, Func<byte[], object> read)
    {
        var count = 0L;
        var start = Native.ThreadTime;
        do
        {
            foreach (var mail in mails)
            {
                GC.KeepAlive(read(mail));
            }

            count += mails.Length;
        }
        while (Native.ThreadTime - start < measuring);
        return count / (Native.ThreadTime - start).TotalSeconds;
    }

    /// <summary>What a script prints; null where it can't run.</summary>
    private static async Task<string?> AskAsync(string[] arguments, CancellationToken cancel)
    {
        using var python = Process.Start(new ProcessStartInfo(File.Exists(Python) ? Python : "python3", arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var said = await python.StandardOutput.ReadToEndAsync(cancel);
        await python.WaitForExitAsync(cancel);
        return python.ExitCode == 0 ? said.Trim() : null;
    }
}

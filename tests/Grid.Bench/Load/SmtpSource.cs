using System.Diagnostics;
using System.Globalization;
using Grid.Bench.Children;

namespace Grid.Bench.Load;

/// <summary>Postfix's <c>smtp-source</c>: the cheapest injector there is, one process, connections kept between messages.</summary>
internal static class SmtpSource
{
    /// <summary>Why it can't be used; null when it can.</summary>
    public static string? Missing => Workplace.Find("smtp-source") is null ? "smtp-source (Debian: postfix)" : null;

    /// <summary>Injects the load and returns how long it took, from the program's start to its last reply.</summary>
    /// <exception cref="BenchException">A message was refused or the connection broke.</exception>
    public static async Task<TimeSpan> RunAsync(Workplace place, int port, MailLoad load, CancellationToken cancel)
    {
        var watch = Stopwatch.StartNew();
        await Child.RunAsync(
            Workplace.Find("smtp-source")!,
            [
                "-d", "-s", Text(load.Sessions), "-l", Text(load.SizeBytes), "-m", Text(load.Messages),
                "-f", MailLoad.Sender, "-t", MailLoad.Recipient, $"127.0.0.1:{port}",
            ],
            Path.Combine(place.Root, "smtp-source.log"), cancel);
        return watch.Elapsed;

        static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
    }
}

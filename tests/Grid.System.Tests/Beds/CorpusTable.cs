using System.Globalization;
using System.Text;

namespace Grid.System.Tests.Beds;

/// <summary>What became of a corpus, by group, and every reason why something did not arrive.</summary>
internal sealed class CorpusTable
{
    private static readonly string[] Columns = ["sent", "arrived", "refused", "bounced"];

    private readonly SortedDictionary<string, int[]> _groups = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, int> _reasons = new(StringComparer.Ordinal);

    /// <summary>What may not be, one line each.</summary>
    public List<string> Faults { get; } = [];

    public int Arrived { get; private set; }

    /// <summary>Takes in one message: refused at the door, bounced by the receiver, or arrived once with its body as it was.</summary>
    public void Add(CorpusMessage message, string? refusal, string? bounce, IReadOnlyList<byte[]> arrived, bool isDelivered)
    {
        var row = _groups.TryGetValue(message.Group, out var known) ? known : _groups[message.Group] = new int[Columns.Length];
        row[0]++;
        if (refusal is not null || bounce is not null)
        {
            row[refusal is not null ? 2 : 3]++;
            var reason = refusal ?? bounce!;
            _reasons[reason] = _reasons.GetValueOrDefault(reason) + 1;
            if (arrived.Count > 0 || reason.Length < 5)
            {
                Faults.Add($"{message}: arrived {arrived.Count} times, though: {reason}");
            }

            return;
        }

        if (arrived.Count != 1 || !isDelivered)
        {
            Faults.Add(string.Create(CultureInfo.InvariantCulture, $"{message}: arrived {arrived.Count} times, logged as delivered: {isDelivered}"));
            return;
        }

        row[1]++;
        Arrived++;
        if (FirstDifference(message.Body, arrived[0]) is { } difference)
        {
            Faults.Add($"{message}: {difference}");
        }
    }

    public string ToString(string way)
    {
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"| {way}: group | {string.Join(" | ", Columns)} |").AppendLine("| --- | --- | --- | --- | --- |");
        foreach (var (group, row) in _groups)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"| {group} | {string.Join(" | ", row)} |");
        }

        text.AppendLine(CultureInfo.InvariantCulture, $"| all | {string.Join(" | ", Enumerable.Range(0, Columns.Length).Select(i => _groups.Values.Sum(row => row[i])))} |");
        foreach (var (reason, count) in _reasons)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"{count} × {reason}");
        }

        return text.ToString();
    }

    /// <summary>Where the body differs, line ends at its very end apart: a mailbox closes the last line.</summary>
    private static string? FirstDifference(byte[] sent, byte[] arrived)
    {
        var at = arrived.AsSpan().IndexOf("\r\n\r\n"u8);
        var left = sent.AsSpan().TrimEnd("\r\n"u8);
        var right = (at < 0 ? [] : arrived.AsSpan(at + 4)).TrimEnd("\r\n"u8);
        var same = left.CommonPrefixLength(right);
        return same == left.Length && same == right.Length
            ? null
            : string.Create(CultureInfo.InvariantCulture, $"{left.Length} bytes sent, {right.Length} arrived, they differ at {same}: '{Show(left, same)}' became '{Show(right, same)}'");
    }

    private static string Show(ReadOnlySpan<byte> bytes, int at) =>
        Encoding.Latin1.GetString(bytes[Math.Max(0, at - 20)..Math.Min(bytes.Length, at + 20)]).ReplaceLineEndings("⏎");
}

using System.Globalization;
using System.Text;

namespace Grid.System.Tests.Beds;

/// <summary>What became of a corpus, by group, and every reason why something did not arrive.</summary>
internal sealed class CorpusTable
{
    private static readonly string[] Columns = ["sent", "byte for byte", "re-encoded", "refused", "bounced"];

    private readonly SortedDictionary<string, int[]> _groups = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, int> _reasons = new(StringComparer.Ordinal);

    /// <summary>What may not be, one line each.</summary>
    public List<string> Faults { get; } = [];

    public int Arrived { get; private set; }

    /// <summary>Takes in one message: refused at the door, bounced by the receiver, or arrived once with its body as it was, or re-encoded where lines are too long for SMTP.</summary>
    public void Add(CorpusMessage message, string? refusal, string? bounce, IReadOnlyList<byte[]> arrived, bool isDelivered)
    {
        var row = _groups.TryGetValue(message.Group, out var known) ? known : _groups[message.Group] = new int[Columns.Length];
        row[0]++;
        if (refusal is not null || bounce is not null)
        {
            row[refusal is not null ? 3 : 4]++;
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

        Arrived++;
        var (sent, body) = (BodyText.WithLineEnds(message.Body), BodyText.OfMessage(arrived[0]));
        if (sent == body)
        {
            row[1]++;
        }
        else if (BodyText.HasLongLines(message.Body) && BodyText.Decoded(sent) == BodyText.Decoded(body))
        {
            row[2]++;
        }
        else
        {
            Faults.Add($"{message}: {Difference(sent, body)}");
        }
    }

    public string ToString(string way)
    {
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"| {way}: group | {string.Join(" | ", Columns)} |").AppendLine("| --- | --- | --- | --- | --- | --- |");
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

    private static string Difference(string sent, string arrived)
    {
        var same = sent.AsSpan().CommonPrefixLength(arrived);
        return string.Create(CultureInfo.InvariantCulture, $"{sent.Length} octets sent, {arrived.Length} arrived, they differ at {same}: '{Show(sent, same)}' became '{Show(arrived, same)}'");
    }

    private static string Show(string text, int at) =>
        text[Math.Max(0, at - 20)..Math.Min(text.Length, at + 20)].Replace("\r", "␍", StringComparison.Ordinal).Replace("\n", "␊", StringComparison.Ordinal);
}

using System.Globalization;
using System.Net;
using Grid.Mail.Ingress;

namespace Grid.Host.Demo.Receivers;

/// <summary>
/// The words of one mailbox provider, by situation; of several for one situation each is given in turn. Read from <c>replies.txt</c>,
/// which is a part of the program. Safe for many sessions at once.
/// </summary>
internal sealed class ReplyBook
{
    private const string Resource = "Grid.Host.Demo.Receivers.replies.txt";
    private const int Fields = 5;

    private readonly Dictionary<Situation, SmtpServerReply[]> _replies;
    private int _turn = -1;

    private ReplyBook(Dictionary<Situation, SmtpServerReply[]> replies) => _replies = replies;

    /// <summary>Every provider's book, by name.</summary>
    public static IReadOnlyDictionary<string, ReplyBook> Load()
    {
        using var stream = typeof(ReplyBook).Assembly.GetManifestResourceStream(Resource) ?? throw new InvalidOperationException($"the program lacks {Resource}");
        using var reader = new StreamReader(stream);
        return Parse(reader.ReadToEnd());
    }

    /// <summary>Reads lines of provider, situation, code, enhanced code and text.</summary>
    /// <exception cref="FormatException">A line is wrong; the message has its number.</exception>
    public static IReadOnlyDictionary<string, ReplyBook> Parse(string text) => text
        .Split('\n', StringSplitOptions.TrimEntries)
        .Select((line, index) => (Line: line, Number: index + 1))
        .Where(entry => entry.Line.Length > 0 && entry.Line[0] != '#')
        .Select(entry => ParseLine(entry.Line, entry.Number))
        .GroupBy(entry => entry.Provider, StringComparer.Ordinal)
        .ToDictionary(
            provider => provider.Key,
            provider => new ReplyBook(provider.GroupBy(entry => entry.Situation).ToDictionary(group => group.Key, group => group.Select(entry => entry.Reply).ToArray())),
            StringComparer.Ordinal);

    /// <summary>All replies for a situation, as they stand in the book.</summary>
    public IReadOnlyList<SmtpServerReply> All(Situation situation) => _replies.GetValueOrDefault(situation, []);

    /// <summary>The next reply for a situation, addressed.</summary>
    /// <exception cref="KeyNotFoundException">The provider has no words for it.</exception>
    public SmtpServerReply Next(Situation situation, IPAddress peer, string address)
    {
        var replies = _replies[situation];
        var reply = replies[(uint)Interlocked.Increment(ref _turn) % replies.Length];
        return reply.Text.Contains('{', StringComparison.Ordinal)
            ? reply with { Text = reply.Text.Replace("{ip}", peer.ToString(), StringComparison.Ordinal).Replace("{address}", address, StringComparison.Ordinal) }
            : reply;
    }

    private static (string Provider, Situation Situation, SmtpServerReply Reply) ParseLine(string line, int number)
    {
        var fields = line.Split(' ', Fields, StringSplitOptions.RemoveEmptyEntries);
        if (fields.Length < Fields
            || !Enum.TryParse<Situation>(fields[1].Replace("-", "", StringComparison.Ordinal), ignoreCase: true, out var situation)
            || !int.TryParse(fields[2], NumberStyles.None, CultureInfo.InvariantCulture, out var code)
            || code is < 200 or > 599)
        {
            throw new FormatException($"line {number} must be: provider situation code enhanced-code text");
        }

        return (fields[0], situation, new(code, fields[3] == "-" ? "" : fields[3], fields[4].Trim()));
    }
}

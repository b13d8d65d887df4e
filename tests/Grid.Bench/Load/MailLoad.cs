using System.Globalization;

namespace Grid.Bench.Load;

/// <summary>One piece of work for a server: so many messages, each with a body of so many bytes, over so many connections.</summary>
internal sealed record MailLoad(int SizeBytes, int Messages, int Sessions)
{
    /// <summary>The domain that every injected message comes from.</summary>
    public const string SenderDomain = "bench.example";

    /// <summary>The return path of every injected message.</summary>
    public const string Sender = "news@" + SenderDomain;

    /// <summary>The recipient of every injected message, unless a part spreads over domains.</summary>
    public const string Recipient = "user@client.example";

    /// <summary>How the load is named in tables.</summary>
    public string Label => string.Create(CultureInfo.InvariantCulture, $"{SizeBytes / 1024.0:0.#} KiB x {Messages:N0}, {Sessions} sessions");

    /// <summary>Reads <c>BYTESxMESSAGES</c>: 64 B to 32 MiB, 1 to 10 million messages.</summary>
    /// <exception cref="BenchException">The text is not of that form or out of range.</exception>
    public static MailLoad Parse(string text, int sessions)
    {
        var parts = text.Split('x');
        return parts.Length == 2
            && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var size) && size is >= 64 and <= 32 << 20
            && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var messages) && messages is >= 1 and <= 10_000_000
            ? new MailLoad(size, messages, sessions)
            : throw new BenchException($"--loads has {text}, and each must be BYTESxMESSAGES such as 4096x20000");
    }
}

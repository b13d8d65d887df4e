using System.Globalization;
using System.Text;

namespace Grid.Mail.Tests.Sending;

/// <summary>Damages conversations in the ways that programs and attackers do. The same seed makes the same damage.</summary>
internal sealed class Mutation(int seed)
{
    private static readonly string[] Fragments =
    [
        "\r\n", "\n", "\r", "\0", ".", "\r\n.\r\n", "\n.\n", " ", "<", ">", "@", ":", "=", "\"", "\\", "\xff", "\xc3\xa9", "250 ok\r\n", "250-ok\r\n", "354 go\r\n", "421 bye\r\n",
        "550 5.1.1 no\r\n", "RSET\r\n", "QUIT\r\n", "DATA\r\n", "BDAT 5\r\nabc\r\n", "BDAT 9999999999 LAST\r\n", "BDAT 0 LAST\r\n", "EHLO x\r\n", "HELO x\r\n", "AUTH PLAIN AGFjbWUAa2V5LTE=\r\n",
        "AUTH LOGIN\r\n", "MAIL FROM:<a@x>\r\n", "RCPT TO:<b@x>\r\n", "SIZE=99999999999", "BODY=8BITMIME", "STARTTLS\r\n", "NOOP\r\n",
    ];

    private readonly Random _random = new(seed);

    /// <summary>How many cases a fuzz test runs: GRID_FUZZ_CASES, or 5,000.</summary>
    public static int Cases { get; } =
        int.TryParse(Environment.GetEnvironmentVariable("GRID_FUZZ_CASES"), NumberStyles.None, CultureInfo.InvariantCulture, out int cases) ? cases : 5000;

    public int Pick(int count) => _random.Next(count);

    public byte[] Damage(byte[] whole)
    {
        var bytes = whole.ToList();
        for (int i = _random.Next(1, 8); i > 0; i--)
        {
            int at = _random.Next(bytes.Count + 1);
            int length = Math.Min(_random.Next(1, 60), bytes.Count - at);
            switch (_random.Next(7))
            {
                case 0:
                    bytes.InsertRange(at, Encoding.Latin1.GetBytes(Fragments[_random.Next(Fragments.Length)]));
                    break;
                case 1:
                    bytes.RemoveRange(at, length);
                    break;
                case 2:
                    bytes.InsertRange(at, bytes.GetRange(at, length));
                    break;
                case 3 when length > 0:
                    bytes[at] = (byte)_random.Next(256);
                    break;
                case 4:
                    bytes.InsertRange(at, Enumerable.Repeat((byte)_random.Next(256), _random.Next(4000)));
                    break;
                case 5:
                    var moved = bytes.GetRange(at, length);
                    bytes.RemoveRange(at, length);
                    bytes.InsertRange(_random.Next(bytes.Count + 1), moved);
                    break;
                default:
                    bytes.RemoveRange(at, _random.Next(20) == 0 ? bytes.Count - at : 0);
                    break;
            }
        }

        return [.. bytes];
    }

    public IEnumerable<byte[]> Cut(byte[] bytes)
    {
        for (int at = 0; at < bytes.Length;)
        {
            int length = Math.Min(_random.Next(4) == 0 ? _random.Next(1, 4) : _random.Next(1, 2000), bytes.Length - at);
            yield return bytes[at..(at + length)];
            at += length;
        }
    }
}

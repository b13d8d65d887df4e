using System.Text;

namespace Grid.Mail.Mime;

/// <summary>
/// Reads the address list of a received header (RFC 5322 section 3.4): quoted strings, comments, groups, source routes, encoded
/// words and the obsolete forms of section 4.4. Takes what it can from anything, in linear time, and never throws.
/// </summary>
public static class MailboxParser
{
    /// <summary>Mailboxes read from one header; what follows is left unread.</summary>
    public const int MaxMailboxes = 1000;

    /// <param name="value">An unfolded header value.</param>
    public static IReadOnlyList<ParsedMailbox> Parse(string value)
    {
        var scan = new Scan(value);
        return scan.Run();
    }

    private ref struct Scan(ReadOnlySpan<char> text)
    {
        private readonly ReadOnlySpan<char> text = text;
        private readonly List<ParsedMailbox> found = [];
        private readonly StringBuilder words = new();
        private string? comment;
        private string? angle;
        private int position;

        public List<ParsedMailbox> Run()
        {
            while (position < text.Length && found.Count < MaxMailboxes)
            {
                Step();
            }

            Finish();
            return found;
        }

        private void Step()
        {
            var c = text[position];
            switch (c)
            {
                case ',' or ';':
                    position++;
                    Finish();
                    break;
                case ':':
                    // A group's name, or a scheme such as mailto.
                    position++;
                    words.Clear();
                    break;
                case '(':
                    comment = Comment();
                    break;
                case '"':
                    Quoted();
                    break;
                case '<':
                    Angle();
                    break;
                case '[':
                    Literal();
                    break;
                default:
                    words.Append(c);
                    position++;
                    break;
            }
        }

        private string Comment()
        {
            var content = new StringBuilder();
            var depth = 0;
            for (; position < text.Length; position++)
            {
                var c = text[position];
                if (c == '(' && depth++ == 0)
                {
                    continue;
                }

                if (c == ')' && --depth == 0)
                {
                    position++;
                    break;
                }

                if (c == '\\' && position + 1 < text.Length)
                {
                    c = text[++position];
                }

                content.Append(c);
            }

            return content.ToString().Trim();
        }

        private void Quoted()
        {
            var start = position++;
            var content = new StringBuilder();
            while (position < text.Length && text[position] != '"')
            {
                if (text[position] == '\\' && position + 1 < text.Length)
                {
                    position++;
                }

                content.Append(text[position++]);
            }

            position = Math.Min(position + 1, text.Length);

            // Quotes belong to a local part, and to no name.
            var isLocalPart = position < text.Length && text[position] == '@';
            words.Append(isLocalPart ? text[start..position] : content.ToString());
        }

        private void Angle()
        {
            var start = ++position;
            var quoted = false;
            while (position < text.Length && (quoted || text[position] != '>'))
            {
                quoted ^= text[position] == '"';
                position++;
            }

            var inside = text[start..position];
            position = Math.Min(position + 1, text.Length);

            // A source route: <@a,@b:user@c>.
            if (inside.StartsWith('@') && inside.IndexOf(':') is > 0 and var colon)
            {
                inside = inside[(colon + 1)..];
            }

            angle = WithoutBlanks(inside);
        }

        private void Literal()
        {
            var end = text[position..].IndexOf(']');
            var length = end < 0 ? text.Length - position : end + 1;
            words.Append(text.Slice(position, length));
            position += length;
        }

        private void Finish()
        {
            if (angle is not null)
            {
                Add(words.ToString(), angle);
            }
            else if (words.Length > 0)
            {
                AddBare(words.ToString().Trim());
            }

            words.Clear();
            comment = null;
            angle = null;
        }

        private readonly void AddBare(string bare)
        {
            if (bare.Length == 0)
            {
                return;
            }

            var at = bare.LastIndexOf('@');
            var blank = bare.IndexOfAny([' ', '\t']);
            if (at < 0 || blank < 0 || bare[0] == '"')
            {
                Add("", bare);
                return;
            }

            // "john . doe @ example . com" is one address; of "John Doe jd@example.com" the last word is.
            var joined = WithoutBlanks(bare, onlyAround: true);
            var start = joined.LastIndexOfAny([' ', '\t'], Math.Max(joined.LastIndexOf('@'), 0)) + 1;
            var end = joined.IndexOfAny([' ', '\t'], start);
            Add(joined[..start], end < 0 ? joined[start..] : joined[start..end]);
        }

        private readonly void Add(string name, string address)
        {
            name = name.Trim();
            found.Add(new(EncodedWord.Decode(name.Length > 0 ? name : comment ?? ""), address));
        }

        private static string WithoutBlanks(ReadOnlySpan<char> from, bool onlyAround = false)
        {
            var content = new StringBuilder(from.Length);
            for (var i = 0; i < from.Length; i++)
            {
                if (from[i] is not (' ' or '\t' or '\r' or '\n'))
                {
                    content.Append(from[i]);
                    continue;
                }

                var next = from[i..].TrimStart();
                var joins = next.Length > 0 && next[0] is '@' or '.' || content.Length > 0 && content[^1] is '@' or '.';
                if (onlyAround && !joins)
                {
                    content.Append(' ');
                }

                i = from.Length - next.Length - 1;
            }

            return content.ToString();
        }
    }
}

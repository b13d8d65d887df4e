using System.Text;

namespace Grid.Mail.Dkim;

/// <summary>A tag=value list (RFC 6376 section 3.2) of at most <see cref="MaxTags"/> tags, as signatures and key records have it.</summary>
internal sealed class TagList
{
    private const int MaxTags = 50;

    private readonly Dictionary<string, string> _tags = new(StringComparer.Ordinal);

    private TagList()
    {
    }

    /// <summary>Name of the first tag.</summary>
    public string First { get; private set; } = "";

    /// <summary>The value, blanks at its ends taken off; null where the tag is absent.</summary>
    public string? this[string name] => _tags.GetValueOrDefault(name);

    /// <summary>The value without any blanks and folds; null where the tag is absent.</summary>
    public string? Packed(string name) => this[name] is { } value ? string.Concat(value.Where(static c => c is not (' ' or '\t' or '\r' or '\n'))) : null;

    /// <summary>Reads a list; null for what is none: no equals sign, no or a double name, too many.</summary>
    public static TagList? Read(ReadOnlySpan<byte> text) => Read(Encoding.Latin1.GetString(text));

    /// <inheritdoc cref="Read(ReadOnlySpan{byte})"/>
    public static TagList? Read(string text)
    {
        var list = new TagList();
        foreach (var part in text.Split(';', MaxTags + 2))
        {
            var tag = part.AsSpan().Trim(" \t\r\n");
            if (tag.Length == 0)
            {
                continue;
            }

            var equals = tag.IndexOf('=');
            var name = tag[..Math.Max(equals, 0)].TrimEnd(" \t\r\n").ToString();
            if (name.Length == 0 || list._tags.Count == MaxTags || !name.All(static c => char.IsAsciiLetterOrDigit(c) || c == '_')
                || !list._tags.TryAdd(name, tag[(equals + 1)..].TrimStart(" \t\r\n").ToString()))
            {
                return null;
            }

            list.First = list.First.Length == 0 ? name : list.First;
        }

        return list;
    }
}

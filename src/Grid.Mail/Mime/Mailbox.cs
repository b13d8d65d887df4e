using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Grid.Mail.Mime;

/// <summary>An address and the name shown with it.</summary>
/// <param name="Name">Without quotes or encoding; empty where there is none.</param>
public sealed record Mailbox(string Name, EmailAddress Address)
{
    /// <summary>Longest name in characters.</summary>
    public const int MaxNameLength = 300;

    /// <summary>
    /// Reads <c>a@b</c>, <c>Name &lt;a@b&gt;</c> or <c>"Name" &lt;a@b&gt;</c>. The name may hold commas and dots without quotes, as
    /// applications write them; it may not hold controls, nor angle brackets outside quotes. False for anything else.
    /// </summary>
    public static bool TryParse(ReadOnlySpan<char> text, [NotNullWhen(true)] out Mailbox? mailbox)
    {
        mailbox = null;
        text = text.Trim(' ');
        var name = "";
        if (text.EndsWith('>'))
        {
            var open = text.LastIndexOf('<');
            if (open < 0 || !TryParseName(text[..open].Trim(' '), out name))
            {
                return false;
            }

            text = text[(open + 1)..^1].Trim(' ');
        }

        if (!EmailAddress.TryParseBare(text, out var address))
        {
            return false;
        }

        mailbox = new(name, address);
        return true;
    }

    /// <inheritdoc />
    public override string ToString() => Name.Length == 0 ? Address.ToString() : $"{Name} <{Address}>";

    internal static bool IsName(ReadOnlySpan<char> name) => name.Length <= MaxNameLength && name.IndexOfAny(Characters.HeaderControls) < 0;

    private static bool TryParseName(ReadOnlySpan<char> text, out string name)
    {
        name = "";
        if (!IsName(text))
        {
            return false;
        }

        if (!text.StartsWith('"'))
        {
            name = text.ToString();
            return text.IndexOfAny('<', '>') < 0;
        }

        var content = new StringBuilder(text.Length);
        for (var i = 1; i < text.Length; i++)
        {
            switch (text[i])
            {
                case '"':
                    name = content.ToString();
                    return i == text.Length - 1;
                case '\\' when i + 1 < text.Length:
                    content.Append(text[++i]);
                    break;
                default:
                    content.Append(text[i]);
                    break;
            }
        }

        return false;
    }
}

using System.Globalization;
using System.Text;

namespace Grid.Grains.Tests.Feedback;

/// <summary>Ways to write one address: case, quotes and escapes that nothing needs, international domains in either form, compatible and decomposed characters, other full stops, a dot at the end, white space around.</summary>
internal sealed class Spellings(int seed)
{
    private readonly Random _random = new(seed);

    /// <summary>Another spelling of a local part and a domain in their plain forms.</summary>
    public string Of(string local, string domain)
    {
        var written = new StringBuilder();
        foreach (var word in local.Split('.'))
        {
            written.Append(written.Length == 0 ? "" : ".").Append(Word(word));
        }

        var address = $"{written}@{Domain(domain)}";
        return Chance(20) ? $" {address} " : address;
    }

    private string Word(string word)
    {
        var text = Mixed(word);
        if (Chance(60))
        {
            return text;
        }

        var quoted = new StringBuilder("\"");
        foreach (var c in text)
        {
            quoted.Append(char.IsAscii(c) && Chance(30) ? "\\" : "").Append(c);
        }

        return quoted.Append('"').ToString();
    }

    private string Domain(string domain)
    {
        var ascii = new IdnMapping().GetAscii(domain);
        var text = Chance(40) ? Mixed(ascii, mayBeWide: false) : Mixed(domain);
        if (!text.All(char.IsAscii) && Chance(30))
        {
            text = text.Replace('.', "\u3002\uFF0E\uFF61"[_random.Next(3)]);
        }

        return Chance(20) ? text + "." : text;
    }

    private string Mixed(string text, bool mayBeWide = true)
    {
        var mixed = new StringBuilder();
        foreach (var c in text)
        {
            var cased = Chance(50) ? char.ToUpperInvariant(c) : c;
            mixed.Append(mayBeWide && char.IsAsciiLetterOrDigit(cased) && Chance(5) ? (char)(cased - '!' + '\uFF01') : cased);
        }

        return Chance(30) ? mixed.ToString().Normalize(NormalizationForm.FormD) : mixed.ToString();
    }

    private bool Chance(int percent) => _random.Next(100) < percent;
}

using System.Globalization;
using Grid.Core.Feedback;

namespace Grid.Host.Public;

/// <summary>The pages behind an unsubscribe link, in the reader's language.</summary>
internal static class UnsubscribePage
{
    /// <summary>Names of the form's fields.</summary>
    public const string ScopeField = "scope";

    public const string AddressField = "address";

    /// <summary>Values of the scope.</summary>
    public static readonly IReadOnlyDictionary<string, UnsubscribeChoice> Scopes = new Dictionary<string, UnsubscribeChoice>(StringComparer.Ordinal)
    {
        ["list"] = UnsubscribeChoice.List,
        ["sender"] = UnsubscribeChoice.Sender,
        ["everyone"] = UnsubscribeChoice.Everyone,
    };

    /// <summary>Asks what to stop; changes nothing.</summary>
    /// <param name="wrongAddress">What was entered and fits no recipient; null where nothing was.</param>
    public static PublicPage Ask(UnsubscribeWords words, UnsubscribeReference who, string sender, string? wrongAddress = null)
    {
        var page = new PublicPage(words.Language, words.Title) { Status = wrongAddress is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity };
        if (who.Address.Length > 0)
        {
            page.Element("p", Fill(words.ForAddress, Masked(who.Address), sender));
        }

        page.Markup("<form method=\"post\">\n<fieldset>\n").Element("legend", words.Question);
        Choice(page, "list", Fill(words.List, "", sender), isChosen: true);
        Choice(page, "sender", Fill(words.Sender, "", sender));
        Choice(page, "everyone", Fill(words.Everyone, "", sender));
        page.Markup("</fieldset>\n");
        if (who.Address.Length == 0)
        {
            AskAddress(page, words, wrongAddress);
        }

        return page.Element("button", words.Button, " type=\"submit\"").Markup("</form>\n");
    }

    /// <summary>Says what was done.</summary>
    public static PublicPage Done(UnsubscribeWords words, UnsubscribeReference who, UnsubscribeChoice choice, string sender)
    {
        var scope = choice switch
        {
            UnsubscribeChoice.List => words.List,
            UnsubscribeChoice.Sender => words.Sender,
            UnsubscribeChoice.Everyone => words.Everyone,
            _ => throw new InvalidOperationException($"no choice {choice}"),
        };
        return new PublicPage(words.Language, words.Done)
            .Element("p", Fill(words.ForAddress, Masked(who.Address), sender))
            .Element("p", Fill(scope, "", sender) + ".")
            .Element("p", words.DoneWords, " class=\"soft\"");
    }

    /// <summary>More addresses than one link is believed.</summary>
    public static PublicPage TooMany() => new PublicPage("en", "Please wait") { Status = StatusCodes.Status429TooManyRequests }
        .Element("p", "Many addresses were entered for this mail within the last hour. Please try again later, or write to the abuse address.");

    /// <summary>No link of ours.</summary>
    public static PublicPage Unknown(UnsubscribeWords words) =>
        new PublicPage(words.Language, words.Unknown) { Status = StatusCodes.Status404NotFound }.Element("p", words.UnknownWords);

    private static void Choice(PublicPage page, string value, string text, bool isChosen = false) => page
        .Markup($"<div class=\"choice\"><input type=\"radio\" id=\"{value}\" name=\"{ScopeField}\" value=\"{value}\"{(isChosen ? " checked" : "")}>")
        .Markup($"<label for=\"{value}\">").Text(text).Markup("</label></div>\n");

    private static void AskAddress(PublicPage page, UnsubscribeWords words, string? wrongAddress)
    {
        page.Markup("<div class=\"field\">").Markup($"<label for=\"{AddressField}\">").Text(words.YourAddress).Markup("</label>\n");
        page.Markup($"<input type=\"email\" id=\"{AddressField}\" name=\"{AddressField}\" autocomplete=\"email\" maxlength=\"320\" required");
        if (wrongAddress is not null)
        {
            page.Markup(" aria-invalid=\"true\" aria-describedby=\"wrong\" value=\"").Text(wrongAddress).Markup("\"");
        }

        page.Markup(">\n");
        if (wrongAddress is not null)
        {
            page.Element("p", words.WrongAddress, " class=\"bad\" id=\"wrong\" role=\"alert\"");
        }

        page.Markup("</div>\n");
    }

    /// <summary>Enough to be known by its owner: who was forwarded the mail learns no address.</summary>
    internal static string Masked(string address)
    {
        var at = address.LastIndexOf('@');
        return at < 1 ? "…" : string.Concat(StringInfo.GetNextTextElement(address), "…", address.AsSpan(at));
    }

    private static string Fill(string text, string address, string sender) => text.Replace("{0}", address, StringComparison.Ordinal).Replace("{1}", sender, StringComparison.Ordinal);
}

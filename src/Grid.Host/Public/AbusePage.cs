using System.Globalization;

namespace Grid.Host.Public;

/// <summary>The abuse form and its answers, in English.</summary>
internal static class AbusePage
{
    /// <summary>The form, empty or with what was entered and what is wrong with it.</summary>
    public static PublicPage Ask(AbuseForm form, IReadOnlyDictionary<string, string> faults, string stamp)
    {
        var page = new PublicPage("en", "Report abuse") { Status = faults.Count == 0 ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity };
        page.Element("p", "Did you get mail from here that you never asked for, or that tries to deceive you? Tell us. A person looks into every report.");
        if (faults.Count > 0)
        {
            page.Element("p", "Please look at the fields that are marked below.", " class=\"bad\" role=\"alert\"");
        }

        page.Markup("<form method=\"post\" enctype=\"multipart/form-data\" novalidate>\n");
        Field(page, "spammed", "Address that the mail was sent to", "Required. It may differ from your own address.", form.SpammedAddress, faults, "email");
        Field(page, "message", "Full headers, or the whole message", "Required, unless you attach the message. In most mail programs: View source, or Show original.", form.Message, faults, "area");
        page.Markup("<div class=\"field\"><label for=\"file\">Or attach the message as a file</label><input type=\"file\" id=\"file\" name=\"file\" accept=\".eml,.txt,message/rfc822,text/plain\"></div>\n");
        Field(page, "sender", "Who sent it", "As the mail shows it.", form.Sender, faults, "text");
        Field(page, "when", "When it came", "", form.When, faults, "text");
        Field(page, "reporter", "Your address", "If you want to hear from us.", form.Reporter, faults, "email");
        Field(page, "words", "What you want to tell us", "", form.Words, faults, "area");
        page.Markup("<div class=\"leave\" aria-hidden=\"true\"><label for=\"website\">Leave this empty</label><input type=\"text\" id=\"website\" name=\"website\" tabindex=\"-1\" autocomplete=\"off\"></div>\n");
        page.Markup("<input type=\"hidden\" name=\"stamp\" value=\"").Text(stamp).Markup("\">\n");
        if (faults.TryGetValue("stamp", out var again))
        {
            page.Element("p", again, " class=\"bad\"");
        }

        return page.Element("button", "Send the report", " type=\"submit\"").Markup("</form>\n");
    }

    /// <summary>The acknowledgement.</summary>
    public static PublicPage Done(long number, bool found, bool removed) => new PublicPage("en", "Thank you")
        .Markup("<p>Your report is case <strong>").Text(number.ToString(CultureInfo.InvariantCulture)).Markup("</strong>. Please name this number when you write to us about it.</p>\n")
        .Element("p", found
            ? "The message was sent from here, and we know by whom. A person looks into it."
            : "We could not tell from the headers alone whether the message was sent from here. A person looks into it.")
        .Element("p", removed ? "The address that the mail went to is already off the sender's lists." : "", removed ? "" : " hidden");

    /// <summary>Too many reports from one place.</summary>
    public static PublicPage TooMany() =>
        new PublicPage("en", "Please wait") { Status = StatusCodes.Status429TooManyRequests }.Element("p", "Many reports came from your network within the last hour. Please try again later, or write to the abuse address.");

    private static void Field(PublicPage page, string name, string label, string hint, string value, IReadOnlyDictionary<string, string> faults, string type)
    {
        var fault = faults.GetValueOrDefault(name);
        var described = string.Join(' ', new[] { hint.Length > 0 ? name + "-hint" : "", fault is null ? "" : name + "-fault" }.Where(id => id.Length > 0));
        var attributes = $" id=\"{name}\" name=\"{name}\"{(described.Length > 0 ? $" aria-describedby=\"{described}\"" : "")}{(fault is null ? "" : " aria-invalid=\"true\"")}";
        page.Markup($"<div class=\"field\"><label for=\"{name}\">").Text(label).Markup("</label>\n");
        if (hint.Length > 0)
        {
            page.Element("div", hint, $" class=\"hint\" id=\"{name}-hint\"");
        }

        if (type == "area")
        {
            page.Markup($"<textarea{attributes}>\n").Text(value).Markup("</textarea>\n");
        }
        else
        {
            page.Markup($"<input type=\"{type}\"{attributes} maxlength=\"320\" value=\"").Text(value).Markup("\">\n");
        }

        if (fault is not null)
        {
            page.Element("p", fault, $" class=\"bad\" id=\"{name}-fault\"");
        }

        page.Markup("</div>\n");
    }
}

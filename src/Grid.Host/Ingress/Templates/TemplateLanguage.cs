using System.Text.Json;
using HandlebarsDotNet;

namespace Grid.Host.Ingress.Templates;

/// <summary>
/// The language of templates: Mustache with Handlebars' if, unless, each and with.
/// In: a template's text; a recipient's data. Out: the text filled in.
/// Guarantees: templates and data are bounded in size, nesting and work, whoever wrote them; there are no partials, no helpers of one's own
/// and no way into the program. A value that the data lacks is a fault where it was to be shown, and false in a condition. What is filled
/// into HTML is escaped, unless the template says <c>{{{…}}}</c>.
/// Fails with <see cref="TemplateFaultException"/>, its message a sentence about the template.
/// </summary>
internal static class TemplateLanguage
{
    /// <summary>Longest template, in characters.</summary>
    public const int MaxLength = 256 * 1024;

    /// <summary>Most <c>{{…}}</c> in a template.</summary>
    public const int MaxTags = 500;

    private const int MaxNesting = 16;
    private static readonly object NoData = new Dictionary<string, object>();
    private const int MaxFilled = 2 * 1024 * 1024;

    private static readonly IHandlebars Plain = Create(escapes: false);
    private static readonly IHandlebars Html = Create(escapes: true);

    /// <summary>Reads a template.</summary>
    public static Func<JsonElement?, TemplateWork, string> Compile(string template, bool html)
    {
        var tags = Check(template);
        HandlebarsTemplate<TextWriter, object, object> compiled;
        try
        {
            compiled = (html ? Html : Plain).Compile(new StringReader(template));
        }
        catch (Exception e) when (e is HandlebarsException or InvalidOperationException or ArgumentException)
        {
            throw new TemplateFaultException(FirstLine(e), e);
        }

        return (data, work) => Fill(compiled, data, new(tags, work));
    }

    private static string Fill(HandlebarsTemplate<TextWriter, object, object> compiled, JsonElement? data, TemplateSteps steps)
    {
        using var filled = new BoundedWriter(MaxFilled);
        try
        {
            compiled(filled, data is { } given ? TemplateValue.Of(given, steps)! : NoData);
            return filled.ToString();
        }
        catch (Exception e) when (Cause(e) is { } fault)
        {
            throw new TemplateFaultException(fault.Message, e);
        }
        catch (Exception e) when (e is HandlebarsException or InvalidOperationException or InvalidCastException or ArgumentException or NullReferenceException)
        {
            throw new TemplateFaultException(FirstLine(e), e);
        }
    }

    /// <summary>Bounds what its reader would recurse into, before it is read; returns how many tags there are.</summary>
    private static int Check(string template)
    {
        if (template.Length > MaxLength)
        {
            throw new TemplateFaultException($"must be at most {MaxLength} characters");
        }

        var (tags, open) = (0, 0);
        for (var at = template.IndexOf("{{", StringComparison.Ordinal); at >= 0; at = template.IndexOf("{{", at, StringComparison.Ordinal))
        {
            at += 2;
            var end = template.IndexOf("}}", at, StringComparison.Ordinal);
            var tag = template.AsSpan(at, (end < 0 ? template.Length : end) - at).TrimStart("{~& ");
            if (++tags > MaxTags)
            {
                throw new TemplateFaultException($"must have at most {MaxTags} tags");
            }

            if (tag.StartsWith(">") || tag.StartsWith("#>") || tag.StartsWith("#*") || tag.StartsWith("*") || tag.StartsWith("# ") || tag.StartsWith("#~"))
            {
                throw new TemplateFaultException($"has a partial or a decorator, {{{{{tag}}}}}: there are none");
            }

            open += tag.StartsWith("#") || tag.StartsWith("^") || tag.StartsWith("else ") ? 1 : tag.StartsWith("/") && open > 0 ? -1 : 0;
            if (open > MaxNesting || tag.Count('(') > MaxNesting)
            {
                throw new TemplateFaultException($"must be nested at most {MaxNesting} deep, and have at most as many else with a condition in a row");
            }
        }

        return tags;
    }

    private static TemplateFaultException? Cause(Exception e)
    {
        for (var cause = e; cause is not null; cause = cause.InnerException)
        {
            if (cause is TemplateFaultException fault)
            {
                return fault;
            }
        }

        return null;
    }

    private static string FirstLine(Exception e) => e.Message.AsSpan().TrimStart().ToString().Split('\n', 2)[0].Trim();

    private static IHandlebars Create(bool escapes)
    {
        var configuration = new HandlebarsConfiguration { NoEscape = !escapes };
        configuration.FormatterProviders.Add(new MissingValues());
        return Handlebars.Create(configuration);
    }
}

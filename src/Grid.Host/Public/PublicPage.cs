using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;

namespace Grid.Host.Public;

/// <summary>
/// A page for anybody: one column, no script, no request to anyone else, nothing kept by a cache or told to other sites.
/// In: pieces of markup, and texts. Out: an answer. Guarantees that texts are texts: only <see cref="Text"/> may bring what came from outside.
/// </summary>
internal sealed class PublicPage(string language, string title) : IResult
{
    /// <summary>Name of the style sheet, beside the pages.</summary>
    public const string StylePath = "style.css";

    private const string Policy = "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    /// <summary>The style sheet of all public pages.</summary>
    public const string Style = """
        :root { color-scheme: light dark; --ink: #1b1f24; --soft: #57606a; --paper: #ffffff; --edge: #8c959f; --act: #0b57a4; --on-act: #ffffff; --bad: #a40e26; }
        @media (prefers-color-scheme: dark) { :root { --ink: #e6edf3; --soft: #9aa4af; --paper: #0d1117; --edge: #6e7681; --act: #58a6ff; --on-act: #0d1117; --bad: #ff7b72; } }
        body { margin: 0; background: var(--paper); color: var(--ink); font: 1rem/1.5 system-ui, sans-serif; }
        main { max-width: 36rem; margin: 0 auto; padding: 2rem 1rem; overflow-wrap: anywhere; }
        h1 { font-size: 1.6rem; line-height: 1.2; margin: 0 0 1rem; }
        fieldset { border: 1px solid var(--edge); border-radius: .4rem; margin: 1rem 0; padding: .75rem 1rem; }
        legend { padding: 0 .4rem; font-weight: 600; }
        .choice { display: flex; gap: .6rem; align-items: baseline; padding: .4rem 0; }
        .field { margin: 1rem 0; }
        .field label { display: block; font-weight: 600; }
        .hint, .soft { color: var(--soft); }
        input[type=email], input[type=text], textarea { box-sizing: border-box; width: 100%; font: inherit; padding: .5rem; border: 1px solid var(--edge); border-radius: .3rem; background: var(--paper); color: var(--ink); }
        textarea { min-height: 10rem; font-family: ui-monospace, monospace; font-size: .9rem; }
        button { font: inherit; font-weight: 600; padding: .6rem 1.4rem; border: 0; border-radius: .3rem; background: var(--act); color: var(--on-act); cursor: pointer; }
        :focus-visible { outline: 3px solid var(--act); outline-offset: 2px; }
        .bad { color: var(--bad); font-weight: 600; }
        .leave { position: absolute; left: -999rem; }
        """;

    private readonly StringBuilder _body = new();

    /// <summary>HTTP status. Default 200.</summary>
    public int Status { get; init; } = StatusCodes.Status200OK;

    /// <summary>Adds markup of our own.</summary>
    public PublicPage Markup(string markup)
    {
        _body.Append(markup);
        return this;
    }

    /// <summary>Adds a text, escaped.</summary>
    public PublicPage Text(string text)
    {
        _body.Append(HtmlEncoder.Default.Encode(text));
        return this;
    }

    /// <summary>Adds an element with a text in it.</summary>
    public PublicPage Element(string name, string text, string attributes = "") => Markup($"<{name}{attributes}>").Text(text).Markup($"</{name}>\n");

    /// <inheritdoc />
    public Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        SetHeaders(response.Headers);
        (response.StatusCode, response.ContentType) = (Status, "text/html; charset=utf-8");
        var bytes = Encoding.UTF8.GetBytes(Write());
        response.ContentLength = bytes.Length;
        return HttpMethods.IsHead(httpContext.Request.Method) ? Task.CompletedTask : response.Body.WriteAsync(bytes, httpContext.RequestAborted).AsTask();
    }

    /// <summary>The style sheet, as an answer.</summary>
    public static IResult StyleSheet(HttpContext context)
    {
        context.Response.Headers.CacheControl = "public, max-age=3600";
        context.Response.Headers.XContentTypeOptions = "nosniff";
        return TypedResults.Text(Style, "text/css; charset=utf-8");
    }

    private static void SetHeaders(IHeaderDictionary headers)
    {
        headers.CacheControl = "no-store";
        headers.ContentSecurityPolicy = Policy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers["X-Robots-Tag"] = "noindex, nofollow";
    }

    private string Write() => string.Create(
        CultureInfo.InvariantCulture,
        $"""
         <!DOCTYPE html>
         <html lang="{language}">
         <head>
         <meta charset="utf-8">
         <meta name="viewport" content="width=device-width, initial-scale=1">
         <title>{HtmlEncoder.Default.Encode(title)}</title>
         <link rel="stylesheet" href="{StylePath}">
         </head>
         <body>
         <main>
         <h1>{HtmlEncoder.Default.Encode(title)}</h1>
         {_body}</main>
         </body>
         </html>

         """);
}

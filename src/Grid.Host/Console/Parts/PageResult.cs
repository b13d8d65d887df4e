using System.Text;
using Grid.Host.Console.Pages;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;

namespace Grid.Host.Console.Parts;

/// <summary>
/// A page, rendered whole before its first byte is sent: a page that fails half way leaves no torn answer. What stands in it as text is
/// encoded by the renderer; no page writes raw markup that came from outside.
/// </summary>
internal sealed class PageResult : IResult
{
    private readonly Type _page;
    private readonly Dictionary<string, object?> _parameters;

    private PageResult(Type page, Dictionary<string, object?> parameters) => (_page, _parameters) = (page, parameters);

    public static PageResult Of<TPage>(Dictionary<string, object?>? parameters = null)
        where TPage : IComponent => new(typeof(TPage), parameters ?? []);

    /// <summary>A page that says what went wrong.</summary>
    public static PageResult Failure(string title, string words) => Of<Failure>(new() { [nameof(Pages.Failure.Title)] = title, [nameof(Pages.Failure.Words)] = words });

    /// <inheritdoc />
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var services = httpContext.RequestServices;
        await using var renderer = new HtmlRenderer(services, services.GetRequiredService<ILoggerFactory>());
        var html = await renderer.Dispatcher.InvokeAsync(async () =>
        {
            var root = await renderer.RenderComponentAsync(_page, ParameterView.FromDictionary(_parameters));
            using var text = new StringWriter();
            await text.WriteAsync("<!DOCTYPE html>\n");
            root.WriteHtmlTo(text);
            return text.ToString();
        });
        var bytes = Encoding.UTF8.GetBytes(DirectionMarks.Show(html));
        var response = httpContext.Response;
        (response.StatusCode, response.ContentType, response.ContentLength) = (services.GetRequiredService<PageContext>().Status, "text/html; charset=utf-8", bytes.Length);
        await response.Body.WriteAsync(bytes, httpContext.RequestAborted);
    }
}

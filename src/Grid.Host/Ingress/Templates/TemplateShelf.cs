using System.Collections.Concurrent;
using System.Text.Json;
using Grid.Core.Ports;
using Grid.Grains.Enforcement;

namespace Grid.Host.Ingress.Templates;

/// <summary>
/// Tenants' templates.
/// In: templates by name; a name with data. Out: what is kept; the template filled in.
/// Guarantees: a change holds for what is submitted after it was answered; a tenant reaches its own templates only; compiling is remembered,
/// bounded, by what the template says.
/// Fails with <see cref="TemplateFaultException"/> where the data doesn't fit.
/// </summary>
public sealed class TemplateShelf(IRegistry registry)
{
    /// <summary>Kind under which templates stand in the registry, as <c>TENANT/NAME</c>.</summary>
    private const string Kind = "template";

    /// <summary>Most templates of a tenant.</summary>
    public const int MaxTemplates = 500;

    private const int MaxCompiled = 1_000;
    private readonly ConcurrentDictionary<(string Template, bool Html), Func<JsonElement?, string>> _compiled = new();

    /// <summary>Null where the tenant has none of that name.</summary>
    public ValueTask<MessageTemplate?> FindAsync(string tenant, string name, CancellationToken cancellationToken) =>
        registry.FindAsync<MessageTemplate>(Kind, Key(tenant, name), cancellationToken);

    /// <summary>All of a tenant's, by name.</summary>
    public async ValueTask<IReadOnlyList<MessageTemplate>> ListAsync(string tenant, CancellationToken cancellationToken)
    {
        var prefix = Key(tenant, "");
        var entries = await registry.ListAsync(Kind, prefix, MaxTemplates, cancellationToken);
        return [.. entries.TakeWhile(e => e.Key.StartsWith(prefix, StringComparison.Ordinal)).Select(e => Registered.Read<MessageTemplate>(e.Value))];
    }

    /// <summary>Keeps one; durable when the task completes.</summary>
    public ValueTask PutAsync(string tenant, MessageTemplate template, CancellationToken cancellationToken) =>
        registry.PutAsync(Kind, Key(tenant, template.Name), template, cancellationToken);

    /// <summary>False where there is none.</summary>
    public ValueTask<bool> RemoveAsync(string tenant, string name, CancellationToken cancellationToken) =>
        registry.RemoveAsync(Kind, Key(tenant, name), cancellationToken);

    /// <summary>Fills one in.</summary>
    /// <param name="data">An object, or nothing.</param>
    public FilledTemplate Fill(MessageTemplate template, JsonElement? data) => new(
        Compiled(template.Subject, html: false)(data),
        template.Text is { } text ? Compiled(text, html: false)(data) : null,
        template.Html is { } html ? Compiled(html, html: true)(data) : null);

    /// <summary>The template, read; whoever puts one finds out here whether it can be.</summary>
    internal Func<JsonElement?, string> Compiled(string template, bool html)
    {
        if (_compiled.Count >= MaxCompiled)
        {
            _compiled.Clear();
        }

        return _compiled.GetOrAdd((template, html), static key => TemplateLanguage.Compile(key.Template, key.Html));
    }

    private static string Key(string tenant, string name) => $"{tenant}/{name}";
}

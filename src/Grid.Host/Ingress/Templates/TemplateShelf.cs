using System.Collections.Concurrent;
using System.Text.Json;
using Grid.Core.Ports;
using Grid.Grains.Enforcement;

namespace Grid.Host.Ingress.Templates;

/// <summary>
/// Tenants' templates.
/// In: templates by name; a name with data. Out: what is kept; the template filled in.
/// Guarantees: a change holds for what is submitted after it was answered; a tenant reaches its own templates only; compiled ones are
/// remembered by what they say, at most <see cref="MaxCompiled"/> and <see cref="MaxCompiledCharacters"/> of text; a list holds one page in memory.
/// Fails with <see cref="TemplateFaultException"/> where the data doesn't fit.
/// </summary>
public sealed class TemplateShelf(IRegistry registry)
{
    /// <summary>Kind under which templates stand in the registry, as <c>TENANT/NAME</c>.</summary>
    private const string Kind = "template";

    /// <summary>Most templates of a tenant.</summary>
    public const int MaxTemplates = 500;

    private const int MaxCompiled = 500;
    private const int MaxCompiledCharacters = 4 * 1024 * 1024;
    private const int Page = 20;
    private readonly ConcurrentDictionary<(string Template, bool Html), Func<JsonElement?, TemplateWork, string>> _compiled = new();
    private int _characters;

    /// <summary>Null where the tenant has none of that name.</summary>
    public ValueTask<MessageTemplate?> FindAsync(string tenant, string name, CancellationToken cancellationToken) =>
        registry.FindAsync<MessageTemplate>(Kind, Key(tenant, name), cancellationToken);

    /// <summary>What a tenant has, by name.</summary>
    public async ValueTask<IReadOnlyList<(string Name, DateTimeOffset ChangedAt)>> ListAsync(string tenant, CancellationToken cancellationToken)
    {
        var prefix = Key(tenant, "");
        var found = new List<(string, DateTimeOffset)>();
        for (var after = prefix; ;)
        {
            var page = await registry.ListAsync(Kind, after, Page, cancellationToken);
            found.AddRange(page.TakeWhile(IsOwn).Select(e => Registered.Read<MessageTemplate>(e.Value)).Select(template => (template.Name, template.ChangedAt)));
            if (page.Count < Page || !IsOwn(page[^1]))
            {
                return found;
            }

            after = page[^1].Key;
        }

        bool IsOwn(KeyValuePair<string, string> entry) => entry.Key.StartsWith(prefix, StringComparison.Ordinal);
    }

    /// <summary>Keeps one; durable when the task completes.</summary>
    public ValueTask PutAsync(string tenant, MessageTemplate template, CancellationToken cancellationToken) =>
        registry.PutAsync(Kind, Key(tenant, template.Name), template, cancellationToken);

    /// <summary>False where there is none.</summary>
    public ValueTask<bool> RemoveAsync(string tenant, string name, CancellationToken cancellationToken) =>
        registry.RemoveAsync(Kind, Key(tenant, name), cancellationToken);

    /// <summary>Fills one in.</summary>
    /// <param name="data">An object, or nothing.</param>
    /// <param name="work">One for all fillings of a request.</param>
    public FilledTemplate Fill(MessageTemplate template, JsonElement? data, TemplateWork work) => new(
        Compiled(template.Subject, html: false)(data, work),
        template.Text is { } text ? Compiled(text, html: false)(data, work) : null,
        template.Html is { } html ? Compiled(html, html: true)(data, work) : null);

    /// <summary>The template, read; whoever puts one finds out here whether it can be.</summary>
    internal Func<JsonElement?, TemplateWork, string> Compiled(string template, bool html)
    {
        if (_compiled.TryGetValue((template, html), out var known))
        {
            return known;
        }

        var compiled = TemplateLanguage.Compile(template, html);
        if (_compiled.Count >= MaxCompiled || Interlocked.Add(ref _characters, template.Length) > MaxCompiledCharacters)
        {
            _compiled.Clear();
            Volatile.Write(ref _characters, template.Length);
        }

        return _compiled[(template, html)] = compiled;
    }

    private static string Key(string tenant, string name) => $"{tenant}/{name}";
}

using Grid.Host.Api.Model;

namespace Grid.Host.Ingress.Templates;

/// <summary>
/// Fills the messages of one request.
/// In: a tenant's messages. Out: those that name a template, with subject, text and HTML from it; the others as they are; or what is wrong.
/// Guarantees that each template is read once, so that all messages of a request are of the same version.
/// </summary>
public sealed class TemplateRun(TemplateShelf shelf, string tenant)
{
    private readonly TemplateWork _work = new();
    private readonly Dictionary<string, MessageTemplate?> _read = new(StringComparer.Ordinal);

    public async ValueTask<(OutgoingMessage Message, FieldError? Fault)> FillAsync(OutgoingMessage message, CancellationToken cancellationToken)
    {
        if (message.Template is not { } name)
        {
            return (message, message.Data is null ? null : new("data", "goes with a template only"));
        }

        if (message.Subject is not null || message.Text is not null || message.Html is not null)
        {
            return (message, new("template", "brings subject, text and html: leave them out"));
        }

        if (!_read.TryGetValue(name, out var template))
        {
            _read[name] = template = await shelf.FindAsync(tenant, name, cancellationToken);
        }

        if (template is null)
        {
            return (message, new("template", $"there is no template '{name}'"));
        }

        try
        {
            var filled = shelf.Fill(template, message.Data, _work);
            return (message with { Subject = filled.Subject, Text = filled.Text, Html = filled.Html }, null);
        }
        catch (TemplateFaultException fault)
        {
            return (message, new("data", fault.Message));
        }
    }
}

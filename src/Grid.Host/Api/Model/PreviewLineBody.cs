namespace Grid.Host.Api.Model;

/// <summary>A line of a streamed preview: one of these.</summary>
public sealed record PreviewLineBody
{
    public PreviewProgressBody? Progress { get; init; }

    public PreviewSubjectBody? Subject { get; init; }

    /// <summary>The last line; its list of subjects is empty, as they came before.</summary>
    public PreviewBody? Result { get; init; }
}

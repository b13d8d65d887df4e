namespace Grid.Host.Api.Model;

/// <summary>One fault of a request.</summary>
/// <param name="Field">Where: a JSON path without the "$.", such as to[0] or attachments[1].content; a header's or a parameter's name.</param>
/// <param name="Message">What is wrong and what would be right.</param>
/// <param name="Clause">The rule's id, where a policy or the tenant's set-up has it.</param>
public sealed record FieldError(string Field, string Message, string? Clause = null)
{
    /// <summary>Line of the text, from 1, where the request is one.</summary>
    public int? Line { get; init; }

    /// <summary>Column in that line, from 1.</summary>
    public int? Column { get; init; }
}

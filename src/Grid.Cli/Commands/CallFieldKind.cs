namespace Grid.Cli.Commands;

/// <summary>What a field holds.</summary>
internal enum CallFieldKind
{
    Text,

    /// <summary>Text that is an argument, not an option: a command is told little without it.</summary>
    Word,

    /// <summary>Text that may be long: @FILE is a file's, - the input.</summary>
    Long,

    /// <summary>Texts; may be repeated.</summary>
    Several,
    Number,

    /// <summary>Given or not.</summary>
    Flag,

    /// <summary>The whole body, as JSON in a file; other fields are set in it.</summary>
    Whole,

    /// <summary>JSON in a file: the field's value.</summary>
    Json,

    /// <summary>No field of the body: the reason, as a header.</summary>
    Header,

    /// <summary>Of the query, though the call has a body.</summary>
    Query,
}

namespace Grid.Cli.Commands;

/// <summary>What a field holds.</summary>
internal enum CallFieldKind
{
    Text,
    Number,

    /// <summary>Given or not.</summary>
    Flag,
}

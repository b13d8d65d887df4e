namespace Grid.Cli.Commands;

/// <summary>A field of a call: an option of its command.</summary>
/// <param name="Name">As the API has it: maxRate is --max-rate.</param>
internal sealed record CallField(string Name, string Words, bool Needed = false, CallFieldKind Kind = CallFieldKind.Text);

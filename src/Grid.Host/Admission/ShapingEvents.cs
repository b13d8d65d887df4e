using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Grid.Host.Admission;

/// <summary>
/// The pieces of a YAML text on their way to a tree, which is built by recursion. At most 16 levels and 100,000 nodes, where an alias counts
/// for all that it stands for; it stands for something whole that came before it.
/// </summary>
internal sealed class ShapingEvents(TextReader text) : IParser
{
    public const int MaxDepth = 16;
    public const int MaxNodes = 100_000;

    private readonly Parser _parser = new(new Scanner(text, skipComments: true));
    private readonly Dictionary<AnchorName, int> _sizes = [];
    private readonly Stack<(AnchorName Anchor, int Before)> _open = [];
    private int _nodes;

    /// <inheritdoc />
    public ParsingEvent? Current => _parser.Current;

    /// <inheritdoc />
    /// <exception cref="YamlException">The text is not YAML, or breaks a bound.</exception>
    public bool MoveNext()
    {
        var moved = Step();
        switch (Current)
        {
            case AnchorAlias alias:
                Count(_sizes.TryGetValue(alias.Value, out var size) ? size : throw At($"*{alias.Value} stands for nothing whole that came before"));
                break;
            case Scalar scalar:
                Count(1);
                Remember(scalar.Anchor, 1);
                break;
            case SequenceStart or MappingStart:
                _open.Push((((NodeEvent)Current).Anchor, _nodes));
                Count(1);
                break;
            case SequenceEnd or MappingEnd:
                var (anchor, before) = _open.Pop();
                Remember(anchor, _nodes - before);
                break;
            default:
                break;
        }

        return _open.Count <= MaxDepth ? moved : throw At($"this is nested deeper than {MaxDepth} levels");
    }

    private void Count(int nodes) => _nodes = _nodes + nodes <= MaxNodes ? _nodes + nodes : throw At($"there are more than {MaxNodes} nodes");

    private void Remember(AnchorName anchor, int size)
    {
        if (!anchor.IsEmpty)
        {
            _sizes[anchor] = size;
        }
    }

    // The scanner has states of broken texts in which it gives up so.
    private bool Step()
    {
        try
        {
            return _parser.MoveNext();
        }
        catch (Exception fault) when (fault is InvalidOperationException or ArgumentException or FormatException or OverflowException or IndexOutOfRangeException)
        {
            throw At("this is not YAML, here or after");
        }
    }

    private YamlException At(string words) => new(Current?.Start ?? Mark.Empty, Current?.End ?? Mark.Empty, words);
}

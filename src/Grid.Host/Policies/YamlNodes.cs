using Grid.Core.Enforcement.Policies;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Grid.Host.Policies;

/// <summary>
/// Reads YAML into nodes: one document of maps, lists and scalars. Anchors, aliases and tags are refused, as nothing in a policy may
/// stand for something elsewhere. At most 16 levels and 50,000 nodes.
/// </summary>
internal sealed class YamlNodes
{
    public const int MaxDepth = 16;
    public const int MaxNodes = 50_000;

    private readonly Parser _parser;
    private int _nodes;

    private YamlNodes(string text) => _parser = new(new Scanner(new StringReader(text), skipComments: true));

    /// <summary>Throws <see cref="PolicySyntaxException"/> for anything else.</summary>
    public static PolicyNode Read(string text)
    {
        var nodes = new YamlNodes(text);
        try
        {
            return nodes.ReadDocument();
        }
        catch (YamlException fault)
        {
            throw new PolicySyntaxException(fault.Start.Line, fault.Start.Column, $"this is not YAML: {fault.Message}");
        }
        catch (Exception fault) when (fault is InvalidOperationException or ArgumentException or FormatException or OverflowException or IndexOutOfRangeException)
        {
            // The scanner has states of broken texts in which it gives up so; the place is that of the last piece that it understood.
            throw new PolicySyntaxException(nodes._parser.Current?.End.Line ?? 1, nodes._parser.Current?.End.Column ?? 1, "this is not YAML, here or after");
        }
    }

    private PolicyNode ReadDocument()
    {
        Next<StreamStart>();
        if (_parser.Current is StreamEnd)
        {
            throw new PolicySyntaxException(1, 1, "the policy is empty");
        }

        Next<DocumentStart>();
        var node = ReadNode(0);
        Next<DocumentEnd>();
        return _parser.Current is StreamEnd ? node : throw At(_parser.Current!, "a policy is one document");
    }

    private PolicyNode ReadNode(int depth)
    {
        var current = _parser.Current!;
        if (depth > MaxDepth)
        {
            throw At(current, $"this is nested deeper than {MaxDepth} levels");
        }

        if (++_nodes > MaxNodes)
        {
            throw At(current, $"a policy has at most {MaxNodes} nodes");
        }

        if (current is AnchorAlias or NodeEvent { Anchor.IsEmpty: false })
        {
            throw At(current, "anchors and aliases are not for policies; write it out");
        }

        if (current is NodeEvent { Tag: { IsEmpty: false, IsNonSpecific: false } })
        {
            throw At(current, "tags are not for policies");
        }

        var (line, column) = ((int)current.Start.Line, (int)current.Start.Column);
        switch (current)
        {
            case YamlDotNet.Core.Events.Scalar scalar:
                _parser.MoveNext();
                return new PolicyNode.Scalar(line, column, scalar.Value, scalar.Style == ScalarStyle.Plain);
            case SequenceStart:
                _parser.MoveNext();
                var items = new List<PolicyNode>();
                while (_parser.Current is not SequenceEnd)
                {
                    items.Add(ReadNode(depth + 1));
                }

                _parser.MoveNext();
                return new PolicyNode.List(line, column, items);
            case MappingStart:
                _parser.MoveNext();
                var entries = new List<(PolicyNode.Scalar, PolicyNode)>();
                while (_parser.Current is not MappingEnd)
                {
                    var key = ReadNode(depth + 1) as PolicyNode.Scalar ?? throw At(current, "a key must be a word");
                    entries.Add((key, ReadNode(depth + 1)));
                }

                _parser.MoveNext();
                return new PolicyNode.Map(line, column, entries);
            default:
                throw At(current, "here should be a value");
        }
    }

    private void Next<T>()
        where T : ParsingEvent
    {
        if (_parser.Current is null)
        {
            _parser.MoveNext();
        }

        if (_parser.Current is not T)
        {
            throw At(_parser.Current!, $"a policy is one document of at most {PolicyBounds.MaxTextBytes} bytes");
        }

        _parser.MoveNext();
    }

    private static PolicySyntaxException At(ParsingEvent current, string message) => new(current.Start.Line, current.Start.Column, message);
}

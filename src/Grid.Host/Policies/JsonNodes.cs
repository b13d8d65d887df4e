using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Grid.Host.Policies;

/// <summary>Reads JSON into nodes, strictly, with the place of each. The bounds are those of <see cref="YamlNodes"/>.</summary>
internal static class JsonNodes
{
    /// <summary>Throws <see cref="PolicySyntaxException"/> for anything that isn't JSON.</summary>
    public static PolicyNode Read(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var places = new Places(bytes);
        var reader = new Utf8JsonReader(bytes, new JsonReaderOptions { MaxDepth = YamlNodes.MaxDepth });
        try
        {
            reader.Read();
            var nodes = 0;
            var node = ReadNode(ref reader, places, ref nodes);
            reader.Read();
            return node;
        }
        catch (JsonException fault)
        {
            throw new PolicySyntaxException((fault.LineNumber ?? 0) + 1, (fault.BytePositionInLine ?? 0) + 1, "this is not JSON of at most 16 levels");
        }
        catch (InvalidOperationException)
        {
            throw new PolicySyntaxException(1, 1, "the text is not valid Unicode");
        }
    }

    private static PolicyNode ReadNode(ref Utf8JsonReader reader, Places places, ref int nodes)
    {
        var (line, column) = places.Of((int)reader.TokenStartIndex);
        if (++nodes > YamlNodes.MaxNodes)
        {
            throw new PolicySyntaxException(line, column, $"a policy has at most {YamlNodes.MaxNodes} nodes");
        }

        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                var entries = new List<(PolicyNode.Scalar, PolicyNode)>();
                while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
                {
                    var (keyLine, keyColumn) = places.Of((int)reader.TokenStartIndex);
                    var key = new PolicyNode.Scalar(keyLine, keyColumn, reader.GetString()!, IsPlain: false);
                    reader.Read();
                    entries.Add((key, ReadNode(ref reader, places, ref nodes)));
                }

                return new PolicyNode.Map(line, column, entries);
            case JsonTokenType.StartArray:
                var items = new List<PolicyNode>();
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                {
                    items.Add(ReadNode(ref reader, places, ref nodes));
                }

                return new PolicyNode.List(line, column, items);
            case JsonTokenType.String:
                return new PolicyNode.Scalar(line, column, reader.GetString()!, IsPlain: false);
            case JsonTokenType.True or JsonTokenType.False:
                return new PolicyNode.Scalar(line, column, reader.GetBoolean() ? "true" : "false", IsPlain: true);
            case JsonTokenType.Null:
                return new PolicyNode.Scalar(line, column, "", IsPlain: true);
            default:
                return new PolicyNode.Scalar(line, column, reader.GetDouble().ToString(CultureInfo.InvariantCulture), IsPlain: true);
        }
    }

    // Tokens come in order, so each place is found from the one before.
    private sealed class Places(byte[] text)
    {
        private int _at;
        private int _line = 1;
        private int _lineStart;

        public (int Line, int Column) Of(int index)
        {
            for (; _at < index; _at++)
            {
                if (text[_at] == '\n')
                {
                    (_line, _lineStart) = (_line + 1, _at + 1);
                }
            }

            return (_line, index - _lineStart + 1);
        }
    }
}

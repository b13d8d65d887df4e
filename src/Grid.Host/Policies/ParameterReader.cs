using System.Globalization;
using Grid.Core.Enforcement;
using Grid.Core.Enforcement.Policies;
using Grid.Core.Vocabulary;

namespace Grid.Host.Policies;

/// <summary>Reads the parameters, which stand in maps by the dots of their names.</summary>
internal sealed class ParameterReader(Mistakes mistakes)
{
    /// <summary>By name, the value of each that is right.</summary>
    public Dictionary<string, object> Read(PolicyNode node)
    {
        var values = new Dictionary<string, object>(StringComparer.Ordinal);
        var names = PolicyParameters.All.Select(p => p.Name.Split('.')[0]).Distinct().ToList();
        var map = new MapReader(node, "parameters", mistakes, names);
        foreach (var name in names.Where(map.Has))
        {
            var value = map.Find(name)!;
            if (PolicyParameters.Find(name) is { } parameter)
            {
                Take(map, parameter, value, values);
                continue;
            }

            var below = PolicyParameters.All.Where(p => p.Name.StartsWith(name + ".", StringComparison.Ordinal)).ToDictionary(p => p.Name[(name.Length + 1)..]);
            var inner = new MapReader(value, map.PathOf(name), mistakes, [.. below.Keys]);
            foreach (var (key, leaf) in below.Where(b => inner.Has(b.Key)))
            {
                Take(inner, leaf, inner.Find(key)!, values);
            }
        }

        return values;
    }

    private void Take(MapReader map, PolicyParameter parameter, PolicyNode node, Dictionary<string, object> values)
    {
        var path = "parameters/" + parameter.Name.Replace('.', '/');
        if (ValueOf(map, parameter, node, path) is { } value)
        {
            values[parameter.Name] = value;
        }
    }

    private object? ValueOf(MapReader map, PolicyParameter parameter, PolicyNode node, string path)
    {
        switch (parameter.Type)
        {
            case ParameterType.Flag when node is PolicyNode.Scalar { Value: "true" or "false", IsPlain: true } flag:
                return flag.Value == "true";
            case ParameterType.Flag:
                mistakes.Add(node, path, "must be true or false");
                return null;
            case ParameterType.Words:
                return Words(map, parameter, node, path);
            case ParameterType.Duration:
                return Duration(map, parameter, node, path);
            case ParameterType.Rate:
                return map.UnitOf<Rate>(node, path, Rate.TryParse);
            case ParameterType.Count:
                return map.UnitOf(node, path, (string text, out long count, out string fault) => PolicyUnits.TryCount(text, parameter.Unit, out count, out fault));
            case ParameterType.Share:
                return map.UnitOf<Ratio>(node, path, PolicyUnits.TryShare);
            case ParameterType.Factor:
                return map.UnitOf<double>(node, path, TryFactor);
            case ParameterType.Steps:
                return Steps(map, node, path);
            case ParameterType.Text:
                return map.TextOf(node, path);
            default:
                throw new InvalidOperationException($"no parameter type {parameter.Type}");
        }
    }

    private TimeSpan? Duration(MapReader map, PolicyParameter parameter, PolicyNode node, string path)
    {
        var span = map.UnitOf<TimeSpan>(node, path, PolicyUnits.TryDuration);
        if (span is { } given && (given < parameter.Shortest || given > parameter.Longest))
        {
            mistakes.Add(node, path, $"must be {PolicyUnits.Text(parameter.Shortest)} to {PolicyUnits.Text(parameter.Longest)}");
            return null;
        }

        return span;
    }

    private List<string>? Words(MapReader map, PolicyParameter parameter, PolicyNode node, string path)
    {
        if (node is not PolicyNode.List { Items.Count: <= PolicyBounds.MaxListed } list)
        {
            mistakes.Add(node, path, $"must be a list of at most {PolicyBounds.MaxListed} words");
            return null;
        }

        var words = list.Items.Select(item => map.TextOf(item, path, PolicyBounds.MaxId)).OfType<string>().ToList();
        foreach (var wrong in words.Where(w => parameter.Values.Count > 0 && !parameter.Values.Contains(w)))
        {
            mistakes.Add(node, path, $"\"{wrong}\" is none of {string.Join(", ", parameter.Values)}");
        }

        return words;
    }

    private List<ProbationStep>? Steps(MapReader map, PolicyNode node, string path)
    {
        if (node is not PolicyNode.List { Items.Count: <= PolicyBounds.MaxProbationSteps } list)
        {
            mistakes.Add(node, path, $"must be a list of at most {PolicyBounds.MaxProbationSteps} steps such as {{perDay: 1000 messages, for: 3 d}}");
            return null;
        }

        var steps = new List<ProbationStep>();
        for (var i = 0; i < list.Items.Count; i++)
        {
            var step = new MapReader(list.Items[i], $"{path}/{i}", mistakes, ["perDay", "for"]);
            var perDay = step.Unit("perDay", (string text, out long count, out string fault) => PolicyUnits.TryCount(text, "messages", out count, out fault));
            var length = step.Unit<TimeSpan>("for", PolicyUnits.TryDuration);
            if (perDay is >= 1 && length is not null)
            {
                steps.Add(new(perDay.Value, length.Value));
            }
            else if (perDay == 0)
            {
                mistakes.Add(list.Items[i], $"{path}/{i}", "perDay must be at least 1 message");
            }
        }

        return steps;
    }

    private static bool TryFactor(string text, out double factor, out string fault)
    {
        fault = "must be a number of 1 to 100, such as 2 or 1.5";
        return double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out factor) && factor is >= 1 and <= 100;
    }
}

namespace Grid.Core.Enforcement.Policies;

/// <summary>Holds conditions against the catalogue, the subject and the policy's windows.</summary>
internal sealed class ConditionChecker(EnforcementPolicy policy, PolicySubject subject, PolicyFaults faults)
{
    /// <summary>Adds a fault for everything in it that can't be.</summary>
    public void Check(PolicyCondition condition, string path)
    {
        switch (condition)
        {
            case PolicyCondition.All all:
                CheckEach(all.Of, path + "/all");
                break;
            case PolicyCondition.Any any:
                CheckEach(any.Of, path + "/any");
                break;
            case PolicyCondition.Rate rate:
                if (Known(rate.Signal, path + "/rate", s => s.Rate is not null, "is not a rate") is not null)
                {
                    CheckWindow(rate.Over, path);
                    CheckFloors(rate, path);
                }

                break;
            case PolicyCondition.Count count:
                CheckCount(count, path);
                break;
            case PolicyCondition.Event e:
                Known(e.Signal, path, s => s.Kind is SignalKind.Finding or SignalKind.Listing or SignalKind.Verdict, "is not reported");
                break;
            case PolicyCondition.Fact fact:
                if (Known(fact.Signal, path + "/declaration", s => s.Kind == SignalKind.Fact, "is not a declaration") is { } signal)
                {
                    CheckTest(signal, fact.Test, path);
                }

                break;
            default:
                throw new InvalidOperationException($"no condition {condition.GetType().Name}");
        }
    }

    /// <summary>The condition with lists in place of the parameters that they are named by.</summary>
    public PolicyCondition Resolve(PolicyCondition condition) => condition switch
    {
        PolicyCondition.All all => new PolicyCondition.All([.. all.Of.Select(Resolve)]),
        PolicyCondition.Any any => new PolicyCondition.Any([.. any.Of.Select(Resolve)]),
        PolicyCondition.Fact { Test: FactTest.In { Parameter.Length: > 0 } test } fact => fact with { Test = new FactTest.In(ValuesOf(test.Parameter)) },
        PolicyCondition.Fact { Test: FactTest.NotIn { Parameter.Length: > 0 } test } fact => fact with { Test = new FactTest.NotIn(ValuesOf(test.Parameter)) },
        _ => condition,
    };

    private IReadOnlyList<string> ValuesOf(string parameter) => (IReadOnlyList<string>)PolicyParameters.Find(parameter)!.Get(policy);

    private void CheckEach(IReadOnlyList<PolicyCondition> conditions, string path)
    {
        if (conditions.Count is 0 or > PolicyBounds.MaxConditions)
        {
            faults.Add(path, $"must have 1 to {PolicyBounds.MaxConditions} conditions");
        }

        for (var i = 0; i < Math.Min(conditions.Count, PolicyBounds.MaxConditions); i++)
        {
            Check(conditions[i], $"{path}/{i}");
        }
    }

    private Signal? Known(string name, string path, Func<Signal, bool> fits, string otherwise)
    {
        if (Signals.Find(name) is not { } signal)
        {
            faults.Add(path, $"there is no signal \"{name}\"{NearestName.Hint(name, Signals.All.Where(fits).Select(s => s.Name))}");
            return null;
        }

        if (!fits(signal))
        {
            faults.Add(path, $"\"{name}\" {otherwise}; {Usage(signal)}");
            return null;
        }

        if (!signal.Subjects.Contains(subject))
        {
            faults.Add(path, $"\"{name}\" can't be said of a {Name(subject)}, but of {string.Join(", ", signal.Subjects.Select(Name))}");
            return null;
        }

        return signal;
    }

    private static string Usage(Signal signal) => signal.Kind switch
    {
        SignalKind.Counter when signal.Rate is not null && signal.Count is not null => "it stands in rate and count",
        SignalKind.Counter => signal.Rate is not null ? "it stands in rate" : "it stands in count",
        SignalKind.Memory => "it stands in count",
        SignalKind.Fact => "it stands in declaration",
        _ => $"it stands in {Name(signal.Kind)} and count",
    };

    private void CheckWindow(TimeSpan over, string path)
    {
        if (!policy.Windows.Any(w => w.Length == over))
        {
            faults.Add(path + "/over", $"the policy has no window of {PolicyUnits.Text(over)}; its windows are {string.Join(", ", policy.Windows.Select(w => PolicyUnits.Text(w.Length)))}");
        }
    }

    private void CheckFloors(PolicyCondition.Rate rate, string path)
    {
        if (rate.MinVolume < 1 || rate.MinEvents < 1)
        {
            faults.Add(path + "/floor", "both floors must be at least 1");
        }
    }

    private void CheckCount(PolicyCondition.Count count, string path)
    {
        if (Known(count.Signal, path + "/count", s => s.Count is not null, "is not counted") is not { } signal)
        {
            return;
        }

        if (signal.Kind == SignalKind.Counter)
        {
            CheckWindow(count.Over, path);
        }
        else if (count.Over > PolicyBounds.MaxMemory)
        {
            faults.Add(path + "/over", $"can look back {PolicyUnits.Text(PolicyBounds.MaxMemory)} at most");
        }
        else if (count.Above >= (signal.Kind == SignalKind.Memory ? StandingState.MaxSuspensions : StandingState.MaxEvents))
        {
            faults.Add(path + "/above", $"must be below {(signal.Kind == SignalKind.Memory ? StandingState.MaxSuspensions : StandingState.MaxEvents)}, as many as are remembered");
        }
    }

    private void CheckTest(Signal signal, FactTest test, string path)
    {
        var fits = test switch
        {
            FactTest.Missing => true,
            FactTest.Is => signal.Type == FactType.Flag,
            FactTest.In or FactTest.NotIn => signal.Type == FactType.Word,
            FactTest.Above => signal.Type == FactType.Number,
            FactTest.OlderThan => signal.Type == FactType.Instant,
            _ => throw new InvalidOperationException($"no test {test.GetType().Name}"),
        };
        if (!fits)
        {
            faults.Add(path, $"\"{signal.Name}\" is held against missing{signal.Type switch { FactType.Flag => " or is", FactType.Word => ", in or notIn", FactType.Number => " or above", _ => " or olderThan" }}");
            return;
        }

        var (values, parameter) = test switch { FactTest.In t => (t.Values, t.Parameter), FactTest.NotIn t => (t.Values, t.Parameter), _ => ([], "") };
        if (parameter.Length > 0 && PolicyParameters.Find(parameter)?.Type != ParameterType.Words)
        {
            var lists = PolicyParameters.All.Where(p => p.Type == ParameterType.Words).Select(p => p.Name).ToList();
            faults.Add(path, $"\"{parameter}\" is no parameter with a list of words{NearestName.Hint(parameter, lists)}");
        }

        foreach (var value in values.Where(v => signal.Values.Count > 0 && !signal.Values.Contains(v)))
        {
            faults.Add(path, $"\"{signal.Name}\" is never \"{value}\"; it is {string.Join(", ", signal.Values)}");
        }
    }

    private static string Name<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();
}

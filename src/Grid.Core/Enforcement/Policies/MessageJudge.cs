namespace Grid.Core.Enforcement.Policies;

/// <summary>
/// Judges a message by a policy's clauses on declarations. In: policy, facts. Out: every finding with its clause, not only the first.
/// Guarantees: a pure function, linear in clauses × conditions × recipients, all of them bounded. A clause about recipients is judged
/// for each of them; one that no recipient makes a difference to still names them all.
/// </summary>
public static class MessageJudge
{
    /// <summary>All findings.</summary>
    public static MessageJudgement Judge(EnforcementPolicy policy, MessageFacts facts)
    {
        if (policy.Message.Count == 0)
        {
            return MessageJudgement.Clean;
        }

        var findings = new List<MessageFinding>();
        foreach (var clause in policy.Message)
        {
            if (clause.AsksConsent && facts.ConsentOf is { } consents)
            {
                for (var i = 0; i < facts.Recipients.Count; i++)
                {
                    Add(clause, facts with { Consent = consents[i], ConsentOf = null }, i);
                }

                continue;
            }

            if (clause.Subject != PolicySubject.Recipient)
            {
                Add(clause, facts, null);
                continue;
            }

            for (var i = 0; i < facts.Recipients.Count; i++)
            {
                Add(clause, facts, i);
            }
        }

        return findings.Count == 0 ? MessageJudgement.Clean : new(findings);

        void Add(MessageClause clause, MessageFacts message, int? recipient)
        {
            if (Holds(clause.When, message, recipient is { } i ? message.Recipients[i] : null))
            {
                findings.Add(new(clause, recipient, Field(clause.When), clause.Remedy.Length == 0 ? clause.Words : $"{clause.Words}: {clause.Remedy}"));
            }
        }
    }

    private static bool Holds(PolicyCondition condition, MessageFacts message, RecipientFacts? recipient) => condition switch
    {
        PolicyCondition.All all => all.Of.All(part => Holds(part, message, recipient)),
        PolicyCondition.Any any => any.Of.Any(part => Holds(part, message, recipient)),
        PolicyCondition.Event reported => message.Findings.Contains(reported.Signal),
        PolicyCondition.Fact fact => Holds(fact.Test, Signals.Find(fact.Signal)!.Read!(message, recipient), message.Now),

        // What is counted is judged where it is counted.
        PolicyCondition.Rate or PolicyCondition.Count => false,
        _ => throw new InvalidOperationException($"no condition {condition.GetType().Name}"),
    };

    private static bool Holds(FactTest test, FactValue value, DateTimeOffset now) => test switch
    {
        FactTest.Missing missing => value.IsMissing == missing.Yes,
        FactTest.Is flag => value.Flag == flag.Yes,
        FactTest.In some => value.Word is { } word && some.Values.Contains(word, StringComparer.OrdinalIgnoreCase),
        FactTest.NotIn none => none.Values.Count > 0 && !(value.Word is { } word && none.Values.Contains(word, StringComparer.OrdinalIgnoreCase)),
        FactTest.Above above => value.Number > above.Limit,
        FactTest.OlderThan older => value.At is { } at && now - at > older.Age,
        _ => throw new InvalidOperationException($"no test {test.GetType().Name}"),
    };

    // The last of the declarations is what the clause turns on; those before it say for which messages it is.
    private static string Field(PolicyCondition condition) =>
        Conditions.Leaves(condition).OfType<PolicyCondition.Fact>().LastOrDefault()?.Signal is { } signal
            ? signal.StartsWith("message.", StringComparison.Ordinal) ? signal["message.".Length..] : signal
            : "message";
}

using Grid.Core.Vocabulary;

namespace Grid.Core.Enforcement.Policies;

/// <summary>Which subjects are judged at intake, and which have a standing.</summary>
public static class PolicySubjects
{
    /// <summary>Judged with each message that is submitted.</summary>
    public static bool IsJudgedAtIntake(this PolicySubject subject) => subject < PolicySubject.Tenant;

    /// <summary>The kind of grain whose standing a clause about this subject changes; a message's is its tenant's.</summary>
    public static SubjectKind StandingOf(this PolicySubject subject) => subject switch
    {
        PolicySubject.Ip => SubjectKind.Ip,
        PolicySubject.Domain => SubjectKind.Domain,
        _ => SubjectKind.Tenant,
    };
}

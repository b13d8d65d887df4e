using Grid.Contracts.Enforcement;
using Grid.Core.Vocabulary;

namespace Grid.Grains.Enforcement;

/// <summary>
/// A case. In: what opened it, what was found out, a verdict. Out: its file. Guarantees that it is opened once, that nothing is taken from its
/// file, that it is closed by a verdict with a reason only and not under a legal hold, that under one nothing of its tenant's is removed, and
/// that each act is on the ledger before it stands. Fails by refusing with the reason.
/// </summary>
[GrainType("case")]
public sealed class CaseGrain(AccountServices services) : Grain, ICaseGrain
{
    private const int MaxNotes = 1000;
    private CaseFile? _file;

    private string Id => this.GetPrimaryKeyString();

    public override async Task OnActivateAsync(CancellationToken cancellationToken) => _file = await services.Registry.FindAsync<CaseFile>(Registered.Case, Id, cancellationToken);

    public async ValueTask<CaseFile> Open(CaseOpening opening)
    {
        if (_file is null)
        {
            var note = new CaseNote(opening.At, "opened", "grid", opening.Words);
            var triage = opening.At + await TriageWithinAsync(opening.Subject);
            await WriteAsync(new(Id, opening.Subject, opening.Kind, opening.Words, opening.Decision, opening.At, null, null, null, [note], false) { TriageDue = triage }, note);
        }

        return _file!;
    }

    public ValueTask<CaseFile?> Find() => new(_file);

    public async ValueTask<CaseAnswer> Add(CaseNote note)
    {
        if (_file is not { } file || file.Notes.Count >= MaxNotes || (file.ClosedAt is not null && note.Kind is not ("appeal" or "cost" or "release" or "look")))
        {
            return new(_file, _file is null ? null : _file.ClosedAt is null ? $"a case has at most {MaxNotes} entries" : "the case is closed");
        }

        if (note.Kind is "hold" && file.Subject.Kind == SubjectKind.Tenant)
        {
            await services.Registry.PutAsync(Registered.LegalHold, $"{file.Subject.Key}/{Id}", note);
        }

        if (note is { Kind: "cost", Amount: not null } && (note.Tenant ?? (file.Subject.Kind == SubjectKind.Tenant ? file.Subject.Key : null)) is { } tenant)
        {
            await services.Registry.WriteAsync(Registered.CaseCost, $"{tenant}/{Id}", "{}");
        }

        await WriteAsync(
            file with
            {
                Notes = [.. file.Notes, note],
                Owner = note.Kind == "owner" ? note.Words : file.Owner,
                LegalHold = note.Kind switch { "hold" => true, "release" => false, _ => file.LegalHold },
                LookedAt = file.LookedAt ?? (note.By == "operator" ? note.At : null),
            },
            note);
        if (note.Kind is "release" && file.Subject.Kind == SubjectKind.Tenant)
        {
            await services.Registry.RemoveAsync(Registered.LegalHold, $"{file.Subject.Key}/{Id}");
        }

        return new(_file, null);
    }

    public async ValueTask<CaseAnswer> Close(string verdict, string by, string reason)
    {
        if (_file is not { } file || file.ClosedAt is not null || file.LegalHold)
        {
            return new(_file, _file is null ? null : _file.LegalHold ? "the case is under legal hold: release it first" : $"the case was closed as {_file.Verdict}");
        }

        var note = new CaseNote(services.Clock.GetUtcNow(), "verdict", by, $"{verdict}: {reason}");
        await WriteAsync(file with { Verdict = verdict, ClosedAt = note.At, Notes = [.. file.Notes, note], LookedAt = file.LookedAt ?? note.At }, note);
        return new(_file, null);
    }

    private async ValueTask<TimeSpan> TriageWithinAsync(Subject subject)
    {
        var spec = subject.Kind == SubjectKind.Tenant ? await services.Registry.FindAsync<TenantSpec>(Registered.Tenant, subject.Key) : null;
        var set = (spec is null ? null : await services.Policies.FindAsync(spec.Policy)) ?? await services.Policies.FindAsync(PolicyBook.Default);
        return set!.For(subject).Policy.Duties.TriageWithin;
    }

    private async ValueTask WriteAsync(CaseFile file, CaseNote note)
    {
        await services.Ledger.AppendAsync(new()
        {
            Id = $"case-{Id}-{file.Notes.Count:D4}",
            At = note.At,
            Subject = Subject.Case(Id),
            From = Standing.Active,
            To = Standing.Active,
            Action = "case-" + note.Kind,
            Policy = "",
            PolicyVersion = 0,
            Clause = note.By,
            By = note.By,
            Reason = note.Words,
            Kind = DecisionKind.Act,
            Case = Id,
        });
        if (file.ClosedAt is null && (_file is null || _file.LookedAt != file.LookedAt))
        {
            await services.Registry.PutAsync(Registered.OpenCase, Id, new OpenCase(Id, file.Subject, file.OpenedAt, file.TriageDue, file.LookedAt));
        }

        await services.Registry.PutAsync(Registered.Case, Id, file);
        var isClosing = _file is { ClosedAt: null } && file.ClosedAt is not null;
        _file = file;
        if (isClosing)
        {
            await services.Registry.RemoveAsync(Registered.OpenCase, Id);
        }
    }
}

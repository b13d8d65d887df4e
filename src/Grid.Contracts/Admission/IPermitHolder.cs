using Grid.Core.Vocabulary;

namespace Grid.Contracts.Admission;

/// <summary>Who holds blocks of permits: one in each process. Owners call it when what they granted no longer holds.</summary>
[Alias("grid.permit-holder")]
public interface IPermitHolder : IGrainObserver
{
    /// <summary>All permits of the subject of epochs up to <paramref name="epoch"/> are void from the moment this completes: nothing new starts on them.
    /// What is inside an SMTP transaction then still goes out, and no more. <paramref name="ended"/>: the subject will never send again, its queue is to be cancelled.</summary>
    [Alias("changed")]
    Task Changed(Subject subject, long epoch, bool ended);
}

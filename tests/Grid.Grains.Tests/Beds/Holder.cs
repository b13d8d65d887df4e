using Grid.Contracts.Admission;
using Grid.Core.Vocabulary;

namespace Grid.Grains.Tests.Beds;

/// <summary>A holder of permits that notes what it is told.</summary>
internal sealed class Holder : IPermitHolder
{
    public List<(Subject Subject, long Epoch, bool Ended)> Changes { get; } = [];

    public Func<Task> OnChanged { get; set; } = () => Task.CompletedTask;

    public Task Changed(Subject subject, long epoch, bool ended)
    {
        Changes.Add((subject, epoch, ended));
        return OnChanged();
    }
}

namespace Orleans.Embedded.Tests;

[CollectionAgeLimit(Minutes = 2)]
internal sealed class ShortLivedGrain(Notebook notes) : Grain, IShortLivedGrain
{
    public ValueTask Touch() => default;

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        notes.Open("short-lived gone");
        return Task.CompletedTask;
    }
}

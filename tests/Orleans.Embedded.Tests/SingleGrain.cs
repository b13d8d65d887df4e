namespace Orleans.Embedded.Tests;

/// <summary>Notes when two of its activations live at a time.</summary>
internal sealed class SingleGrain(Notebook notes) : Grain, ISingleGrain
{
    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        notes.Add("came up");
        if (notes.Add("alive") != 1)
        {
            notes.Add("two at once");
        }

        return Task.CompletedTask;
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        await Task.Yield();
        notes.Add("alive", -1);
    }

    public async Task Touch(bool leave)
    {
        await Task.Yield();
        notes.Add("touched");
        if (leave)
        {
            DeactivateOnIdle();
        }
    }
}

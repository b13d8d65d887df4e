namespace Grid.Host.Ingress.Templates;

/// <summary>What one filling of a template may cost: nested loops multiply.</summary>
/// <param name="tags">Tags of the template, all of which an item may go through.</param>
/// <param name="work">What the request has left.</param>
internal sealed class TemplateSteps(int tags, TemplateWork work)
{
    /// <summary>Most items that all loops together go through.</summary>
    public const int Most = 20_000;

    private int _taken;

    /// <summary>One item more; fails beyond <see cref="Most"/>.</summary>
    public void Take()
    {
        if (++_taken > Most)
        {
            throw new TemplateFaultException($"its loops go through more than {Most} items");
        }

        work.Spend(tags);
    }
}

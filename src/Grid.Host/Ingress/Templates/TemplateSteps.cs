namespace Grid.Host.Ingress.Templates;

/// <summary>What one filling of a template may cost: nested loops multiply.</summary>
internal sealed class TemplateSteps
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
    }
}

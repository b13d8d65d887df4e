namespace Grid.Host.Ingress.Templates;

/// <summary>
/// What all fillings of one request may cost together: a short one can name a template for a thousand recipients. Counted are a loop's
/// items, each as the tags of its template, whether or not they write anything.
/// </summary>
public sealed class TemplateWork
{
    /// <summary>Most of it in a request.</summary>
    public const int Most = 10_000_000;

    private int _left = Most;

    /// <summary>Does some of it; fails when there is no more.</summary>
    internal void Spend(int tags)
    {
        _left -= Math.Min(_left, tags);
        if (_left == 0)
        {
            throw new TemplateFaultException($"the loops of this request's templates come to more than {Most} tags: send it in parts");
        }
    }
}

namespace Grid.Host.Ingress.Templates;

/// <summary>A template that can't be read, or can't be filled with the data given.</summary>
internal sealed class TemplateFaultException : Exception
{
    public TemplateFaultException(string message)
        : base(message)
    {
    }

    public TemplateFaultException()
    {
    }

    public TemplateFaultException(string message, Exception inner)
        : base(message, inner)
    {
    }
}

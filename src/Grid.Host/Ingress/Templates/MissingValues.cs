using System.Diagnostics.CodeAnalysis;
using HandlebarsDotNet;
using HandlebarsDotNet.IO;

namespace Grid.Host.Ingress.Templates;

/// <summary>Shows what the data lacks as a fault: "Hello ," is never what was meant.</summary>
internal sealed class MissingValues : IFormatterProvider, IFormatter
{
    /// <inheritdoc />
    public bool TryCreateFormatter(Type type, [NotNullWhen(true)] out IFormatter? formatter)
    {
        formatter = type == typeof(UndefinedBindingResult) ? this : null;
        return formatter is not null;
    }

    /// <inheritdoc />
    public void Format<T>(T value, in EncodedTextWriter writer) => throw new TemplateFaultException($"the data has no {value}");
}

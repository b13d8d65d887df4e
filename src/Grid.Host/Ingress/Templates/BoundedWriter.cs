namespace Grid.Host.Ingress.Templates;

/// <summary>A text that grows up to a length; beyond it, writing fails with <see cref="TemplateFaultException"/>.</summary>
internal sealed class BoundedWriter(int most) : StringWriter(System.Globalization.CultureInfo.InvariantCulture)
{
    /// <inheritdoc />
    public override void Write(char value)
    {
        Grow(1);
        base.Write(value);
    }

    /// <inheritdoc />
    public override void Write(string? value)
    {
        Grow(value?.Length ?? 0);
        base.Write(value);
    }

    /// <inheritdoc />
    public override void Write(char[] buffer, int index, int count)
    {
        Grow(count);
        base.Write(buffer, index, count);
    }

    /// <inheritdoc />
    public override void Write(ReadOnlySpan<char> buffer)
    {
        Grow(buffer.Length);
        base.Write(buffer);
    }

    private void Grow(int by)
    {
        if (GetStringBuilder().Length + by > most)
        {
            throw new TemplateFaultException($"filled in, it is longer than {most} characters");
        }
    }
}

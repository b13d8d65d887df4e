namespace Grid.Host.Policies;

/// <summary>The text is neither YAML nor JSON as policies have it; caught where it is read.</summary>
internal sealed class PolicySyntaxException(long line, long column, string message) : Exception(message)
{
    public int Line { get; } = (int)Math.Clamp(line, 1, int.MaxValue);

    public int Column { get; } = (int)Math.Clamp(column, 1, int.MaxValue);
}

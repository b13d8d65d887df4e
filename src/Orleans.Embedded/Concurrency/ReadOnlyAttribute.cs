namespace Orleans.Concurrency;

/// <summary>The method changes no state: its calls interleave with other read-only ones.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ReadOnlyAttribute : Attribute;

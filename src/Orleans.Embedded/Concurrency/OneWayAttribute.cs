namespace Orleans.Concurrency;

/// <summary>The caller does not wait, and learns neither result nor failure.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class OneWayAttribute : Attribute;

namespace Orleans;

/// <summary>Grains of this class are not collected when idle.</summary>
[AttributeUsage(AttributeTargets.Class)]
public class KeepAliveAttribute : Attribute;

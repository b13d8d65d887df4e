// The runtime knows this attribute by its name; no library declares it.
namespace System.Runtime.CompilerServices;

/// <summary>Lets the assembly that bears it use the internals of another.</summary>
[AttributeUsage(AttributeTargets.Assembly, AllowMultiple = true)]
internal sealed class IgnoresAccessChecksToAttribute(string assemblyName) : Attribute
{
    public string AssemblyName { get; } = assemblyName;
}

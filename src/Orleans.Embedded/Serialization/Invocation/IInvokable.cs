using System.Reflection;

namespace Orleans.Serialization.Invocation;

/// <summary>A call's method and arguments.</summary>
public interface IInvokable : IDisposable
{
    /// <summary>Number of arguments.</summary>
    int GetArgumentCount();

    /// <summary>An argument.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is none at the index.</exception>
    object? GetArgument(int index);

    /// <summary>Name of the method.</summary>
    string GetMethodName();

    /// <summary>Full name of the interface.</summary>
    string GetInterfaceName();

    /// <summary>The method.</summary>
    MethodInfo GetMethod();

    /// <summary>The interface.</summary>
    Type GetInterfaceType();
}

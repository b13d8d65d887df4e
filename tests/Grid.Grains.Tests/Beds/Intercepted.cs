using System.Reflection;

namespace Grid.Grains.Tests.Beds;

/// <summary>A port whose calls a test can break, or do something around; otherwise the real one answers.</summary>
public class Intercepted<T> : DispatchProxy
    where T : class
{
    /// <summary>The real one.</summary>
    public T Real { get; private set; } = null!;

    /// <summary>Called with the method's name before each call; what it throws, the call throws.</summary>
    public Action<string> Before { get; set; } = static _ => { };

    /// <summary>As <see cref="Before"/>, with the arguments.</summary>
    public Action<string, object?[]> BeforeCall { get; set; } = static (_, _) => { };

    /// <summary>Called with the method's name when the real one has answered, before its caller learns of it.</summary>
    public Action<string>? After { get; set; }

    /// <summary>Callbacks that the port was given, to be called as it would call them.</summary>
    public List<Action> Callbacks { get; } = [];

    public static (T Port, Intercepted<T> Control) Around(T real)
    {
        var port = Create<T, Intercepted<T>>();
        var control = (Intercepted<T>)(object)port;
        control.Real = real;
        return (port, control);
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        Before(targetMethod!.Name);
        Callbacks.AddRange(args?.OfType<Action>() ?? []);
        BeforeCall(targetMethod.Name, args ?? []);
        try
        {
            var answer = targetMethod.Invoke(Real, args);
            if (After is not { } after || answer?.GetType() is not { IsGenericType: true } type || type.GetGenericTypeDefinition() != typeof(ValueTask<>))
            {
                return answer;
            }

            var task = (Task)type.GetMethod("AsTask")!.Invoke(answer, null)!;
            task.GetAwaiter().GetResult();
            after(targetMethod.Name);
            return Activator.CreateInstance(type, task);
        }
        catch (TargetInvocationException e)
        {
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(e.InnerException!);
            throw;
        }
    }
}

using System.Reflection;
using System.Reflection.Emit;
using Orleans.Embedded.Calls;

namespace Orleans.Embedded.Proxies;

/// <summary>Writes the class of one method's requests: a field an argument, the call of the method, and the arguments as objects for filters.</summary>
internal static class RequestGenerator
{
    private const BindingFlags Any = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;

    private const MethodAttributes Override = MethodAttributes.Public | MethodAttributes.Virtual | MethodAttributes.HideBySig;

    /// <summary>Returns the constructor, which takes the <see cref="CallMethod"/> and the arguments.</summary>
    public static ConstructorInfo Write(ModuleBuilder module, Type interfaceType, MethodInfo method, int index)
    {
        var result = method.ReturnType.IsGenericType ? method.ReturnType.GenericTypeArguments[0] : null;
        var parent = result is null ? typeof(VoidRequest) : typeof(Request<>).MakeGenericType(result);
        var parameters = Array.ConvertAll(method.GetParameters(), static parameter => parameter.ParameterType);
        var type = module.DefineType($"{interfaceType.FullName}Request{index}.{method.Name}", TypeAttributes.Public | TypeAttributes.Sealed, parent);
        var fields = Array.ConvertAll(parameters, parameter => type.DefineField("argument", parameter, FieldAttributes.Private | FieldAttributes.InitOnly));
        var constructor = WriteConstructor(type, parent, fields);
        WriteInvoke(type, method, result, fields);
        WriteGetArgument(type, fields);
        type.CreateType();
        return constructor;
    }

    private static ConstructorBuilder WriteConstructor(TypeBuilder type, Type parent, FieldBuilder[] fields)
    {
        var constructor = type.DefineConstructor(
            MethodAttributes.Public, CallingConventions.HasThis, [typeof(CallMethod), .. fields.Select(static field => field.FieldType)]);
        var il = constructor.GetILGenerator();
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Ldarg_1);
        il.Emit(OpCodes.Call, parent.GetConstructor(Any, [typeof(CallMethod)])!);
        for (var index = 0; index < fields.Length; index++)
        {
            il.Emit(OpCodes.Ldarg_0);
            il.Emit(OpCodes.Ldarg, (short)(index + 2));
            il.Emit(OpCodes.Stfld, fields[index]);
        }

        il.Emit(OpCodes.Ret);
        return constructor;
    }

    // return new ValueTask<T>(((IGrain)target).Method(arguments));
    private static void WriteInvoke(TypeBuilder type, MethodInfo method, Type? result, FieldBuilder[] fields)
    {
        var returned = result is null ? typeof(ValueTask) : typeof(ValueTask<>).MakeGenericType(result);
        var il = type.DefineMethod(nameof(VoidRequest.Invoke), Override, returned, [typeof(object)]).GetILGenerator();
        il.Emit(OpCodes.Ldarg_1);
        il.Emit(OpCodes.Castclass, method.DeclaringType!);
        foreach (var field in fields)
        {
            il.Emit(OpCodes.Ldarg_0);
            il.Emit(OpCodes.Ldfld, field);
        }

        il.Emit(OpCodes.Callvirt, method);
        if (method.ReturnType == typeof(void))
        {
            var done = il.DeclareLocal(typeof(ValueTask));
            il.Emit(OpCodes.Ldloc, done);
        }
        else if (method.ReturnType != returned)
        {
            il.Emit(OpCodes.Newobj, returned.GetConstructor([method.ReturnType])!);
        }

        il.Emit(OpCodes.Ret);
    }

    private static void WriteGetArgument(TypeBuilder type, FieldBuilder[] fields)
    {
        var il = type.DefineMethod(nameof(Request.GetArgument), Override, typeof(object), [typeof(int)]).GetILGenerator();
        var cases = Array.ConvertAll(fields, _ => il.DefineLabel());
        il.Emit(OpCodes.Ldarg_1);
        il.Emit(OpCodes.Switch, cases);
        il.Emit(OpCodes.Ldstr, "index");
        il.Emit(OpCodes.Newobj, typeof(ArgumentOutOfRangeException).GetConstructor([typeof(string)])!);
        il.Emit(OpCodes.Throw);
        for (var index = 0; index < fields.Length; index++)
        {
            il.MarkLabel(cases[index]);
            il.Emit(OpCodes.Ldarg_0);
            il.Emit(OpCodes.Ldfld, fields[index]);
            il.Emit(OpCodes.Box, fields[index].FieldType);
            il.Emit(OpCodes.Ret);
        }
    }
}

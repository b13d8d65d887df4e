using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.CompilerServices;
using Orleans.Embedded.Calls;
using Orleans.Runtime;

namespace Orleans.Embedded.Proxies;

/// <summary>
/// Writes, for a grain interface, a class derived from <see cref="GrainReference"/> that implements it, and for each of its methods a class
/// derived from <see cref="Request"/> with the arguments in typed fields. A call is then: make the request, hand it over. No boxing, no
/// reflection.
/// </summary>
internal static class ProxyGenerator
{
    /// <summary>This assembly makes its internals visible to assemblies of this name.</summary>
    private const string AssemblyName = "Orleans.Embedded.Proxies";

    private const BindingFlags Any = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;

    private static readonly Type[] ShapeAndId = [typeof(ReferenceShape), typeof(GrainId)];

    private static readonly ConstructorInfo IgnoresAccessChecks = typeof(IgnoresAccessChecksToAttribute).GetConstructor([typeof(string)])!;

    public static ProxyType Generate(Type interfaceType)
    {
        if (!interfaceType.IsInterface || !interfaceType.IsAssignableTo(typeof(IAddressable)))
        {
            throw new ArgumentException($"{interfaceType.FullName} is not an interface of a grain or an observer.", nameof(interfaceType));
        }

        var methods = interfaceType.GetInterfaces().Prepend(interfaceType)
            .SelectMany(static type => type.GetMethods())
            .Where(static method => method.IsAbstract && !method.IsStatic)
            .ToArray();
        Array.ForEach(methods, Check);

        var assembly = AssemblyBuilder.DefineDynamicAssembly(new AssemblyName(AssemblyName), AssemblyBuilderAccess.Run);
        GrantAccess(assembly, interfaceType, methods);
        var module = assembly.DefineDynamicModule(AssemblyName);
        var proxy = module.DefineType(interfaceType.FullName + "Proxy", TypeAttributes.Public | TypeAttributes.Sealed, typeof(GrainReference), [interfaceType]);
        var constructor = WriteConstructor(proxy);
        WriteFactory(proxy, constructor);
        for (var index = 0; index < methods.Length; index++)
        {
            WriteMethod(proxy, methods[index], index, RequestGenerator.Write(module, interfaceType, methods[index], index));
        }

        var factory = proxy.CreateType().GetMethod("Make", ShapeAndId)!;
        return new ProxyType(methods, factory.CreateDelegate<Func<ReferenceShape, GrainId, GrainReference>>());
    }

    private static void Check(MethodInfo method)
    {
        var returned = method.ReturnType.IsGenericType ? method.ReturnType.GetGenericTypeDefinition() : method.ReturnType;
        if (method.IsGenericMethod
            || Array.Exists(method.GetParameters(), static parameter => parameter.ParameterType.IsByRefLike || parameter.ParameterType.IsByRef)
            || !(returned == typeof(Task) || returned == typeof(Task<>) || returned == typeof(ValueTask) || returned == typeof(ValueTask<>) || returned == typeof(void)))
        {
            throw new ArgumentException(
                $"{method.DeclaringType!.FullName}.{method.Name}: a grain's method takes no type parameters and no references, and returns Task, Task<T>, ValueTask, ValueTask<T> or void.");
        }
    }

    // Interfaces and records may be internal to the assemblies that declare them.
    private static void GrantAccess(AssemblyBuilder assembly, Type interfaceType, MethodInfo[] methods)
    {
        var types = methods.SelectMany(static method => method.GetParameters().Select(static parameter => parameter.ParameterType).Append(method.ReturnType).Append(method.DeclaringType!));
        foreach (var name in types.Append(interfaceType).SelectMany(Parts).Select(static type => type.Assembly.GetName().Name!).Distinct())
        {
            assembly.SetCustomAttribute(new CustomAttributeBuilder(IgnoresAccessChecks, [name]));
        }
    }

    private static IEnumerable<Type> Parts(Type type) =>
        type.HasElementType ? Parts(type.GetElementType()!) : type.GetGenericArguments().SelectMany(Parts).Append(type);

    private static ConstructorBuilder WriteConstructor(TypeBuilder proxy)
    {
        var constructor = proxy.DefineConstructor(MethodAttributes.Public, CallingConventions.HasThis, ShapeAndId);
        var il = constructor.GetILGenerator();
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Ldarg_1);
        il.Emit(OpCodes.Ldarg_2);
        il.Emit(OpCodes.Call, typeof(GrainReference).GetConstructor(Any, ShapeAndId)!);
        il.Emit(OpCodes.Ret);
        return constructor;
    }

    private static void WriteFactory(TypeBuilder proxy, ConstructorBuilder constructor)
    {
        var il = proxy.DefineMethod("Make", MethodAttributes.Public | MethodAttributes.Static, typeof(GrainReference), ShapeAndId).GetILGenerator();
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Ldarg_1);
        il.Emit(OpCodes.Newobj, constructor);
        il.Emit(OpCodes.Ret);
    }

    // return this.CallX(new Request(this.Method(index), arguments));
    private static void WriteMethod(TypeBuilder proxy, MethodInfo method, int index, ConstructorInfo request)
    {
        var parameters = Array.ConvertAll(method.GetParameters(), static parameter => parameter.ParameterType);
        var body = proxy.DefineMethod(
            $"{method.DeclaringType!.FullName}.{method.Name}",
            MethodAttributes.Private | MethodAttributes.Virtual | MethodAttributes.Final | MethodAttributes.HideBySig | MethodAttributes.NewSlot,
            method.ReturnType,
            parameters);
        var il = body.GetILGenerator();
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Ldc_I4, index);
        il.Emit(OpCodes.Call, typeof(GrainReference).GetMethod(nameof(GrainReference.Method), Any)!);
        for (var argument = 1; argument <= parameters.Length; argument++)
        {
            il.Emit(OpCodes.Ldarg, (short)argument);
        }

        il.Emit(OpCodes.Newobj, request);
        il.Emit(OpCodes.Call, Sender(method.ReturnType));
        il.Emit(OpCodes.Ret);
        proxy.DefineMethodOverride(body, method);
    }

    private static MethodInfo Sender(Type returned)
    {
        var isValue = returned.IsGenericType ? returned.GetGenericTypeDefinition() == typeof(ValueTask<>) : returned == typeof(ValueTask);
        var name = returned == typeof(void) ? nameof(GrainReference.CallVoid) : isValue ? nameof(GrainReference.CallValueTask) : nameof(GrainReference.CallTask);
        var sender = typeof(GrainReference).GetMethods(Any).Single(one => one.Name == name && one.IsGenericMethod == returned.IsGenericType);
        return returned.IsGenericType ? sender.MakeGenericMethod(returned.GenericTypeArguments) : sender;
    }
}

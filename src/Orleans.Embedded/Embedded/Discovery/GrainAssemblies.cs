using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Orleans.Embedded.Discovery;

/// <summary>Finds the grain classes: in the assemblies beside the program, and those already loaded, that refer to this one.</summary>
internal static class GrainAssemblies
{
    private static readonly string Engine = typeof(GrainAssemblies).Assembly.GetName().Name!;

    public static IEnumerable<Type> GrainTypes() => Beside().Select(Assembly.Load).Concat(Loaded()).Append(typeof(GrainAssemblies).Assembly).Distinct()
        .SelectMany(static assembly => assembly.GetTypes())
        .Where(static type => type is { IsClass: true, IsAbstract: false, ContainsGenericParameters: false } && type.IsAssignableTo(typeof(IGrainBase)));

    private static IEnumerable<Assembly> Loaded() => AppDomain.CurrentDomain.GetAssemblies()
        .Where(static assembly => !assembly.IsDynamic && Array.Exists(assembly.GetReferencedAssemblies(), static name => name.Name == Engine));

    // An assembly of grains need not be loaded yet, nor does the program's own code have to mention it.
    private static IEnumerable<AssemblyName> Beside() => ((string?)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES") ?? "")
        .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .Where(static path => path.StartsWith(AppContext.BaseDirectory, StringComparison.Ordinal) && RefersToEngine(path))
        .Select(static path => AssemblyName.GetAssemblyName(path));

    private static bool RefersToEngine(string path)
    {
        using var file = new PEReader(File.OpenRead(path));
        if (!file.HasMetadata)
        {
            return false;
        }

        var metadata = file.GetMetadataReader();
        return metadata.AssemblyReferences.Any(handle => metadata.StringComparer.Equals(metadata.GetAssemblyReference(handle).Name, Engine));
    }
}

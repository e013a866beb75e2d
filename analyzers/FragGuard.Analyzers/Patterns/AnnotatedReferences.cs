using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace FragGuard.Analyzers.Patterns;

/// <summary>Tells whether methods or types of referenced assemblies can bear our annotations, without looking at each.</summary>
internal static class AnnotatedReferences
{
    private const string Annotations = "FragGuard.Annotations";

    private static readonly string[] Attributes =
        ["BlockBytesAttribute", "CachedValueAttribute", "RentsAttribute", "SharedCacheAttribute", "SharedZoneAttribute"];

    public static bool Any(Compilation compilation)
    {
        List<IAssemblySymbol> assemblies = [];
        foreach (IAssemblySymbol assembly in compilation.SourceModule.ReferencedAssemblySymbols)
        {
            if (!IsOfRuntime(assembly.Name))
                assemblies.Add(assembly);
        }

        if (assemblies.Count == 0)
            return false;
        HashSet<string> declaring = new(
            assemblies.Where(assembly => Attributes.Any(assembly.TypeNames.Contains)).Select(assembly => assembly.Name),
            StringComparer.Ordinal)
        {
            Annotations, // Perhaps not referenced here.
        };
        return assemblies.Any(assembly =>
            !string.Equals(assembly.Name, Annotations, StringComparison.Ordinal)
            && (declaring.Contains(assembly.Name)
                || assembly.Modules.Any(module => module.ReferencedAssemblies.Any(known => declaring.Contains(known.Name)))));
    }

    private static bool IsOfRuntime(string name) =>
        name is "System" or "WindowsBase" or "mscorlib" or "netstandard"
        || name.StartsWith("System.", StringComparison.Ordinal)
        || name.StartsWith("Microsoft.", StringComparison.Ordinal);
}

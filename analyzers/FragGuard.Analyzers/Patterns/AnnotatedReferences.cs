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

    /// <summary>False when the names of the files of all references tell that none does; the compiler looks into none of them for that.</summary>
    public static bool MayBeAny(Compilation compilation)
    {
        if (compilation.ScriptCompilationInfo is not null)
            return true; // It names references in its text.
        foreach (MetadataReference reference in compilation.ExternalReferences)
        {
            if (NameOf(reference) is not { } name || !IsOfRuntime(name))
                return true;
        }

        return false;
    }

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

    private static string? NameOf(MetadataReference reference)
    {
        if (reference is CompilationReference { Compilation: var compilation })
            return compilation.AssemblyName;
        if (reference is not PortableExecutableReference { FilePath: { } path })
            return null;
        int start = path.LastIndexOfAny(['/', '\\']) + 1;
        int end = path.LastIndexOf('.');
        return path.Substring(start, Math.Max(end, start) - start);
    }

    private static bool IsOfRuntime(string name) =>
        name is "System" or "WindowsBase" or "mscorlib" or "netstandard"
        || name.StartsWith("System.", StringComparison.Ordinal)
        || name.StartsWith("Microsoft.", StringComparison.Ordinal);
}

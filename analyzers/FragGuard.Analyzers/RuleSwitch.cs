using System.Collections.Immutable;
using System.Threading;
using Microsoft.CodeAnalysis;

namespace FragGuard.Analyzers;

/// <summary>
/// Tells whether a rule can report at all, as the compiler tells it of analyzers: a setting for one file counts before those
/// for all, and those before the rule's own default.
/// </summary>
internal static class RuleSwitch
{
    public static bool IsOn(ImmutableArray<DiagnosticDescriptor> descriptors, Compilation compilation, CancellationToken cancellation)
    {
        foreach (DiagnosticDescriptor descriptor in descriptors)
        {
            if (IsOnForAll(descriptor, compilation.Options, cancellation) || IsOnForAny(descriptor.Id, compilation, cancellation))
                return true;
        }

        return false;
    }

    private static bool IsOnForAll(DiagnosticDescriptor descriptor, CompilationOptions options, CancellationToken cancellation)
    {
        ReportDiagnostic asked = ReportDiagnostic.Default;
        return options.SpecificDiagnosticOptions.TryGetValue(descriptor.Id, out asked)
            || options.SyntaxTreeOptionsProvider?.TryGetGlobalDiagnosticValue(descriptor.Id, cancellation, out asked) == true
                ? asked != ReportDiagnostic.Suppress
                : descriptor.IsEnabledByDefault;
    }

    private static bool IsOnForAny(string id, Compilation compilation, CancellationToken cancellation)
    {
        if (compilation.Options.SyntaxTreeOptionsProvider is not { } settings)
            return false;
        foreach (SyntaxTree tree in compilation.SyntaxTrees)
        {
            if (settings.TryGetDiagnosticValue(tree, id, cancellation, out ReportDiagnostic asked) && asked != ReportDiagnostic.Suppress)
                return true;
        }

        return false;
    }
}

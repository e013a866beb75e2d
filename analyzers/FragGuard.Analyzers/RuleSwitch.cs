using System.Collections.Generic;
using System.Collections.Immutable;
using System.Threading;
using FragGuard.Analyzers.Patterns.Mentions;
using Microsoft.CodeAnalysis;

namespace FragGuard.Analyzers;

/// <summary>
/// Tells whether a rule can report at all, as the compiler tells it of analyzers: a setting for one file counts before those
/// for all, and those before the rule's own default.
/// </summary>
internal static class RuleSwitch
{
    /// <param name="descriptors">What the rule can report.</param>
    /// <param name="compilation">Where it would.</param>
    /// <param name="mentions">What the files of the compilation mention.</param>
    /// <param name="words">The words without which it reports nothing in a file; a setting for such a file alone is not looked for.</param>
    /// <param name="cancellation">Stops it.</param>
    public static bool IsOn(
        ImmutableArray<DiagnosticDescriptor> descriptors,
        Compilation compilation,
        CompilationMentions mentions,
        Mentioned words,
        CancellationToken cancellation)
    {
        foreach (DiagnosticDescriptor descriptor in descriptors)
        {
            if (IsOnForAll(descriptor, compilation.Options, cancellation))
                return true;
        }

        return compilation.Options.SyntaxTreeOptionsProvider is { } settings
            && IsOnForAny(descriptors, settings, mentions.FilesWith(words, compilation), cancellation);
    }

    private static bool IsOnForAll(DiagnosticDescriptor descriptor, CompilationOptions options, CancellationToken cancellation)
    {
        ReportDiagnostic asked = ReportDiagnostic.Default;
        return options.SpecificDiagnosticOptions.TryGetValue(descriptor.Id, out asked)
            || options.SyntaxTreeOptionsProvider?.TryGetGlobalDiagnosticValue(descriptor.Id, cancellation, out asked) == true
                ? asked != ReportDiagnostic.Suppress
                : descriptor.IsEnabledByDefault;
    }

    private static bool IsOnForAny(
        ImmutableArray<DiagnosticDescriptor> descriptors,
        SyntaxTreeOptionsProvider settings,
        IEnumerable<SyntaxTree> files,
        CancellationToken cancellation)
    {
        foreach (SyntaxTree file in files)
        {
            foreach (DiagnosticDescriptor descriptor in descriptors)
            {
                if (settings.TryGetDiagnosticValue(file, descriptor.Id, cancellation, out ReportDiagnostic asked)
                    && asked != ReportDiagnostic.Suppress)
                {
                    return true;
                }
            }
        }

        return false;
    }
}

using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace FragGuard.Analyzers.Rules.SharedCaches;

/// <summary>Base of the rules that judge a cache by everything that one outermost type puts into it.</summary>
internal abstract class CacheTrafficRule
{
    private protected CacheTrafficRule(DiagnosticDescriptor descriptor) => Descriptor = descriptor;

    public DiagnosticDescriptor Descriptor { get; }

    /// <summary>False when the compilation does not reference what the rule watches.</summary>
    public virtual bool IsOfUse(KnownSymbols symbols) => true;

    /// <summary>Judges one cache.</summary>
    public abstract void Analyze(SymbolAnalysisContext context, CacheEntrySizes entries, CacheSources sources);
}

using FragGuard.Analyzers.Patterns.Ownership;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace FragGuard.Analyzers.Rules.GcHeap;

/// <summary>All rules about who frees a handle that pins: one flow analysis for each member that pins.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class HandlesThatPin : OwnershipAnalyzer<PinnedHandles>
{
    public HandlesThatPin()
        : base(new FreeEveryPinnedHandle())
    {
    }

    protected override PinnedHandles? ProtocolFrom(KnownSymbols symbols) => PinnedHandles.From(symbols);
}

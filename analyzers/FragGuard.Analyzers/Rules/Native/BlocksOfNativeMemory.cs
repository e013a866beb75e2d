using FragGuard.Analyzers.Patterns.Ownership;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace FragGuard.Analyzers.Rules.Native;

/// <summary>All rules about who frees a native block: one flow analysis for each member that allocates.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class BlocksOfNativeMemory : OwnershipAnalyzer<NativeBlocks>
{
    public BlocksOfNativeMemory()
        : base(new FreeEveryNativeBlock(), new FreeWithTheFamilyThatAllocated())
    {
    }

    protected override NativeBlocks? ProtocolFrom(KnownSymbols symbols) => NativeBlocks.From(symbols);
}

using FragGuard.Analyzers.Patterns.Mentions;
using FragGuard.Analyzers.Patterns.Ownership;

namespace FragGuard.Analyzers.Rules.Native;

/// <summary>All rules about who frees a native block: one flow analysis for each member that allocates.</summary>
internal sealed class BlocksOfNativeMemory : OwnershipRules<NativeBlocks>
{
    public BlocksOfNativeMemory()
        : base(new FreeEveryNativeBlock(), new FreeWithTheFamilyThatAllocated())
    {
    }

    internal override Mentioned WordsIn(CompilationMentions mentions, KnownSymbols symbols) =>
        Mentioned.NativeAllocation;

    protected override NativeBlocks? ProtocolFrom(KnownSymbols symbols) => NativeBlocks.From(symbols);
}

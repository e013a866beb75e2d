using FragGuard.Analyzers.Patterns.Mentions;
using FragGuard.Analyzers.Patterns.Ownership;

namespace FragGuard.Analyzers.Rules.GcHeap;

/// <summary>All rules about who frees a handle that pins: one flow analysis for each member that pins.</summary>
internal sealed class HandlesThatPin : OwnershipRules<PinnedHandles>
{
    public HandlesThatPin()
        : base(new FreeEveryPinnedHandle())
    {
    }

    internal override Mentioned WordsIn(CompilationMentions mentions, KnownSymbols symbols) =>
        Mentioned.Pin;

    protected override PinnedHandles? ProtocolFrom(KnownSymbols symbols) => PinnedHandles.From(symbols);
}

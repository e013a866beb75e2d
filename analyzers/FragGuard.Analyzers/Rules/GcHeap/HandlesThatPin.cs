using FragGuard.Analyzers.Patterns.Ownership;

namespace FragGuard.Analyzers.Rules.GcHeap;

/// <summary>All rules about who frees a handle that pins: one flow analysis for each member that pins.</summary>
internal sealed class HandlesThatPin : OwnershipRules<PinnedHandles>
{
    public HandlesThatPin()
        : base(new FreeEveryPinnedHandle())
    {
    }

    protected override PinnedHandles? ProtocolFrom(KnownSymbols symbols) => PinnedHandles.From(symbols);
}

using FragGuard.Analyzers.Patterns.Mentions;
using FragGuard.Analyzers.Patterns.Ownership;

namespace FragGuard.Analyzers.Rules.Pools;

/// <summary>All rules about memory rented with an owner: one flow analysis for each member that rents.</summary>
internal sealed class RentedMemory : OwnershipRules<MemoryOwners>
{
    public RentedMemory()
        : base(new DisposeEveryMemoryOwner())
    {
    }

    internal override Mentioned WordsIn(CompilationMentions mentions, KnownSymbols symbols) =>
        Mentioned.Rent;

    protected override MemoryOwners? ProtocolFrom(KnownSymbols symbols) => MemoryOwners.From(symbols);
}

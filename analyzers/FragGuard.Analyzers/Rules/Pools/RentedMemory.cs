using FragGuard.Analyzers.Patterns.Ownership;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace FragGuard.Analyzers.Rules.Pools;

/// <summary>All rules about memory rented with an owner: one flow analysis for each member that rents.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class RentedMemory : OwnershipAnalyzer<MemoryOwners>
{
    public RentedMemory()
        : base(new DisposeEveryMemoryOwner())
    {
    }

    protected override MemoryOwners? ProtocolFrom(KnownSymbols symbols) => MemoryOwners.From(symbols);
}

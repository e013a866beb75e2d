using FragGuard.Analyzers.Patterns.Mentions;
using FragGuard.Analyzers.Patterns.Ownership;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace FragGuard.Analyzers.Rules.GcHeap;

/// <summary>The protocol of objects that only the garbage collector takes back; it serves to ask what methods do with them.</summary>
internal sealed class LentObjects : IOwnershipProtocol
{
    public static LentObjects Instance { get; } = new();

    public HeldTypes Types => HeldTypes.OfObjects;

    public Mentioned Words => Mentioned.None;

    public bool Acquires(IOperation operation) => false;

    public IOperation? GivenBackBy(IInvocationOperation call) => null;
}

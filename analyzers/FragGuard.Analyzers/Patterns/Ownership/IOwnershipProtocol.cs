using FragGuard.Analyzers.Patterns.Mentions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace FragGuard.Analyzers.Patterns.Ownership;

/// <summary>Which calls acquire a resource and which give it back.</summary>
internal interface IOwnershipProtocol
{
    /// <summary>Which types of values can refer to the resource, and which only look into it.</summary>
    HeldTypes Types { get; }

    /// <summary>A member whose text has none of these words has nothing to judge.</summary>
    Mentioned Words { get; }

    /// <summary>True for a call or an object creation whose result is to be given back.</summary>
    bool Acquires(IOperation operation);

    /// <summary>The argument or the receiver that the call gives back, or null when it gives back nothing.</summary>
    IOperation? GivenBackBy(IInvocationOperation call);
}

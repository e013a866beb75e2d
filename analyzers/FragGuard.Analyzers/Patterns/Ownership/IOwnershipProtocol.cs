using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace FragGuard.Analyzers.Patterns.Ownership;

/// <summary>Which calls acquire a resource and which give it back.</summary>
internal interface IOwnershipProtocol
{
    bool Acquires(IInvocationOperation call);

    /// <summary>The value that the call gives back, or null when it gives back nothing.</summary>
    IOperation? GivenBackBy(IInvocationOperation call);
}

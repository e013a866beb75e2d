using Microsoft.CodeAnalysis;

namespace FragGuard.Analyzers.Patterns.Ownership;

/// <summary>A rule that reads the facts of one flow analysis, which all rules of an analyzer share.</summary>
internal interface IOwnershipRule<TProtocol>
    where TProtocol : class, IOwnershipProtocol
{
    DiagnosticDescriptor Descriptor { get; }

    /// <summary>Reports what the facts of one flow graph show.</summary>
    void Judge(OwnershipMember<TProtocol> member);
}

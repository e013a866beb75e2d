using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace FragGuard.Analyzers;

/// <summary>
/// Base of the rules that judge members one by one. The compiler asks for each member once, whatever the number of these rules:
/// <see cref="Rules.RulesOfMembers"/> passes on only those whose text can matter.
/// </summary>
public abstract class MemberRule
{
    private protected MemberRule(params DiagnosticDescriptor[] descriptors) => Reported = ImmutableArray.Create(descriptors);

    /// <summary>What the rule reports.</summary>
    public ImmutableArray<DiagnosticDescriptor> Reported { get; }

    /// <summary>Says which members the rule has to see, or nothing when the API it watches is not referenced.</summary>
    internal abstract void Register(WatchedMembers members, KnownSymbols symbols);
}

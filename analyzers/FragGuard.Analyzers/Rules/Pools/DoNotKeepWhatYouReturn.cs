using FragGuard.Analyzers.Patterns.Ownership;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace FragGuard.Analyzers.Rules.Pools;

/// <summary>FG2005: an array is returned while something that outlives the method still refers to it.</summary>
internal sealed class DoNotKeepWhatYouReturn : IOwnershipRule<ArrayPools>
{
    private static readonly DiagnosticDescriptor Rule = Descriptors.Rule(
        id: "FG2005",
        title: "Do not keep what you return",
        message: "'{0}' returns an array that {1} still refers to: whoever looks there shares the array with its next owner; {2}",
        category: Category.Pools,
        severity: DiagnosticSeverity.Warning,
        description: "A reference that survives the return is a use after return, or a second return, waiting to happen.");

    public DiagnosticDescriptor Descriptor => Rule;

    public void Judge(OwnershipMember<ArrayPools> member)
    {
        ArrayKeepers keepers = new(member);
        foreach (IInvocationOperation call in ReturnCalls.In(member))
        {
            if (GrownArray.ReturnedBy(call, member) is not null)
                continue;
            if (keepers.KeeperAt(call) is { } keeper)
            {
                member.Report(Diagnostic.Create(
                    Rule, call.Syntax.GetLocation(), SourceText.Of(call), keeper.Who, keeper.Remedy));
            }
        }
    }
}

using FragGuard.Analyzers.Patterns.Ownership;
using Microsoft.CodeAnalysis;

namespace FragGuard.Analyzers.Rules.Pools;

/// <summary>FG2003: an array is returned although it was returned before.</summary>
internal sealed class ReturnOnlyOnce : IOwnershipRule<ArrayPools>
{
    private static readonly DiagnosticDescriptor Rule = Descriptors.Rule(
        id: "FG2003",
        title: "Return an array only once",
        message: "'{0}' returns an array that '{1}' in line {2} returned already: the pool hands it out to two owners at once, "
            + "which overwrite each other's data; remove one of the two returns",
        category: Category.Pools,
        severity: DiagnosticSeverity.Warning,
        description: "A pool does not notice that an array is in it twice. Two later Rents get the same array, and each of "
            + "the two owners reads and overwrites what the other one wrote (CWE-415).");

    public DiagnosticDescriptor Descriptor => Rule;

    public void Judge(OwnershipMember<ArrayPools> member)
    {
        foreach (OwnershipEvent step in member.AllFacts.Events)
        {
            if (step.IsReturn && ReturnedArray.CertainlyBefore(step, member.AllFacts, member.Written) is { } first)
                Report(member, step.Operation, first.Operation);
        }
    }

    private static void Report(OwnershipMember<ArrayPools> member, IOperation second, IOperation first) =>
        member.Report(Diagnostic.Create(
            Rule,
            second.Syntax.GetLocation(),
            additionalLocations: [first.Syntax.GetLocation()],
            SourceText.Of(second),
            SourceText.Of(first),
            SourceText.LineOf(first)));
}

using System.Collections.Generic;
using System.Linq;
using FragGuard.Analyzers.Patterns.Ownership;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace FragGuard.Analyzers.Rules.Pools;

/// <summary>FG2004: an array, or a view of it, is used after it was returned.</summary>
internal sealed class DoNotUseWhatYouReturned : IOwnershipRule<ArrayPools>
{
    private static readonly DiagnosticDescriptor Rule = Descriptors.Rule(
        id: "FG2004",
        title: "Do not use what you returned",
        message: "'{0}' uses an array that '{1}' in line {2} returned to the pool: its next owner may be writing to it; "
            + "move this before the return, or copy what is still needed",
        category: Category.Pools,
        severity: DiagnosticSeverity.Warning,
        description: "A returned array belongs to whoever rents it next. Code that still reads it sees foreign data, code "
            + "that still writes it destroys them (CWE-416).");

    public DiagnosticDescriptor Descriptor => Rule;

    public void Judge(OwnershipMember<ArrayPools> member)
    {
        IEnumerable<IGrouping<IOperation, OwnershipEvent>> uses = member.AllFacts.Events
            .Where(step => step.Kind is OwnershipEventKind.Used or OwnershipEventKind.Escaped && !IsHarmless(step.Operation))
            .GroupBy(step => step.Site);
        foreach (IGrouping<IOperation, OwnershipEvent> site in uses)
        {
            foreach (OwnershipEvent use in site.OrderBy(step => step.Operation.Syntax.SpanStart))
            {
                if (ReturnedArray.CertainlyBefore(use, member.AllFacts, member.Written) is not { } first)
                    continue;
                if (IsGrowth(first, member))
                    break; // The wrong array was returned, which another rule says.
                if (IsReturnedAgain(use, member.AllFacts))
                    continue; // Returned twice, which another rule says.

                Report(member, use.Operation, first.Operation);
                break; // One mistake has many later uses.
            }
        }
    }

    /// <summary>True for what does not look at the elements: the length never changes, and identity is nobody's data.</summary>
    private static bool IsHarmless(IOperation operation) => operation switch
    {
        IPropertyReferenceOperation { Property: { Name: "Length" or "LongLength" or "Rank" or "IsEmpty" } } => true,
        IInvocationOperation { TargetMethod: { IsStatic: true, Name: "ReferenceEquals" or "KeepAlive" or "ThrowIfNull" } } => true,
        _ => false,
    };

    private static bool IsReturnedAgain(OwnershipEvent use, OwnershipFacts facts) => facts.Events.Any(step =>
        step.Kind == OwnershipEventKind.ReturnedByCallee && step.Site == use.Site && step.Operation == use.Operation);

    private static bool IsGrowth(OwnershipEvent first, OwnershipMember<ArrayPools> member) =>
        Surroundings.Of(first.Operation, member.Written)?.Written is IInvocationOperation call
        && GrownArray.ReturnedBy(call, member) is not null;

    private static void Report(OwnershipMember<ArrayPools> member, IOperation use, IOperation first) =>
        member.Report(Diagnostic.Create(
            Rule,
            use.Syntax.GetLocation(),
            additionalLocations: [first.Syntax.GetLocation()],
            SourceText.Of(use),
            SourceText.Of(first),
            SourceText.LineOf(first)));
}

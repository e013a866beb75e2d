using FragGuard.Analyzers.Patterns.Ownership;
using Microsoft.CodeAnalysis;

namespace FragGuard.Analyzers.Rules.GcHeap;

/// <summary>FG3004: a handle that pins an object is freed on no path.</summary>
internal sealed class FreeEveryPinnedHandle : IOwnershipRule<PinnedHandles>
{
    private static readonly DiagnosticDescriptor Rule = Descriptors.Rule(
        id: "FG3004",
        title: "Free every pinned handle",
        message: "The handle that pins '{0}' is freed on no path, so every call leaves an object that is neither collected "
            + "nor moved until the process ends; {1}",
        category: Category.GcHeap,
        severity: DiagnosticSeverity.Warning,
        description: "A pinned handle that is never freed is a leak and a fixed point: the garbage collector can neither "
            + "reclaim the object nor close the gaps around it.");

    public DiagnosticDescriptor Descriptor => Rule;

    public void Judge(OwnershipMember<PinnedHandles> member)
    {
        if (member.Owner is IMethodSymbol { MethodKind: MethodKind.StaticConstructor })
            return; // Runs once, for the life of the process.

        foreach (OwnershipFate fate in member.Facts.Fates)
        {
            if (fate.AtEnd == OwnershipStates.Rented && member.Protocol.PinnedBy(fate.Site) is { } pinned)
                Report(member, fate.Site, pinned);
        }
    }

    private static void Report(OwnershipMember<PinnedHandles> member, IOperation site, IOperation pinned)
    {
        bool isDisposable = site.Type is not { Name: "GCHandle" };
        member.Report(Diagnostic.Create(
            Rule,
            site.Syntax.GetLocation(),
            AcquisitionText.ShortForm(pinned),
            isDisposable ? "declare the handle with 'using'" : "call 'Free' after the last use of its address, or use 'fixed'"));
    }
}

using System.Collections.Immutable;
using System.Globalization;
using System.Linq;
using FragGuard.Analyzers.Patterns;
using FragGuard.Analyzers.Patterns.Mentions;
using FragGuard.Analyzers.Patterns.Ownership;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace FragGuard.Analyzers.Rules.GcHeap;

/// <summary>FG3005: an array on the pinned heap dies in the method that makes it.</summary>
public sealed class KeepShortLivedArraysOffThePinnedHeap : MemberRule
{
    /// <summary>The rule's id.</summary>
    public const string Id = "FG3005";

    /// <summary>Property of a diagnostic: present when no code relies on the array staying where it is.</summary>
    public const string MovableKey = "fragguard.movable";

    private static readonly DiagnosticDescriptor Rule = Descriptors.Rule(
        id: Id,
        title: "Keep short-lived arrays off the pinned heap",
        message: "The array{0} on the pinned heap dies {1}, and only a collection of generation 2 frees it; allocate it on the "
            + "ordinary heap and pin it with 'fixed' where its address is needed, or keep one pinned array for all uses",
        category: Category.GcHeap,
        severity: DiagnosticSeverity.Info,
        description: "The pinned object heap is collected with generation 2 and never compacted. It is made for buffers that stay; "
            + "those that come and go cause collections of the whole heap and leave gaps that nothing closes.");

    /// <summary>The rule.</summary>
    public KeepShortLivedArraysOffThePinnedHeap()
        : base(Rule)
    {
    }

    internal override Mentioned WordsIn(CompilationMentions mentions, KnownSymbols symbols) =>
        Mentioned.GcArray;

    internal override void Register(WatchedMembers members, KnownSymbols symbols)
    {
        if (symbols["System.GC"]?.GetMembers("AllocateArray").IsEmpty != false)
            return;

        SizedAllocations allocations = new(symbols);
        SourceBodies bodies = symbols.Bodies;
        CalleeSummaries summaries = new();
        members.Watch(
            Mentioned.GcArray,
            found =>
            {
                if (allocations.Pinned(found.Operation) is { } allocation)
                    Analyze(found, allocation, bodies, summaries);
            },
            OperationKind.Invocation);
    }

    private static void Analyze(
        OperationAnalysisContext context, SizedAllocation allocation, SourceBodies bodies, CalleeSummaries summaries)
    {
        if (context.ContainingSymbol.Name is "Main" or "<Main>$")
            return; // As long as the process.
        IOperation function = PinnedUses.FunctionAround(allocation.Operation);
        ILoopOperation? loop = Repetition.Around(allocation.Operation).OfType<ILoopOperation>().FirstOrDefault();
        CalleeOwnership callees = new(
            context.Compilation,
            LentObjects.Instance,
            OwnershipOptions.Read(context.Options.AnalyzerConfigOptionsProvider.GetOptions(allocation.Operation.Syntax.SyntaxTree)),
            context.CancellationToken,
            summaries);
        if (ShortLife.Within(allocation.Operation, loop?.Body ?? function, callees) is not { } uses)
            return;
        bool isMovable = uses.All(PinnedUses.IsMovable);
        if (uses.Any(use => PinnedUses.MayLast(use, allocation.Operation))
            || PinnedUses.MayLast(function, allocation.Operation, isAddressTaken: !isMovable))
            return;

        Interval? bytes = allocation.Bytes(new SizeInference(bodies, context.CancellationToken));
        context.ReportDiagnostic(Diagnostic.Create(
            Rule,
            allocation.Operation.Syntax.GetLocation(),
            additionalLocations: null,
            isMovable ? ImmutableDictionary<string, string?>.Empty.Add(MovableKey, "true") : null,
            bytes is { } known && known.Min == known.Max ? string.Format(CultureInfo.InvariantCulture, " of {0:N0} bytes", known.Min) : "",
            loop is not null ? "in each iteration of the loop" : "when the method ends"));
    }
}

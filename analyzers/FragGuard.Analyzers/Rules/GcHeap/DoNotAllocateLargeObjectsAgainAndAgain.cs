using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using FragGuard.Analyzers.Patterns;
using FragGuard.Analyzers.Patterns.Mentions;
using FragGuard.Analyzers.Patterns.Ownership;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace FragGuard.Analyzers.Rules.GcHeap;

/// <summary>FG3001: each iteration of a loop, or each call of a hot path, allocates a large object that dies at once.</summary>
public sealed class DoNotAllocateLargeObjectsAgainAndAgain : MemberRule
{
    /// <summary>The rule's id.</summary>
    public const string Id = "FG3001";

    private const string FewIterationsKey = "fragguard.FG3001.few_iterations";
    private const int DefaultFewIterations = 4;

    private const string Title = "Do not allocate large objects again and again";

    private const string Description =
        "Large objects are collected with generation 2 only. A large object that dies at once fills the budget of the large object "
        + "heap, causes collections of the whole heap and leaves gaps among the large objects that live.";

    private static readonly DiagnosticDescriptor InLoop = Descriptors.Rule(
        id: Id,
        title: Title,
        message: "Each iteration of this loop allocates {0} of {1}{2} bytes on the large object heap and drops it, which only "
            + "a collection of generation 2 frees; {3}",
        category: Category.GcHeap,
        severity: DiagnosticSeverity.Warning,
        description: Description);

    private static readonly DiagnosticDescriptor OnHotPath = Descriptors.Rule(
        id: Id,
        title: Title,
        message: "Each call of the hot path '{0}' allocates {1} of {2}{3} bytes on the large object heap and drops it, which only "
            + "a collection of generation 2 frees; rent it, or keep one for all calls",
        category: Category.GcHeap,
        severity: DiagnosticSeverity.Info,
        description: Description);

    /// <summary>The rule.</summary>
    public DoNotAllocateLargeObjectsAgainAndAgain()
        : base(InLoop, OnHotPath)
    {
    }

    internal override Mentioned WordsIn(CompilationMentions mentions, KnownSymbols symbols) =>
        mentions.Any(Mentioned.HotPathAnnotation) ? WatchedWords.Anything : Mentioned.Loop;

    internal override void Register(WatchedMembers members, KnownSymbols symbols)
    {
        if (symbols["System.Array"] is null)
            return;
        SizedAllocations allocations = new(symbols);
        SourceBodies bodies = symbols.Bodies;
        CalleeSummaries summaries = new();
        bool anyIsHot = members.Mentions.Any(Mentioned.HotPathAnnotation);
        if (anyIsHot)
            members.WatchAll(Watch);
        else
            members.Watch(Mentioned.Loop, Watch);

        void Watch(OperationBlockStartAnalysisContext start, in MemberText text)
        {
            if (anyIsHot || text.Has(Mentioned.Loop, Mentioned.NewArray))
                start.RegisterOperationAction(Find, OperationKind.ArrayCreation);
            if (anyIsHot || text.HasAlias || text.Has(Mentioned.Loop, Mentioned.NewSized))
                start.RegisterOperationAction(Find, OperationKind.ObjectCreation);
            if (text.Has(Mentioned.GcArray))
                start.RegisterOperationAction(Find, OperationKind.Invocation);
        }

        void Find(OperationAnalysisContext found)
        {
            if ((anyIsHot || IsInLoop(found.Operation)) && allocations.From(found.Operation) is { } allocation)
                Analyze(found, allocation, bodies, summaries);
        }
    }

    private static bool IsInLoop(IOperation operation)
    {
        for (IOperation? outer = operation.Parent; outer is not null; outer = outer.Parent)
        {
            if (outer.Kind == OperationKind.Loop)
                return true;
        }

        return false;
    }

    private static void Analyze(
        OperationAnalysisContext context, SizedAllocation allocation, SourceBodies bodies, CalleeSummaries summaries)
    {
        AnalyzerConfigOptions options =
            context.Options.AnalyzerConfigOptionsProvider.GetOptions(allocation.Operation.Syntax.SyntaxTree);
        long threshold = LargeObjects.ThresholdBytes(options);
        if (allocation.IsSmallerThan(threshold))
            return;

        IReadOnlyList<IOperation> around = Repetition.Around(allocation.Operation);
        bool isHot = around.Count > 0 && around[around.Count - 1].Parent is null && HotPaths.Contain(context.ContainingSymbol);
        if (!isHot && !HasLoop(around))
            return;

        SizeInference sizes = new(bodies, context.CancellationToken);
        if (allocation.Bytes(sizes) is { } bytes && bytes.Min >= threshold)
            Judge(context, allocation, bytes, around, isHot, sizes, options, summaries);
    }

    private static bool HasLoop(IReadOnlyList<IOperation> around)
    {
        foreach (IOperation outer in around)
        {
            if (outer.Kind == OperationKind.Loop)
                return true;
        }

        return false;
    }

    /// <summary>Whether the large object comes again and again, and dies at once.</summary>
    private static void Judge(
        OperationAnalysisContext context,
        SizedAllocation allocation,
        Interval bytes,
        IReadOnlyList<IOperation> around,
        bool isHot,
        SizeInference sizes,
        AnalyzerConfigOptions options,
        CalleeSummaries summaries)
    {
        int few = OptionValues.Count(options, FewIterationsKey) ?? DefaultFewIterations;
        ILoopOperation? loop = around.OfType<ILoopOperation>().FirstOrDefault(outer => TripCounts.Of(outer, sizes).Max > few);
        if (loop is null && !isHot)
            return;

        CalleeOwnership callees = new(
            context.Compilation, LentObjects.Instance, OwnershipOptions.Read(options), context.CancellationToken, summaries);
        if (ShortLife.Within(allocation.Operation, loop?.Body ?? around[around.Count - 1], callees) is not null)
            Report(context, allocation, bytes, loop);
    }

    private static void Report(OperationAnalysisContext context, SizedAllocation allocation, Interval bytes, ILoopOperation? loop)
    {
        string article = allocation.Kind[0] == 'a' ? "an " : "a ";
        string least = bytes.Min == bytes.Max ? "" : "at least ";
        context.ReportDiagnostic(loop is not null
            ? Diagnostic.Create(
                InLoop, allocation.Operation.Syntax.GetLocation(), [loop.Syntax.GetLocation()],
                article + allocation.Kind, least, Shown(bytes.Min), allocation.Reuse)
            : Diagnostic.Create(
                OnHotPath, allocation.Operation.Syntax.GetLocation(),
                context.ContainingSymbol.Name, article + allocation.Kind, least, Shown(bytes.Min)));
    }

    private static string Shown(long bytes) => bytes.ToString("N0", CultureInfo.InvariantCulture);
}

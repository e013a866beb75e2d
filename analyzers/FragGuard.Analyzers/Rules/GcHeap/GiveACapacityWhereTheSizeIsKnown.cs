using System.Collections.Immutable;
using System.Globalization;
using FragGuard.Analyzers.Patterns;
using FragGuard.Analyzers.Patterns.Mentions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace FragGuard.Analyzers.Rules.GcHeap;

/// <summary>FG3002: a collection or stream grows step by step across the large object threshold to a size that is known before.</summary>
public sealed class GiveACapacityWhereTheSizeIsKnown : MemberRule
{
    /// <summary>The rule's id.</summary>
    public const string Id = "FG3002";

    /// <summary>Property of a diagnostic: the capacity to give, as an expression, where it is certain.</summary>
    public const string CapacityKey = "fragguard.capacity";

    private static readonly DiagnosticDescriptor Rule = Descriptors.Rule(
        id: Id,
        title: "Give a capacity where the size is known",
        message: "'{0}' gets at least {1} elements in the loop that follows and grows to them through {2} on the large object heap, "
            + "{3} bytes in all; with that capacity from the start it takes one array of {4} bytes{5}",
        category: Category.GcHeap,
        severity: DiagnosticSeverity.Info,
        description: "A store that grows replaces its array by one of twice the size and drops the old one. Above the large object "
            + "threshold only a collection of generation 2 frees what was dropped.");

    /// <summary>The rule.</summary>
    public GiveACapacityWhereTheSizeIsKnown()
        : base(Rule)
    {
    }

    internal override Mentioned WordsIn(CompilationMentions mentions, KnownSymbols symbols) =>
        Mentioned.Loop;

    internal override void Register(WatchedMembers members, KnownSymbols symbols)
    {
        if (symbols["System.Collections.Generic.List`1"] is null && symbols["System.IO.MemoryStream"] is null)
            return;
        SourceBodies bodies = symbols.Bodies;
        members.Watch(Mentioned.Loop, (OperationBlockStartAnalysisContext start, in MemberText text) =>
        {
            if (text.MayName(Mentioned.Growable) && (text.HasAlias || text.Has(Mentioned.NewGrowable, Mentioned.Loop)))
                start.RegisterOperationAction(found => Analyze(found, bodies), OperationKind.ObjectCreation);
        });
    }

    private static void Analyze(OperationAnalysisContext context, SourceBodies bodies)
    {
        IObjectCreationOperation creation = (IObjectCreationOperation)context.Operation;
        if (creation is not { Arguments.IsEmpty: true, Initializer: null, Type: INamedTypeSymbol type, Constructor: not null }
            || DeclaratorOf(creation) is not { } declarator
            || creation.Syntax.ContainsDiagnostics
            || !SymbolEqualityComparer.Default.Equals(declarator.Symbol.Type, type)
            || GrowingStore.Of(type) is not { } store)
        {
            return;
        }

        SizeInference sizes = new(bodies, context.CancellationToken);
        if (Filling.Of(declarator.Symbol, declarator, sizes) is { } filling)
            Judge(context, creation, declarator, store, filling);
    }

    private static void Judge(
        OperationAnalysisContext context,
        IObjectCreationOperation creation,
        IVariableDeclaratorOperation declarator,
        GrowingStore store,
        Filling filling)
    {
        long threshold = LargeObjects.ThresholdBytes(
            context.Options.AnalyzerConfigOptionsProvider.GetOptions(creation.Syntax.SyntaxTree));
        (int arrays, long grownBytes, _) = store.Grown(filling.Elements, filling.Chunk, threshold);
        long bytes = store.BytesOf(filling.Elements);
        if (grownBytes <= (bytes >= threshold ? bytes : 0))
            return;

        context.ReportDiagnostic(Diagnostic.Create(
            Rule,
            creation.Syntax.GetLocation(),
            [filling.Loop.Syntax.GetLocation()],
            filling.Capacity is null ? null : ImmutableDictionary<string, string?>.Empty.Add(CapacityKey, filling.Capacity),
            declarator.Symbol.Name,
            Shown(filling.Elements),
            arrays == 1 ? "an array" : Shown(arrays) + " arrays",
            Shown(grownBytes),
            Shown(bytes),
            bytes >= threshold ? "" : ", which is no large object"));
    }

    private static IVariableDeclaratorOperation? DeclaratorOf(IOperation value)
    {
        while (value.Parent is IConversionOperation conversion) // of a target-typed new
            value = conversion;
        return (value.Parent as IVariableInitializerOperation)?.Parent as IVariableDeclaratorOperation;
    }

    private static string Shown(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}

using System.Globalization;
using FragGuard.Analyzers.Patterns.Mentions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace FragGuard.Analyzers.Rules.Pools;

/// <summary>FG2014: a pool is made, used once and dropped, so that nothing is ever taken from it twice.</summary>
public sealed class DoNotMakeAPoolPerUse : MemberRule
{
    /// <summary>The rule's id.</summary>
    public const string Id = "FG2014";

    internal const string AdditionalPoolTypesKey = "fragguard.additional_pool_types";

    private const Mentioned Taking = Mentioned.Rent | Mentioned.Get;
    private const Mentioned Returning = Mentioned.PoolFactory | Mentioned.ReturnedNew;

    private static readonly DiagnosticDescriptor Rule = Descriptors.Rule(
        id: Id,
        title: "Do not make a pool per use",
        message: "Every {0} makes another '{1}'{2}, and what is given back to it is never handed out again; keep one pool in "
            + "a 'static readonly' field",
        category: Category.Pools,
        severity: DiagnosticSeverity.Warning,
        description: "A pool saves an allocation only when what was given back is handed out again. One that lives no "
            + "longer than a call allocates everything anew, and itself on top.");

    /// <summary>The rule.</summary>
    public DoNotMakeAPoolPerUse()
        : base(Rule)
    {
    }

    internal override Mentioned WordsIn(CompilationMentions mentions, KnownSymbols symbols) =>
        Taking | Returning;

    internal override void Register(WatchedMembers members, KnownSymbols symbols)
    {
        if (PoolCreations.From(symbols) is not { } creations)
            return;
        bool hasAdditionalTypes = symbols.NamesAnywhere(members.Options, AdditionalPoolTypesKey).Length > 0;
        members.Watch(Taking | Returning, (OperationBlockStartAnalysisContext start, in MemberText text) =>
        {
            if (text.Has(Taking)
                || (PerUse.MadeByGetter(start.OwningSymbol, start.OperationBlocks, mayCall: text.Has(Mentioned.PoolFactory)) is { } made
                    && PoolOf(made, start.Options) is not null))
            {
                start.RegisterOperationAction(Find, OperationKind.Invocation, OperationKind.ObjectCreation);
            }
        });

        void Find(OperationAnalysisContext found)
        {
            if (PoolOf(found.Operation, found.Options) is { } pool)
                Analyze(found, pool, creations);
        }

        INamedTypeSymbol? PoolOf(IOperation operation, AnalyzerOptions options) => creations.MadeBy(
            operation,
            hasAdditionalTypes
                ? OptionValues.Names(
                    options.AnalyzerConfigOptionsProvider.GetOptions(operation.Syntax.SyntaxTree), AdditionalPoolTypesKey)
                : []);
    }

    private static void Analyze(OperationAnalysisContext context, INamedTypeSymbol pool, PoolCreations creations)
    {
        if (PerUse.Of(context.Operation, context.ContainingSymbol, PoolCreations.Takes) is not { } use)
            return;

        context.ReportDiagnostic(Diagnostic.Create(
            Rule,
            context.Operation.Syntax.GetLocation(),
            use.Occasion,
            pool.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat),
            Cost(context.Operation, creations)));
    }

    private static string Cost(IOperation creation, PoolCreations creations) =>
        creations.IsCreatedArrayPool(creation) && CreatedPoolBuckets.Of((IInvocationOperation)creation) is { } buckets
            ? string.Format(CultureInfo.InvariantCulture, ", {0:N0} bytes of empty buckets", buckets.OwnBytes)
            : "";
}

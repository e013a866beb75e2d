using System.Globalization;
using System.Linq;
using FragGuard.Analyzers.Patterns;
using FragGuard.Analyzers.Patterns.Mentions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace FragGuard.Analyzers.Rules.GcHeap;

/// <summary>FG3003: an ordinary array of this type is pinned for the life of the object or of the process.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class PutLongPinnedArraysOnThePinnedHeap : FragGuardAnalyzer
{
    private static readonly DiagnosticDescriptor Rule = Descriptors.Rule(
        id: "FG3003",
        title: "Put arrays that stay pinned on the pinned heap",
        message: "The array{0} is pinned for as long as '{1}' lives, in the middle of the heap that the GC compacts; "
            + "allocate it with 'GC.AllocateArray<{2}>(length, pinned: true)', where nothing has to move around it",
        category: Category.GcHeap,
        severity: DiagnosticSeverity.Warning,
        description: "A pinned array among movable objects splits the free space around it for as long as it is pinned. "
            + "The pinned object heap exists for arrays that must not move, and needs no handle.");

    public PutLongPinnedArraysOnThePinnedHeap()
        : base(Rule)
    {
    }

    private protected override void Register(CompilationStartAnalysisContext context, KnownSymbols symbols)
    {
        CompilationMentions mentions = symbols.Mentions(context.CancellationToken);
        if (!mentions.Any(Mentioned.Pin))
            return;
        bool hasPinnedHeap = symbols["System.GC"]?.GetMembers("AllocateArray").IsEmpty == false;
        if (hasPinnedHeap && PinnedHandles.From(symbols) is { } handles)
            context.RegisterSymbolStartAction(start => Register(start, handles, mentions), SymbolKind.NamedType);
    }

    private static void Register(SymbolStartAnalysisContext context, PinnedHandles handles, CompilationMentions mentions)
    {
        if (context.Symbol is not INamedTypeSymbol { TypeKind: TypeKind.Class } type)
            return; // A struct that pins is a scope, not a keeper.
        if ((mentions.Around(type) & Mentioned.Pin) == Mentioned.None)
            return;

        PinningType pinning = new();
        context.RegisterOperationAction(
            found =>
            {
                if (SymbolEqualityComparer.Default.Equals(found.ContainingSymbol.ContainingType, type))
                    Note(found.Operation, found.ContainingSymbol, handles, pinning);
            },
            OperationKind.Invocation,
            OperationKind.ObjectCreation,
            OperationKind.SimpleAssignment,
            OperationKind.FieldReference,
            OperationKind.PropertyReference,
            OperationKind.FieldInitializer,
            OperationKind.PropertyInitializer);
        context.RegisterSymbolEndAction(end =>
        {
            foreach ((PinningType.Pin pin, IArrayCreationOperation array) in pinning.LongPins())
                Analyze(end, pin, array);
        });
    }

    private static void Note(IOperation operation, ISymbol by, PinnedHandles handles, PinningType pinning)
    {
        switch (operation)
        {
            case ISimpleAssignmentOperation assignment:
                if (assignment.Value.Type is IArrayTypeSymbol && PinnedPlace.MemberOf(assignment.Target) is { } target)
                    pinning.AddStore(target, assignment.Value);
                break;
            case IFieldInitializerOperation { InitializedFields.Length: 1 } initializer:
                pinning.AddStore(initializer.InitializedFields[0], initializer.Value);
                break;
            case IPropertyInitializerOperation { InitializedProperties.Length: 1 } initializer:
                pinning.AddStore(initializer.InitializedProperties[0], initializer.Value);
                break;
            case IFieldReferenceOperation or IPropertyReferenceOperation:
                if (handles.IsHandle(operation.Type) && PinnedPlace.MemberOf(operation) is { } moved && PinnedPlace.IsHandedOn(operation))
                    pinning.AddFree(moved, by);
                break;
            default:
                if (PinningType.Pin.From(operation, handles, by) is { } pin)
                    pinning.AddPin(pin);
                else if (operation is IInvocationOperation call && PinnedPlace.MemberOf(handles.GivenBackBy(call)) is { } freed)
                    pinning.AddFree(freed, by);
                break;
        }
    }

    private static void Analyze(SymbolAnalysisContext context, PinningType.Pin pin, IArrayCreationOperation array)
    {
        if (array is not { Type: IArrayTypeSymbol { Rank: 1, ElementType: { IsUnmanagedType: true } element }, DimensionSizes.Length: 1 })
            return;

        long? bytes = BytesOf(array, element);
        AnalyzerConfigOptions options =
            context.Options.AnalyzerConfigOptionsProvider.GetOptions(pin.Operation.Syntax.SyntaxTree);
        if (bytes == 0 || bytes >= LargeObjects.ThresholdBytes(options))
            return; // Large objects are not moved anyway.

        context.ReportDiagnostic(Diagnostic.Create(
            Rule,
            pin.Operation.Syntax.GetLocation(),
            [array.Syntax.GetLocation()],
            bytes is null ? "" : string.Format(CultureInfo.InvariantCulture, " of {0:N0} bytes", bytes),
            pin.Place.Name,
            element.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat)));
    }

    private static long? BytesOf(IArrayCreationOperation array, ITypeSymbol element)
    {
        IOperation root = array;
        while (root.Parent is not null)
            root = root.Parent;
        IOperation length = AssignedOnce.Resolve(array.DimensionSizes.Single(), root);
        if (length.ConstantValue is not { HasValue: true, Value: int elements })
            return null;
        return elements == 0 ? 0 : UnmanagedSizes.Of(element) * elements;
    }
}

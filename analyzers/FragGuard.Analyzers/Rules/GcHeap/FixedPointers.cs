using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace FragGuard.Analyzers.Rules.GcHeap;

/// <summary>The pointers to one value that a <c>fixed</c> statement pins: its own, and the locals inside that are made from it.</summary>
internal sealed class FixedPointers
{
    private readonly IOperation _statement;
    private readonly HashSet<ISymbol> _pointers = new(SymbolEqualityComparer.Default);

    private FixedPointers(IOperation statement) => _statement = statement;

    /// <summary>True when no address of the pinned value is kept beyond the statement that pins it.</summary>
    public static bool EndWithTheirStatement(IOperation pinned)
    {
        IOperation? outer = pinned.Parent;
        while (outer is not null and not IVariableDeclaratorOperation)
            outer = outer.Parent;
        return outer is IVariableDeclaratorOperation { Parent.Parent.Parent: { } statement } pointer
            && new FixedPointers(statement).Stays(pointer.Symbol);
    }

    private bool Stays(ILocalSymbol pointer) =>
        !_pointers.Add(pointer)
        || _statement.Descendants().OfType<ILocalReferenceOperation>()
            .Where(reference => SymbolEqualityComparer.Default.Equals(reference.Local, pointer))
            .All(reference => PinnedUses.FunctionAround(reference) == PinnedUses.FunctionAround(_statement) && Stays(reference));

    private bool Stays(IOperation address)
    {
        if (HoldsNoAddress(address.Type))
            return true;

        return address.Parent switch
        {
            IExpressionStatementOperation => true,
            IConversionOperation or IParenthesizedOperation or IBinaryOperation or IAddressOfOperation => Stays(address.Parent),
            IIncrementOrDecrementOperation or IPropertyReferenceOperation => Stays(address.Parent),
            IAssignmentOperation { Target: ILocalReferenceOperation { Local: var local } } store => IsInside(local) && Stays(local) && Stays(store),
            IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol: var local } } => Stays(local),
            IInvocationOperation call when call.Instance == address => Stays(call),
            IArgumentOperation { Parent: IInvocationOperation call } => (call.Instance is null || IsRefLike(address)) && Stays(call),
            IArgumentOperation { Parent: IObjectCreationOperation made } => IsRefLike(made) && Stays(made),
            { Kind: OperationKind.None, Type: not null } element => StaysAt(element),
            _ => false,
        };
    }

    /// <summary>An element is a copy, unless its address or a reference to it is taken.</summary>
    private bool StaysAt(IOperation element) => element.Parent switch
    {
        IAddressOfOperation address => Stays(address),
        IFieldReferenceOperation field => StaysAt(field),
        _ => !PinnedUses.IsByReference(element),
    };

    private bool IsInside(ILocalSymbol local) => local.DeclaringSyntaxReferences.Any(reference =>
        reference.SyntaxTree == _statement.Syntax.SyntaxTree && _statement.Syntax.Span.Contains(reference.Span));

    private static bool IsRefLike(IOperation value) => value.Type is { IsRefLikeType: true };

    /// <summary>True for a plain value; 64 bits could be an address.</summary>
    private static bool HoldsNoAddress(ITypeSymbol? type) => type is
    {
        SpecialType: >= SpecialType.System_Void and <= SpecialType.System_String
        and not (SpecialType.System_Int64 or SpecialType.System_UInt64),
    };
}

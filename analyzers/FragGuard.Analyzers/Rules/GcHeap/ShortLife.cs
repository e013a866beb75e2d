using System.Collections.Generic;
using System.Linq;
using FragGuard.Analyzers.Patterns;
using FragGuard.Analyzers.Patterns.Ownership;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace FragGuard.Analyzers.Rules.GcHeap;

/// <summary>
/// Follows a new object through the function that makes it. Strict: whatever is not known to merely use the object lets it
/// live on.
/// </summary>
internal sealed class ShortLife
{
    private static readonly HeldTypes Types = HeldTypes.OfObjects;

    private readonly IOperation _scope;
    private readonly IOperation? _function;
    private readonly LocalReferences _references;
    private readonly CalleeOwnership _callees;
    private readonly bool _isString;
    private readonly HashSet<ILocalSymbol> _locals = new(SymbolEqualityComparer.Default);
    private readonly List<IOperation> _uses = [];

    private ShortLife(IOperation creation, IOperation scope, CalleeOwnership callees)
    {
        _scope = scope;
        _callees = callees;
        _isString = creation.Type?.SpecialType == SpecialType.System_String;
        _function = FunctionAround(creation);
        IOperation root = creation;
        while (root.Parent is { } parent)
            root = parent;
        _references = LocalReferences.In(root);
    }

    /// <summary>All that touches an object which dies before the scope ends, or null when it may outlive it.</summary>
    /// <param name="creation">The operation whose value is the new object.</param>
    /// <param name="scope">An operation around it; only locals that are declared within may hold the object.</param>
    /// <param name="callees">Tells what methods do with what they are passed.</param>
    public static IReadOnlyList<IOperation>? Within(IOperation creation, IOperation scope, CalleeOwnership callees)
    {
        ShortLife life = new(creation, scope, callees);
        return life.Dies(creation) ? life._uses : null;
    }

    private bool Dies(IOperation value)
    {
        if (value.Type is IPointerTypeSymbol || !IsHeldBy(value.Type))
            return true;
        _uses.Add(value);
        switch (value.Parent)
        {
            case IExpressionStatementOperation:
                return !IsPending(value.Type);
            case IParenthesizedOperation or IConversionOperation or IAwaitOperation or IImplicitIndexerReferenceOperation:
                return Dies(value.Parent);
            case IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol.Type: IPointerTypeSymbol } }:
            case { Kind: OperationKind.None, Type: null or IPointerTypeSymbol }:
                return true; // A pinned pointer ends with its statement.
            case IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol: { RefKind: RefKind.None } local } }:
                return Dies(local, value.Type);
            case ISimpleAssignmentOperation { IsRef: false } assignment when assignment.Value == value:
                return assignment.Target switch
                {
                    ILocalReferenceOperation { Local: { RefKind: RefKind.None } local } =>
                        Dies(local, value.Type) && Dies(assignment),
                    IDiscardOperation => !IsPending(value.Type),
                    _ => false,
                };
            case ISimpleAssignmentOperation { IsRef: false }:
                return value is ILocalReferenceOperation;
            case IArgumentOperation argument:
                return DiesAfter(argument, value);
            case IInvocationOperation call when call.Instance == value:
                return ResultDies(call, value.Type);
            case IPropertyReferenceOperation property when property.Instance == value:
                return property.Arguments.Length > 0 || Dies(property);
            case IArrayElementReferenceOperation element when element.ArrayReference == value:
                return true;
            case IForEachLoopOperation loop when loop.Collection == value:
            case IBinaryOperation or IInterpolationOperation or IUsingOperation or IFieldReferenceOperation { Type.IsUnmanagedType: true }:
                return true;
            case IIsPatternOperation match:
                return !match.Pattern.DescendantsAndSelf().OfType<IPatternOperation>().Any(Names);
            default:
                return false;
        }
    }

    private bool Dies(ILocalSymbol local, ITypeSymbol? valueType)
    {
        if (IsPending(valueType) || !IsDeclaredWithin(local))
            return false;
        return !_locals.Add(local)
            || _references.To(local).All(reference => FunctionAround(reference) == _function && Dies(reference));
    }

    private bool DiesAfter(IArgumentOperation argument, IOperation value)
    {
        if (argument.Parameter is not { RefKind: RefKind.None or RefKind.In } parameter)
            return false;
        return argument.Parent switch
        {
            IObjectCreationOperation creation =>
                (!IsHeldBy(creation.Type) || IsWrapper(creation.Type)) && Dies(creation),
            IInvocationOperation call => !IsKept(call.TargetMethod, parameter) && ResultDies(call, value.Type),
            _ => false,
        };
    }

    private bool ResultDies(IInvocationOperation call, ITypeSymbol? source)
    {
        bool isFromSpan = source is { IsRefLikeType: true } && call.Type is { IsRefLikeType: false } && !IsPending(call.Type);
        return isFromSpan || Types.IsCopyingMethod(call.TargetMethod) || Dies(call);
    }

    private bool IsKept(IMethodSymbol method, IParameterSymbol parameter) =>
        HeldTypes.IsOpaque(parameter.OriginalDefinition.Type)
        || method.MethodKind == MethodKind.LocalFunction
        || _callees.EffectOn(method, parameter, isResource: true) != CalleeEffect.Borrows;

    /// <summary>True for views of the runtime library, and for readers and writers that live no longer than their stream.</summary>
    private static bool IsWrapper(ITypeSymbol? type) =>
        Types.IsView(type) || type?.ContainingNamespace?.ToDisplayString() is "System.IO" or "System.IO.Compression";

    private bool IsHeldBy(ITypeSymbol? type) =>
        IsPending(type) || Types.MayHold(type) || (_isString && type?.SpecialType == SpecialType.System_String);

    /// <summary>True for what stands for work that may still be going on.</summary>
    private static bool IsPending(ITypeSymbol? type) => type?.Name is "Task" or "ValueTask" or "IAsyncResult"
        or "ConfiguredTaskAwaitable" or "ConfiguredValueTaskAwaitable";

    private bool IsDeclaredWithin(ILocalSymbol local) =>
        local.DeclaringSyntaxReferences.Length == 1
        && local.DeclaringSyntaxReferences[0].SyntaxTree == _scope.Syntax.SyntaxTree
        && _scope.Syntax.Span.Contains(local.DeclaringSyntaxReferences[0].Span);

    private static bool Names(IPatternOperation pattern) => pattern is IDeclarationPatternOperation { DeclaredSymbol: not null }
        or IRecursivePatternOperation { DeclaredSymbol: not null } or IListPatternOperation { DeclaredSymbol: not null };

    private static IOperation? FunctionAround(IOperation operation)
    {
        for (IOperation? outer = operation.Parent; outer is not null; outer = outer.Parent)
        {
            if (outer is IAnonymousFunctionOperation or ILocalFunctionOperation)
                return outer;
        }

        return null;
    }
}

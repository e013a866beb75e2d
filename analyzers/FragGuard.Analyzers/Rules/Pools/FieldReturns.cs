using System;
using System.Linq;
using System.Threading;
using FragGuard.Analyzers.Patterns;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace FragGuard.Analyzers.Rules.Pools;

/// <summary>Tells whether the array in a field goes back to its pool only when the object around it ends.</summary>
internal sealed class FieldReturns
{
    private readonly SourceBodies _bodies;
    private readonly ArrayPools _protocol;

    public FieldReturns(SourceBodies bodies, ArrayPools protocol)
    {
        _bodies = bodies;
        _protocol = protocol;
    }

    /// <summary>True when the type returns the array where it ends, and nowhere else hands it out.</summary>
    public bool AreOnlyAtTheEnd(IFieldSymbol field)
    {
        if (field.DeclaredAccessibility != Accessibility.Private)
            return false; // Code elsewhere may return it.

        bool atTheEnd = false;
        foreach (IMethodSymbol method in field.ContainingType.GetMembers().OfType<IMethodSymbol>())
        {
            if (_bodies.Of(method, CancellationToken.None) is not { } body || !Names(body, field))
                continue;
            bool returns = body.DescendantsAndSelf().Any(operation =>
                operation is IInvocationOperation call && _protocol.GivenBackBy(call) is not null);
            if (returns && !IsEnd(method))
                return false;
            if (!IsEnd(method) && body.DescendantsAndSelf().Any(operation => IsField(operation, field) && IsHandedOut(operation, body)))
                return false;
            atTheEnd |= returns;
        }

        return atTheEnd;
    }

    private static bool Names(IOperation body, IFieldSymbol field) =>
        body.DescendantsAndSelf().Any(operation => IsField(operation, field));

    private static bool IsField(IOperation operation, IFieldSymbol field) =>
        operation is IFieldReferenceOperation reference && SymbolEqualityComparer.Default.Equals(reference.Field, field);

    /// <summary>True when the array, or a view of it, leaves the method or goes into another variable's reach.</summary>
    private bool IsHandedOut(IOperation value, IOperation body) => value.Parent switch
    {
        IArgumentOperation { Parameter.RefKind: RefKind.Ref or RefKind.Out } => true,
        IArgumentOperation { Parent: IObjectCreationOperation view } => _protocol.Types.IsView(view.Type) && IsHandedOut(view, body),
        IArgumentOperation { Parent: IInvocationOperation call } =>
            _protocol.Types.IsViewMaker(call.TargetMethod) && IsHandedOut(call, body),
        IConversionOperation or ICoalesceOperation or IConditionalOperation => IsHandedOut(value.Parent, body),
        IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol: { } local } } => body.Descendants().Any(use =>
            use is ILocalReferenceOperation other && SymbolEqualityComparer.Default.Equals(other.Local, local) && IsHandedOut(use, body)),
        IReturnOperation or ITupleOperation => true,
        _ => false,
    };

    private static bool IsEnd(IMethodSymbol method) =>
        method.MethodKind == MethodKind.Destructor
        || method.Name is "Dispose" or "DisposeAsync" or "DisposeCore" or "DisposeAsyncCore" or "Close" or "CloseAsync"
        || method.Name.EndsWith(".Dispose", StringComparison.Ordinal)
        || method.Name.EndsWith(".DisposeAsync", StringComparison.Ordinal);
}

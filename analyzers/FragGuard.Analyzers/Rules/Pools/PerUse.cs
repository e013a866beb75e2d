using System.Collections.Generic;
using System.Collections.Immutable;
using FragGuard.Analyzers.Patterns;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace FragGuard.Analyzers.Rules.Pools;

/// <summary>Recognizes what is made to be shared, and here is made for one call and used by nobody else.</summary>
internal static class PerUse
{
    /// <summary>What a made object is used for, or null when somebody else can keep it or the member runs only once.</summary>
    /// <param name="creation">What makes the object.</param>
    /// <param name="member">The member around it.</param>
    /// <param name="takes">Names of the methods that take something from the object.</param>
    public static Use? Of(IOperation creation, ISymbol member, ICollection<string> takes)
    {
        if (RunsOnce.Is(member))
            return null;

        IOperation value = Outermost(creation);
        switch (value.Parent)
        {
            case IInvocationOperation call when call.Instance == value && takes.Contains(call.TargetMethod.Name):
                return new Use("call", Local: null);
            case IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol: { IsRef: false } local } }:
                return IsOnlyUsed(local, creation, takes) ? new Use("call", local) : null;
            case IReturnOperation returned when IsWholeGetter(returned, member):
                return new Use("access", Local: null);
            default:
                return null;
        }
    }

    /// <summary>The call or creation whose result a getter returns that does nothing else; null for other members.</summary>
    /// <param name="member">The member.</param>
    /// <param name="blocks">Its operations.</param>
    /// <param name="mayCall">False where no call is of interest, so that the operations of a getter that returns one are not made.</param>
    public static IOperation? MadeByGetter(ISymbol member, ImmutableArray<IOperation> blocks, bool mayCall)
    {
        if (member is not IMethodSymbol { MethodKind: MethodKind.PropertyGet }
            || blocks.Length != 1
            || !ReturnsMade(blocks[0].Syntax, mayCall)
            || blocks[0] is not IBlockOperation { Operations.Length: 1 } block
            || block.Operations[0] is not IReturnOperation { ReturnedValue: { } value })
        {
            return null;
        }

        while (value is IConversionOperation { OperatorMethod: null } conversion)
            value = conversion.Operand;
        return value is IInvocationOperation or IObjectCreationOperation ? value : null;
    }

    /// <summary>The same as far as the syntax tells, so that the operations of most members are not made for this.</summary>
    private static bool ReturnsMade(SyntaxNode body, bool mayCall)
    {
        ExpressionSyntax? returned = body switch
        {
            ArrowExpressionClauseSyntax arrow => arrow.Expression,
            BlockSyntax { Statements: { Count: 1 } statements } => (statements[0] as ReturnStatementSyntax)?.Expression,
            _ => null,
        };
        while (true)
        {
            switch (returned)
            {
                case ParenthesizedExpressionSyntax inner:
                    returned = inner.Expression;
                    break;
                case CastExpressionSyntax cast:
                    returned = cast.Expression;
                    break;
                case BinaryExpressionSyntax { RawKind: (int)SyntaxKind.AsExpression } conversion:
                    returned = conversion.Left;
                    break;
                case PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.SuppressNullableWarningExpression } sure:
                    returned = sure.Operand;
                    break;
                case CheckedExpressionSyntax inner:
                    returned = inner.Expression;
                    break;
                default:
                    return returned is BaseObjectCreationExpressionSyntax || (mayCall && returned is InvocationExpressionSyntax);
            }
        }
    }

    private static IOperation Outermost(IOperation value)
    {
        while (value.Parent is IConversionOperation { OperatorMethod: null } or IParenthesizedOperation)
            value = value.Parent;
        return value;
    }

    private static bool IsWholeGetter(IReturnOperation returned, ISymbol member) =>
        member is IMethodSymbol { MethodKind: MethodKind.PropertyGet }
        && returned.Parent is IBlockOperation { Operations.Length: 1, Parent: null or IMethodBodyBaseOperation };

    /// <summary>Nothing but calls on the local, none of them taking more than one thing for each time it is made.</summary>
    private static bool IsOnlyUsed(ILocalSymbol local, IOperation creation, ICollection<string> takes)
    {
        IOperation function = Function(creation);
        int loops = Loops(creation);
        bool takesOne = false;
        foreach (ILocalReferenceOperation reference in LocalReferences.In(function).To(local))
        {
            if (reference.Parent is not IInvocationOperation call
                || call.Instance != reference
                || Function(reference) != function)
            {
                return false;
            }

            if (!takes.Contains(call.TargetMethod.Name))
                continue;
            if (Loops(reference) > loops)
                return false;
            takesOne = true;
        }

        return takesOne;
    }

    private static IOperation Function(IOperation operation)
    {
        while (operation.Parent is not null and not (IAnonymousFunctionOperation or ILocalFunctionOperation))
            operation = operation.Parent;
        return operation.Parent ?? operation;
    }

    private static int Loops(IOperation operation)
    {
        int loops = 0;
        for (IOperation? around = operation.Parent;
            around is not (null or IAnonymousFunctionOperation or ILocalFunctionOperation);
            around = around.Parent)
        {
            if (around is ILoopOperation)
                loops++;
        }

        return loops;
    }

    /// <param name="Occasion">What makes another object each time: a call, or an access to a property.</param>
    /// <param name="Local">The local that holds the object; null when no variable does.</param>
    internal sealed record Use(string Occasion, ILocalSymbol? Local);
}

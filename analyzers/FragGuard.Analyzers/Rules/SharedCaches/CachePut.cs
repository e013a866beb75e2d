using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace FragGuard.Analyzers.Rules.SharedCaches;

/// <summary>How a put stores its values, and what that tells of the cache.</summary>
internal enum CachePutKind
{
    /// <summary>The object itself, in a memory cache.</summary>
    Memory,

    /// <summary>The object itself, in a dictionary, which may or may not be a cache.</summary>
    Dictionary,

    /// <summary>Bytes, in a cache that may be another process.</summary>
    Distributed,

    /// <summary>UTF-8 bytes of a string, in a cache that may be another process.</summary>
    DistributedText,

    /// <summary>The object itself, in a cache of the user's own.</summary>
    Annotated,
}

/// <summary>One operation that puts an entry into a cache.</summary>
/// <param name="Operation">The call or assignment.</param>
/// <param name="Receiver">The expression that is the cache; null for a static method of the cache.</param>
/// <param name="Values">What may become the entry.</param>
/// <param name="Method">The member or local function that contains the operation.</param>
internal sealed record CachePut(
    IOperation Operation, IOperation? Receiver, IReadOnlyList<CachePutValue> Values, CachePutKind Kind, ISymbol Method)
{
    public Location Location => LocationOf(Operation);

    /// <summary>The key, where the put names it.</summary>
    public IOperation? Key => Operation switch
    {
        IInvocationOperation call => call.Arguments.FirstOrDefault(argument => argument.Parameter?.Name is "key")?.Value,
        IAssignmentOperation { Target: IPropertyReferenceOperation { Arguments: { Length: 1 } keys } } => keys[0].Value,
        _ => null,
    };

    /// <summary>The called member or the assigned place: short, on the line where the reader looks.</summary>
    public static Location LocationOf(IOperation operation) => operation.Syntax switch
    {
        InvocationExpressionSyntax call => call.Expression.GetLocation(),
        AssignmentExpressionSyntax assignment => assignment.Left.GetLocation(),
        { } other => other.GetLocation(),
    };
}

/// <summary>A value put into a cache, or the delegate that makes it.</summary>
/// <param name="Parameter">The parameter of the put method that takes it, as declared; null for an assignment.</param>
internal readonly record struct CachePutValue(IOperation Operation, bool IsFactory, IParameterSymbol? Parameter);

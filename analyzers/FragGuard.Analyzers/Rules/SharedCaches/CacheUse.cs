using FragGuard.Analyzers.Patterns;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace FragGuard.Analyzers.Rules.SharedCaches;

/// <summary>What one reference to a cache's field does with it.</summary>
internal enum CacheUseKind
{
    /// <summary>Neither reads nor changes entries: a lock, <c>nameof</c>, <c>Dispose</c>, or the store that makes the cache.</summary>
    Nothing,

    /// <summary>Asks for one entry.</summary>
    Lookup,

    /// <summary>Puts an entry.</summary>
    Put,

    /// <summary>May remove entries, or hands the cache to somebody who may.</summary>
    Other,
}

/// <param name="Operation">The call or assignment; null when it is neither.</param>
/// <param name="Key">The key of a put.</param>
internal readonly record struct CacheUse(CacheUseKind Kind, IOperation? Operation = null, IOperation? Key = null)
{
    public static CacheUse Of(IFieldReferenceOperation reference)
    {
        IOperation cache = reference;
        while (cache.Parent is IConversionOperation or IParenthesizedOperation)
            cache = cache.Parent;
        return cache.Parent switch
        {
            ILockOperation or INameOfOperation => new(CacheUseKind.Nothing),
            ISimpleAssignmentOperation assignment when assignment.Target == cache => new(CacheUseKind.Nothing),
            IInvocationOperation call when call.Instance == cache => OfCall(call, 0),
            IArgumentOperation { Parameter.Ordinal: 0, Parent: IInvocationOperation { TargetMethod: { IsExtensionMethod: true, ContainingType.Name: "CacheExtensions" } } call } =>
                OfCall(call, 1),
            IPropertyReferenceOperation { Property.IsIndexer: true } element when element.Instance == cache => OfElement(element),
            _ => new(CacheUseKind.Other),
        };
    }

    private static CacheUse OfCall(IInvocationOperation call, int keyOrdinal) => call.TargetMethod.Name switch
    {
        "Dispose" => new(CacheUseKind.Nothing),
        "Get" or "TryGetValue" or "ContainsKey" => new(CacheUseKind.Lookup),
        "Set" or "GetOrCreate" or "GetOrCreateAsync" or "CreateEntry" or "Add" or "TryAdd" or "GetOrAdd" or "AddOrUpdate" =>
            new(CacheUseKind.Put, call, KnownLengths.Argument(call.Arguments, keyOrdinal)),
        _ => new(CacheUseKind.Other),
    };

    private static CacheUse OfElement(IPropertyReferenceOperation element) => element.Parent switch
    {
        ISimpleAssignmentOperation assignment when assignment.Target == element =>
            new(CacheUseKind.Put, assignment, KnownLengths.Argument(element.Arguments, 0)),
        ICompoundAssignmentOperation or ICoalesceAssignmentOperation or IIncrementOrDecrementOperation or IArgumentOperation { Parameter.RefKind: not RefKind.None } =>
            new(CacheUseKind.Other),
        _ => new(CacheUseKind.Lookup),
    };
}

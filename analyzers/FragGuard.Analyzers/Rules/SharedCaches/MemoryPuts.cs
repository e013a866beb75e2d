using FragGuard.Analyzers.Patterns;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace FragGuard.Analyzers.Rules.SharedCaches;

/// <summary>Calls that put an entry, of whatever type, into a memory cache.</summary>
internal static class MemoryPuts
{
    private const string Namespace = "Microsoft.Extensions.Caching.Memory.";

    public static bool IsPut(IInvocationOperation call) => call.TargetMethod.Name switch
    {
        "Set" or "GetOrCreate" or "GetOrCreateAsync" => call.TargetMethod.ContainingType?.FullName() is Namespace + "CacheExtensions",
        "CreateEntry" => call.TargetMethod.ContainingType?.FullName() is Namespace + "IMemoryCache" or Namespace + "MemoryCache"
            && IsDisposedLocal(call),
        _ => false,
    };

    public static IOperation? ReceiverOf(IInvocationOperation put) => put.Instance ?? KnownLengths.Argument(put.Arguments, 0);

    /// <summary>An entry is put when it is disposed; one that a <c>using</c> declares certainly is.</summary>
    private static bool IsDisposedLocal(IInvocationOperation call)
    {
        IOperation? around = call.Parent;
        while (around is IConversionOperation or IArgumentOperation or IInvocationOperation)
            around = around.Parent;
        if (around is not IVariableInitializerOperation { Parent: IVariableDeclaratorOperation declarator })
            return false;
        return declarator.Parent?.Parent?.Parent is IUsingOperation or IUsingDeclarationOperation
            || declarator.Parent?.Parent is IUsingOperation;
    }
}

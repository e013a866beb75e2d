using System.Collections.Generic;
using FragGuard.Analyzers.Patterns.Ownership;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace FragGuard.Analyzers.Rules.Pools;

/// <summary>The calls as written, not as lowered to the graph, with which a member returns arrays.</summary>
internal static class ReturnCalls
{
    public static IEnumerable<IInvocationOperation> In(OwnershipMember<ArrayPools> member)
    {
        Stack<IOperation> open = new(member.Body.ChildOperations);
        while (open.Count > 0)
        {
            IOperation operation = open.Pop();
            if (operation is IAnonymousFunctionOperation or ILocalFunctionOperation)
                continue; // Each has a flow graph of its own.
            if (operation is IInvocationOperation call && member.Protocol.GivenBackBy(call) is not null)
                yield return call;
            foreach (IOperation child in operation.ChildOperations)
                open.Push(child);
        }
    }
}

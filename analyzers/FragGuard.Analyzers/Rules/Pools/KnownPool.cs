using System;
using FragGuard.Analyzers.Patterns;
using FragGuard.Analyzers.Patterns.Ownership;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace FragGuard.Analyzers.Rules.Pools;

/// <summary>A pool whose sizes are known: <c>ArrayPool&lt;T&gt;.Shared</c> or one from <c>ArrayPool&lt;T&gt;.Create</c>.</summary>
/// <param name="IsShared">True for Shared.</param>
/// <param name="MostElements">Length of the longest array that the pool keeps.</param>
internal sealed record KnownPool(bool IsShared, long MostElements)
{
    private const int DefaultMostElements = 1 << 20; // Create() and, before .NET 6, Shared.

    /// <summary>The pool that the expression stands for, or null when its sizes are not known.</summary>
    /// <param name="pool">An expression of the tree as written.</param>
    /// <param name="member">The member around it.</param>
    public static KnownPool? From(IOperation pool, OwnershipMember<ArrayPools> member)
    {
        ArrayPools protocol = member.Protocol;
        IOperation origin = PoolOrigin.Of(pool, member.Body, protocol.Bodies, protocol);
        if (protocol.IsShared(origin))
            return new KnownPool(IsShared: true, SharedMost(member.Compilation));
        if (origin is not IInvocationOperation create || !protocol.IsCreation(create.TargetMethod))
            return null;
        return create.Arguments.IsEmpty
            ? new KnownPool(IsShared: false, DefaultMostElements)
            : Bounded(create, protocol.Bodies);
    }

    /// <summary>Length of the array that the pool hands out for a request.</summary>
    public int ArrayLength(int asked) => asked > MostElements ? asked : SharedPoolBuckets.ArrayLength(asked);

    private static KnownPool? Bounded(IInvocationOperation create, SourceBodies bodies) =>
        KnownLengths.Argument(create.Arguments, 0) is { } longest
        && RentedLength.Exact(longest, bodies) is { } elements and > 0
            ? new KnownPool(IsShared: false, SharedPoolBuckets.ArrayLength(Math.Min(elements, SharedPoolBuckets.LargestBucket)))
            : null;

    /// <summary>
    /// Since .NET 6 2^30 elements; 2^20 on .NET Framework, .NET Core and .NET 5. Code for .NET Standard runs on any of them.
    /// </summary>
    private static long SharedMost(Compilation compilation)
    {
        AssemblyIdentity core = compilation.ObjectType.ContainingAssembly?.Identity ?? new AssemblyIdentity("none");
        bool isOld = core.Name switch
        {
            "mscorlib" => true,
            "System.Runtime" or "System.Private.CoreLib" => core.Version >= new Version(4, 2) && core.Version.Major < 6,
            _ => false,
        };
        return isOld ? DefaultMostElements : SharedPoolBuckets.LargestBucket;
    }
}

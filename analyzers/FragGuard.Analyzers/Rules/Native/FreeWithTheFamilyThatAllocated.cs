using System;
using System.Collections.Immutable;
using FragGuard.Analyzers.Patterns.Ownership;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace FragGuard.Analyzers.Rules.Native;

/// <summary>FG4002: a native block is freed, or resized, by another allocator than the one it comes from.</summary>
internal sealed class FreeWithTheFamilyThatAllocated : IOwnershipRule<NativeBlocks>
{
    /// <summary>Property of the diagnostic: the method that frees such a block, as in <c>Marshal.FreeHGlobal</c>.</summary>
    internal const string FreeWithKey = "fragguard.freeWith";

    private static readonly DiagnosticDescriptor Rule = Descriptors.Rule(
        id: "FG4002",
        title: "Free a native block with the family that allocated it",
        message: "'{0}' is passed a block from '{1}', which lives in another heap; on Windows this corrupts a heap or ends "
            + "the process, elsewhere it works only while both share one allocator; {2}",
        category: Category.Native,
        severity: DiagnosticSeverity.Warning,
        description: "Marshal's global, task and string memory and NativeMemory's plain and aligned blocks come from "
            + "different allocators, and each can free only its own.");

    public DiagnosticDescriptor Descriptor => Rule;

    public void Judge(OwnershipMember<NativeBlocks> member)
    {
        foreach (OwnershipEvent step in member.Facts.Events)
        {
            if (step is { Kind: OwnershipEventKind.Returned, IsCertain: true, Before: OwnershipStates.Rented }
                && step.Site is IInvocationOperation allocation
                && step.Operation is IInvocationOperation free)
                Compare(member, allocation, free);
        }
    }

    private static void Compare(
        OwnershipMember<NativeBlocks> member, IInvocationOperation allocation, IInvocationOperation free)
    {
        if (member.Protocol.AllocatedBy(allocation.TargetMethod) is not { } from
            || member.Protocol.FreedBy(free.TargetMethod) is not { } with
            || from == with)
            return;
        if (!new BlockOrigin(member.Protocol, member.Body, from).IsCertain(free))
            return;

        bool isResize = member.Protocol.AllocatedBy(free.TargetMethod) is not null;
        ImmutableDictionary<string, string?> properties = ImmutableDictionary<string, string?>.Empty;
        if (!isResize && !free.TargetMethod.Name.StartsWith("Zero", StringComparison.Ordinal))
            properties = properties.Add(FreeWithKey, NativeBlocks.FreeOf(from));
        member.Report(Diagnostic.Create(
            Rule,
            free.Syntax.GetLocation(),
            properties,
            AcquisitionText.MethodOf(free.TargetMethod),
            AcquisitionText.MethodOf(allocation.TargetMethod),
            isResize ? "resize it with the same family" : $"call '{NativeBlocks.FreeOf(from)}'"));
    }
}

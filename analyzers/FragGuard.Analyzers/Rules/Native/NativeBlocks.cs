using System;
using System.Collections.Generic;
using System.Linq;
using FragGuard.Analyzers.Patterns.Mentions;
using FragGuard.Analyzers.Patterns.Ownership;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace FragGuard.Analyzers.Rules.Native;

/// <summary>The ownership protocol of native memory, over the allocators of <c>Marshal</c> and <c>NativeMemory</c>.</summary>
internal sealed class NativeBlocks : IOwnershipProtocol
{
    private static readonly Dictionary<string, NativeFamily> MarshalAllocators = new(StringComparer.Ordinal)
    {
        ["AllocHGlobal"] = NativeFamily.HGlobal,
        ["ReAllocHGlobal"] = NativeFamily.HGlobal,
        ["StringToHGlobalAnsi"] = NativeFamily.HGlobal,
        ["StringToHGlobalAuto"] = NativeFamily.HGlobal,
        ["StringToHGlobalUni"] = NativeFamily.HGlobal,
        ["SecureStringToGlobalAllocAnsi"] = NativeFamily.HGlobal,
        ["SecureStringToGlobalAllocUnicode"] = NativeFamily.HGlobal,
        ["AllocCoTaskMem"] = NativeFamily.CoTaskMem,
        ["ReAllocCoTaskMem"] = NativeFamily.CoTaskMem,
        ["StringToCoTaskMemAnsi"] = NativeFamily.CoTaskMem,
        ["StringToCoTaskMemAuto"] = NativeFamily.CoTaskMem,
        ["StringToCoTaskMemUni"] = NativeFamily.CoTaskMem,
        ["StringToCoTaskMemUTF8"] = NativeFamily.CoTaskMem,
        ["SecureStringToCoTaskMemAnsi"] = NativeFamily.CoTaskMem,
        ["SecureStringToCoTaskMemUnicode"] = NativeFamily.CoTaskMem,
        ["StringToBSTR"] = NativeFamily.Bstr,
        ["SecureStringToBSTR"] = NativeFamily.Bstr,
    };

    private static readonly Dictionary<string, NativeFamily> MarshalFrees = new(StringComparer.Ordinal)
    {
        ["FreeHGlobal"] = NativeFamily.HGlobal,
        ["ReAllocHGlobal"] = NativeFamily.HGlobal,
        ["ZeroFreeGlobalAllocAnsi"] = NativeFamily.HGlobal,
        ["ZeroFreeGlobalAllocUnicode"] = NativeFamily.HGlobal,
        ["FreeCoTaskMem"] = NativeFamily.CoTaskMem,
        ["ReAllocCoTaskMem"] = NativeFamily.CoTaskMem,
        ["ZeroFreeCoTaskMemAnsi"] = NativeFamily.CoTaskMem,
        ["ZeroFreeCoTaskMemUnicode"] = NativeFamily.CoTaskMem,
        ["ZeroFreeCoTaskMemUTF8"] = NativeFamily.CoTaskMem,
        ["FreeBSTR"] = NativeFamily.Bstr,
        ["ZeroFreeBSTR"] = NativeFamily.Bstr,
    };

    private static readonly Dictionary<string, NativeFamily> NativeMemoryAllocators = new(StringComparer.Ordinal)
    {
        ["Alloc"] = NativeFamily.NativeMemory,
        ["AllocZeroed"] = NativeFamily.NativeMemory,
        ["Realloc"] = NativeFamily.NativeMemory,
        ["AlignedAlloc"] = NativeFamily.AlignedMemory,
        ["AlignedRealloc"] = NativeFamily.AlignedMemory,
    };

    private static readonly Dictionary<string, NativeFamily> NativeMemoryFrees = new(StringComparer.Ordinal)
    {
        ["Free"] = NativeFamily.NativeMemory,
        ["Realloc"] = NativeFamily.NativeMemory,
        ["AlignedFree"] = NativeFamily.AlignedMemory,
        ["AlignedRealloc"] = NativeFamily.AlignedMemory,
    };

    private readonly INamedTypeSymbol? _marshal;
    private readonly INamedTypeSymbol? _nativeMemory;

    private NativeBlocks(INamedTypeSymbol? marshal, INamedTypeSymbol? nativeMemory)
    {
        _marshal = marshal;
        _nativeMemory = nativeMemory;
    }

    /// <summary>The protocol, or null when the compilation has no native allocator.</summary>
    public static NativeBlocks? From(KnownSymbols symbols)
    {
        INamedTypeSymbol? marshal = symbols["System.Runtime.InteropServices.Marshal"];
        INamedTypeSymbol? nativeMemory = symbols["System.Runtime.InteropServices.NativeMemory"];
        return marshal is null && nativeMemory is null ? null : new NativeBlocks(marshal, nativeMemory);
    }

    public Mentioned Words => Mentioned.NativeAllocation;

    public HeldTypes Types => AddressTypes.Instance;

    public bool Acquires(IOperation operation) =>
        operation is IInvocationOperation call
        && AllocatedBy(call.TargetMethod) is not null
        && !call.Syntax.ContainsDiagnostics
        && !call.Arguments.Any(argument => argument.Value.ConstantValue is { HasValue: true, Value: null });

    public IOperation? GivenBackBy(IInvocationOperation call)
    {
        if (FreedBy(call.TargetMethod) is null)
            return null;
        return call.Arguments.FirstOrDefault(argument => argument.Parameter?.Ordinal == 0)?.Value;
    }

    /// <summary>The family of the block that the method allocates, or null when it allocates none.</summary>
    public NativeFamily? AllocatedBy(IMethodSymbol method) => FamilyOf(method, MarshalAllocators, NativeMemoryAllocators);

    /// <summary>The family of the blocks that the method can free, or null when it frees none.</summary>
    public NativeFamily? FreedBy(IMethodSymbol method) => FamilyOf(method, MarshalFrees, NativeMemoryFrees);

    /// <summary>The method that frees a block of the family.</summary>
    public static string FreeOf(NativeFamily family) => family switch
    {
        NativeFamily.HGlobal => "Marshal.FreeHGlobal",
        NativeFamily.CoTaskMem => "Marshal.FreeCoTaskMem",
        NativeFamily.Bstr => "Marshal.FreeBSTR",
        NativeFamily.AlignedMemory => "NativeMemory.AlignedFree",
        _ => "NativeMemory.Free",
    };

    private NativeFamily? FamilyOf(
        IMethodSymbol method, Dictionary<string, NativeFamily> ofMarshal, Dictionary<string, NativeFamily> ofNativeMemory)
    {
        if (!method.IsStatic)
            return null;
        if (Is(method.ContainingType, _marshal))
            return ofMarshal.TryGetValue(method.Name, out NativeFamily family) ? family : null;
        if (Is(method.ContainingType, _nativeMemory))
            return ofNativeMemory.TryGetValue(method.Name, out NativeFamily family) ? family : null;
        return null;
    }

    private static bool Is(INamedTypeSymbol? type, INamedTypeSymbol? known) =>
        known is not null && SymbolEqualityComparer.Default.Equals(type, known);
}

using System.Collections.Generic;

namespace FragGuard.Collector.Snapshots;

/// <summary>A type of objects on the heap.</summary>
/// <param name="Id">The runtime's own number.</param>
/// <param name="Name">As the runtime writes it; nested types come without the type around them. Empty when it was not told.</param>
/// <param name="IsArray">Whether the only type argument is that of the elements.</param>
/// <param name="Kind">The runtime's element type (ECMA-335, II.23.1.16).</param>
/// <param name="Arguments">Ids of the type arguments.</param>
internal sealed record HeapType(ulong Id, string Name, bool IsArray, byte Kind, IReadOnlyList<ulong> Arguments)
{
    private const byte Text = 0x0E;
    private const byte ValueType = 0x11;
    private const byte Class = 0x12;
    private const byte Array = 0x14;
    private const byte GenericInstance = 0x15;
    private const byte Object = 0x1C;
    private const byte Vector = 0x1D;

    /// <summary>Whether a variable of the type holds a reference.</summary>
    public bool IsReference => Kind is Text or Class or Array or GenericInstance or Object or Vector;

    /// <summary>Whether a variable of the type holds no reference at all.</summary>
    public bool IsPlain => Kind is > 0 and < Text;

    /// <summary>Whether it is a struct, which may hold references.</summary>
    public bool IsStruct => Kind == ValueType;
}

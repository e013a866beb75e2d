using System.Runtime.InteropServices;

namespace FragGuard.Inspection.Nginx;

/// <summary>One page of a zone, as its descriptor and bitmap say; as long as the descriptor, in whose place it comes.</summary>
[StructLayout(LayoutKind.Sequential, Size = SlabHeaderForm.DescriptorBytes)]
internal struct ZonePage
{
    /// <summary>In no list.</summary>
    public const int NoList = -1;

    /// <summary>Its link leads nowhere in this zone.</summary>
    public const int BadLink = -2;

    /// <summary>
    /// Slots in use, one bit each, those of the page's own bitmap included; on a page of more than 64 slots, where its words
    /// start in <see cref="ZonePageTable.WideMaps"/>.
    /// </summary>
    public ulong Map;

    /// <summary>Next page of its list; the number of pages and more for a list's head.</summary>
    public int Next;

    /// <summary>Length of the free run or block that starts here; 0 on every other page.</summary>
    public int Pages;

    /// <summary>Slots in use, those of the page's own bitmap not counted.</summary>
    public ushort Used;

    /// <summary>Logarithm of the slot size of a cut page.</summary>
    public byte Shift;

    public ZonePageUse Use;
}

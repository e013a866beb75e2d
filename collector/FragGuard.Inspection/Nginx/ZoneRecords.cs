namespace FragGuard.Inspection.Nginx;

/// <summary>What is read of a zone at once: its header and list heads, and the descriptors of all pages, or of the first ones.</summary>
/// <param name="Header">What the header says.</param>
/// <param name="Head">The bytes before the descriptors.</param>
/// <param name="Pages">Descriptors, in the place of the pages that will be made of them.</param>
/// <param name="PagesRead">How many of them were read.</param>
internal sealed record ZoneRecords(SlabHeader Header, byte[] Head, ZonePageList Pages, int PagesRead);

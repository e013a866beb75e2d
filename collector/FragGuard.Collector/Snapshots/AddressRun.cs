namespace FragGuard.Collector.Snapshots;

/// <summary>Objects that the runtime listed one after the other at rising addresses.</summary>
/// <param name="Start">Address of the first.</param>
/// <param name="Last">Address of the last.</param>
/// <param name="First">Number of the first.</param>
/// <param name="Count">How many.</param>
/// <param name="PageBits">Logarithm of the bytes of a page: pages hold a few objects each.</param>
/// <param name="FirstPage">Index of its first page.</param>
internal readonly record struct AddressRun(ulong Start, ulong Last, int First, int Count, int PageBits, int FirstPage);

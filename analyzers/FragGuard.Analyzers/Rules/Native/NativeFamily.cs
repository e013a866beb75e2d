namespace FragGuard.Analyzers.Rules.Native;

/// <summary>Native allocators whose blocks only they can free.</summary>
internal enum NativeFamily
{
    HGlobal,
    CoTaskMem,
    Bstr,
    NativeMemory,
    AlignedMemory,
}

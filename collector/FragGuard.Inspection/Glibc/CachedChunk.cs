namespace FragGuard.Inspection.Glibc;

/// <summary>A freed chunk that looks used to its neighbours.</summary>
/// <param name="Start">Its address.</param>
/// <param name="Bytes">Its size, header included.</param>
/// <param name="Use"><see cref="ChunkUse.FastBin"/> or <see cref="ChunkUse.ThreadCache"/>.</param>
internal readonly record struct CachedChunk(ulong Start, ulong Bytes, ChunkUse Use);

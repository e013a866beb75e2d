namespace FragGuard.Simulation.Models.Glibc;

/// <summary>What mallinfo2 answers, by the names it gives them: counts of chunks and mappings, and bytes.</summary>
/// <param name="Arena">Bytes all arenas hold from the system.</param>
/// <param name="OrdBlks">Free chunks in bins, and the top of each arena.</param>
/// <param name="SmBlks">Chunks in fastbins.</param>
/// <param name="HBlks">Mappings.</param>
/// <param name="HBlkHd">Bytes of all mappings.</param>
/// <param name="FsmBlks">Bytes in fastbins.</param>
/// <param name="UOrdBlks">Bytes in use, blocks in threads' caches among them.</param>
/// <param name="FOrdBlks">Bytes free: in bins, fastbins and tops.</param>
/// <param name="KeepCost">Bytes of the main arena's top.</param>
public readonly record struct MallocInfo(
    long Arena, long OrdBlks, long SmBlks, long HBlks, long HBlkHd, long FsmBlks, long UOrdBlks, long FOrdBlks,
    long KeepCost);

using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using FragGuard.Inspection.Allocators;
using FragGuard.Inspection.Breakdown.Recognition;
using FragGuard.Inspection.Glibc;
using FragGuard.Inspection.Procfs;

namespace FragGuard.Inspection.Breakdown;

/// <summary>Reads what the memory of a process is for.</summary>
public static class BreakdownReader
{
    /// <param name="process">Read only; it goes on meanwhile.</param>
    /// <param name="known">Ranges whose purpose somebody knows from elsewhere; they come before all that is recognised here.</param>
    /// <exception cref="InspectionException">The process ended.</exception>
    public static ProcessBreakdown Read(InspectedProcess process, IReadOnlyList<MemoryClaim> known)
    {
        ProcessMemoryStatus status = ProcessMemoryStatus.From(process.TryReadText("status") ?? "") ?? throw Ended(process);
        IReadOnlyList<MappingUsage> usages = Usages(process);
        AddressSpace space = AddressSpace.Of(process, [.. usages.Select(static one => one.Mapping)]);
        string[] others =
        [
            .. LoadedAllocators.In(space.Mappings).Select(static one => one.Name).Where(static name => name is not LoadedAllocators.Glibc)
                .Distinct(StringComparer.Ordinal),
        ];
        MappingKinds kinds = new(space.Mappings, others);
        GlibcSnapshot? glibc = GlibcInsides.Read(space);
        ClaimMap claims = new();
        claims.Add(known);
        Recognisers.Claim(claims, space, ThreadPointers.Read(process.ProcessId), glibc);
        MappingCutter cutter = new(claims, process.Pages.Of);
        List<MemoryPiece> pieces = [.. usages.SelectMany(usage => cutter.Cut(usage, kinds.Of(usage.Mapping)))];
        long drift = Math.Abs(Usages(process).Sum(static one => one.ResidentBytes) - usages.Sum(static one => one.ResidentBytes));
        process.RequireRunning();
        return new ProcessBreakdown
        {
            Status = process.Status,
            Executable = process.Executable,
            System = System(process, usages, status),
            Parts = WithInsides(PartsOf(pieces), GlibcInsides.InsidesOf(glibc)),
            UncertainBytes = cutter.UncertainBytes,
            DriftBytes = drift,
            OtherAllocators = others,
            SharedZones = ZoneInsides.Named(ZonesOf(usages, kinds), space),
            StacksOfThreads = pieces.Count(static piece => piece.Claim.Kind == PartKind.ThreadStacks),
        };
    }

    private static IReadOnlyList<MappingUsage> Usages(InspectedProcess process)
    {
        IReadOnlyList<MappingUsage>? usages = MappingUsages.TryRead(process.ProcessId);
        process.RequireRunning();

        // The kernel lists the gate page of all processes too, which is part of none.
        return usages is { Count: > 0 } ? [.. usages.Where(static one => one.Mapping.Path is not "[vsyscall]")] : throw Ended(process);
    }

    private static List<MemoryPart> PartsOf(IEnumerable<MemoryPiece> pieces) =>
    [
        .. pieces.GroupBy(static piece => (piece.Claim.Kind, piece.Claim.Certainty, piece.Claim.How))
            .Select(static group => new MemoryPart(
                group.Key.Kind,
                group.Count(),
                group.Sum(static piece => (long)piece.Claim.Bytes),
                group.Sum(static piece => piece.AccessibleBytes),
                group.Sum(static piece => piece.ResidentBytes),
                group.Sum(static piece => piece.SwappedBytes),
                group.Sum(static piece => piece.ProportionalBytes),
                group.Sum(static piece => piece.LazyFreeBytes),
                group.Key.Certainty,
                group.Key.How))
            .OrderByDescending(static part => part.ResidentBytes)
            .ThenByDescending(static part => part.ReservedBytes)
            .ThenBy(static part => part.Kind),
    ];

    private static List<MemoryPart> WithInsides(IReadOnlyList<MemoryPart> parts, IReadOnlyDictionary<PartKind, PartInside> insides)
    {
        HashSet<PartKind> told = [];
        return [.. parts.Select(part => insides.TryGetValue(part.Kind, out PartInside? inside) && told.Add(part.Kind) ? part with { Inside = inside } : part)];
    }

    private static List<SharedZone> ZonesOf(IEnumerable<MappingUsage> usages, MappingKinds kinds) =>
    [
        .. usages.Where(one => kinds.Of(one.Mapping).Kind == PartKind.SharedMemory && one.Mapping.IsWritable)
            .Select(static one => new SharedZone(
                one.Mapping.Start, (long)one.Mapping.Bytes, one.ResidentBytes, one.SwappedBytes))
            .OrderByDescending(static zone => zone.Bytes),
    ];

    private static SystemLevel System(InspectedProcess process, IReadOnlyList<MappingUsage> usages, ProcessMemoryStatus status)
    {
        long Sum(Func<MappingUsage, long> amount) => usages.Sum(amount);
        long anonymous = Sum(static one => one.AnonymousBytes);
        long shared = Sum(static one => MappingKinds.IsSharedMemory(one.Mapping) ? one.ResidentBytes - one.AnonymousBytes : 0);
        long resident = Sum(static one => one.ResidentBytes);
        return new SystemLevel(
            Sum(static one => (long)one.Mapping.Bytes),
            Sum(static one => one.Mapping is { IsReadable: false, IsWritable: false, IsExecutable: false } ? (long)one.Mapping.Bytes : 0),
            resident,
            anonymous,
            resident - anonymous - shared,
            shared,
            Sum(static one => one.ProportionalBytes),
            Sum(static one => one.PrivateBytes),
            Sum(static one => one.SwappedBytes),
            Sum(static one => one.LazyFreeBytes),
            Sum(static one => one.HugePageBytes),
            Sum(static one => one.HugeTlbBytes),
            Sum(Untouched),
            status,
            ControlGroupMemory.Find(process.TryReadText("cgroup") ?? ""),
            Available());
    }

    private static long Untouched(MappingUsage usage) =>
        usage.Mapping.IsWritable && (usage.Mapping.Inode == 0 || MappingKinds.IsSharedMemory(usage.Mapping))
            ? Math.Max(0, (long)usage.Mapping.Bytes - usage.ResidentBytes - usage.SwappedBytes - usage.HugeTlbBytes)
            : 0;

    private static long? Available()
    {
        string line = (ProcFile.TryReadText("/proc/meminfo") ?? "").Split('\n')
            .FirstOrDefault(static one => one.StartsWith("MemAvailable:", StringComparison.Ordinal)) ?? "";
        string[] words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return words.Length == 3 && long.TryParse(words[1], NumberStyles.None, CultureInfo.InvariantCulture, out long kilobytes)
            ? kilobytes * 1024
            : null;
    }

    private static InspectionException Ended(InspectedProcess process) => new(
        InspectionFailure.NoProcess, FormattableString.Invariant($"Process {process.ProcessId} ended while it was read."));
}

using System;
using FragGuard.Simulation.Traces;

namespace FragGuard.Simulation.Workloads;

/// <summary>Reads the operation that one line of a text workload holds, its id or key left to the caller.</summary>
internal static class OperationReader
{
    private const int NumberBytes = 8;
    private const int MaxGeneration = 2;

    private static readonly AllocationEventKind[] Kinds = (AllocationEventKind[])Enum.GetValues(typeof(AllocationEventKind));
    private static readonly WordTable Operations = Words();

    /// <param name="line">The line.</param>
    /// <param name="sites">Takes the sites that are named.</param>
    /// <param name="name">The id or key, or the range of them; empty when the operation has none.</param>
    /// <exception cref="WorkloadFormatException">The line is no operation.</exception>
    public static AllocationEvent Read(WorkloadLine line, SiteTable sites, out WorkloadField name)
    {
        // The operations of most lines, without a look into the table.
        if (line.IsOperation("alloc"))
        {
            name = line.Required("id");
            return Allocation(line, sites);
        }

        if (line.IsOperation("free"))
        {
            name = line.Required("id");
            line.End();
            return new AllocationEvent(AllocationEventKind.Free, 0);
        }

        name = default;
        int word = Operations.Find(line.Bytes, line.Operation.Start, line.Operation.Length);
        if (word < 0)
            throw line.Error($"there is no operation '{line.Quote(line.Operation)}'");

        AllocationEvent read = new(Kinds[word], Id: 0);
        switch (read.Kind)
        {
            case AllocationEventKind.Pin:
            case AllocationEventKind.Unpin:
                name = line.Required("id");
                break;
            case AllocationEventKind.Reallocate:
                name = line.Required("id");
                read = read with { Bytes = line.RequiredNumber("size") };
                break;
            case AllocationEventKind.Collect:
                read = read with { Id = Generation(line) };
                break;
            case AllocationEventKind.Thread:
                read = read with { Id = line.RequiredNumber("number"), Bytes = line.HasMore ? line.RequiredNumber("core") : 0 };
                break;
            case AllocationEventKind.Time:
                read = read with { Milliseconds = line.RequiredNumber("clock") };
                break;
            case AllocationEventKind.Trim:
            case AllocationEventKind.FlushAll:
                break;
            case AllocationEventKind.FlushExpired:
                read = read with { Bytes = line.HasMore ? line.RequiredNumber("maximum") : 0 };
                break;
            case <= AllocationEventKind.Replace:
                name = line.Required("key");
                return Store(line, read);
            case AllocationEventKind.Increment:
                name = line.Required("key");
                return Increment(line, read);
            case AllocationEventKind.Touch:
                name = line.Required("key");
                return TimeToLive(line, read);
            case AllocationEventKind.PushLeft:
            case AllocationEventKind.PushRight:
                name = line.Required("key");
                read = read with { Bytes = line.RequiredNumber("value size") };
                break;
            default:
                name = line.Required("key");
                break;
        }

        line.End();
        return read;
    }

    /// <summary>The number of the site that an option names.</summary>
    public static int Site(WorkloadLine line, SiteTable sites, WorkloadField name) => name.Length == 0
        ? throw line.Error("the site has no name")
        : sites.NumberOf(line.Bytes, name.Start, name.Length);

    private static WordTable Words()
    {
        WordTable words = new();
        foreach (AllocationEventKind kind in Kinds)
            words.Add(OperationText.Of(kind));
        return words;
    }

    private static AllocationEvent Allocation(WorkloadLine line, SiteTable sites)
    {
        long bytes = line.RequiredNumber("size");
        int alignmentBytes = 0;
        BlockTraits traits = BlockTraits.None;
        int site = -1;
        while (line.HasMore)
        {
            if (line.TakeOption("site=", out WorkloadField name))
                site = Site(line, sites, name);
            else if (line.TakeOption("align=", out WorkloadField alignment))
                alignmentBytes = Alignment(line, alignment);
            else if (line.TakeFlag("zeroed"))
                traits |= BlockTraits.Zeroed;
            else if (line.TakeFlag("pinned"))
                traits |= BlockTraits.Pinned;
            else if (line.TakeFlag("movable"))
                traits |= BlockTraits.Movable;
            else if (line.TakeFlag("reclaimable"))
                traits |= BlockTraits.Reclaimable;
            else
                throw line.NoSuchOption("align=<n>, zeroed, pinned, movable, reclaimable and site=<name>");
        }

        return new AllocationEvent(
            AllocationEventKind.Allocate, 0, bytes, AlignmentBytes: alignmentBytes, Traits: traits, Site: site);
    }

    private static AllocationEvent Store(WorkloadLine line, AllocationEvent entry) =>
        TimeToLive(line, entry with { Bytes = line.RequiredNumber("value size") });

    private static AllocationEvent Increment(WorkloadLine line, AllocationEvent entry)
    {
        if (line.HasMore && line.TakeFlag("init"))
            return TimeToLive(line, entry with { Bytes = NumberBytes });
        line.End();
        return entry;
    }

    private static long Generation(WorkloadLine line)
    {
        long generation = line.RequiredNumber("generation");
        return generation <= MaxGeneration
            ? generation
            : throw line.Error($"the generation {generation} is not one of 0 to {MaxGeneration}");
    }

    private static AllocationEvent TimeToLive(WorkloadLine line, AllocationEvent entry)
    {
        while (line.HasMore)
        {
            if (!line.TakeOption("ttl=", out WorkloadField milliseconds))
                throw line.NoSuchOption("ttl=<ms>");
            entry = entry with { Milliseconds = line.NumberIn(milliseconds, "time to live") };
        }

        return entry;
    }

    private static int Alignment(WorkloadLine line, WorkloadField field)
    {
        long alignment = line.NumberIn(field, "alignment");
        if (alignment is < 1 or > 1 << 30 || (alignment & (alignment - 1)) != 0)
            throw line.Error($"the alignment {alignment} is not a power of two up to {1 << 30}");
        return (int)alignment;
    }
}

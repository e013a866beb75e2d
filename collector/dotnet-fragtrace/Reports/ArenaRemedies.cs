using System.Collections.Generic;
using System.Linq;
using FragGuard.FragTrace.Reports.Pages;

namespace FragGuard.FragTrace.Reports;

/// <summary>What would give memory of the arenas back, simulated.</summary>
internal static class ArenaRemedies
{
    public static PageSection Section(ArenaResident resident, ArenaPrediction prediction) => new(
        "What would give memory back",
        "malloc_trim: by glibc's own rule on this layout. " + Fewer(resident, prediction.Replay),
        new PageTable(
            ["remedy", ">gives back", ">heaps then keep"],
            [
                prediction.TrimReturnsBytes is { } trim
                    ? ["malloc_trim(0)", Amounts.Bytes(trim), Amounts.Bytes(resident.ResidentBytes - trim)]
                    : ["malloc_trim(0)", "not known: a heap has too many pieces", "–"],
                Limit(2, prediction.TwoArenasSaveBytes, resident, prediction.Replay),
                Limit(1, prediction.OneArenaSavesBytes, resident, prediction.Replay),
            ]))
    {
        Evidence = Evidence.Simulated,
    };

    private static string Fewer(ArenaResident resident, ArenaReplayRow replay)
    {
        const string bound = "Where one figure is given it is a bound from above, as if all free memory of the arenas beyond the fullest were never taken.";
        if (replay.ReplayedBytes is not { } replayed)
        {
            string how = replay.WhyNot is "the heaps are too large" or "the heaps have too many chunks" ? "; --simulate tries" : "";
            return $"Fewer arenas: not replayed, for {replay.WhyNot}{how}. {bound}";
        }

        return "Fewer arenas: every arena's chunks asked for once more in address order by one thread each, free memory as blocks of the sizes "
            + "in use, then freed. When the free memory was in use a snapshot does not tell, so both ends are given: all arenas at their fullest at "
            + $"once, or one after the other. With as many arenas as now the replay holds {Amounts.Bytes(replayed)}, where there are {Amounts.Bytes(resident.ResidentBytes)}.";
    }

    private static IReadOnlyList<PageCell> Limit(int arenas, long mostSaved, ArenaResident resident, ArenaReplayRow replay)
    {
        string name = $"MALLOC_ARENA_MAX={Amounts.Count(arenas)}";
        if (replay.Limits.FirstOrDefault(each => each.Arenas == arenas) is { } limit)
        {
            return
            [
                name,
                Range(resident.ResidentBytes - limit.AtOnceBytes, resident.ResidentBytes - limit.InTurnBytes),
                Range(limit.InTurnBytes, limit.AtOnceBytes),
            ];
        }

        return replay.WhyNot is null
            ? [name, "nothing: there are no more now", Amounts.Bytes(resident.ResidentBytes)]
            : [name, "at most " + Amounts.Bytes(mostSaved), "at least " + Amounts.Bytes(resident.ResidentBytes - mostSaved)];
    }

    private static string Range(long from, long to) => from <= 0 && to <= 0
        ? "nothing"
        : $"{(from <= 0 ? "nothing" : Amounts.Bytes(from))} to {Amounts.Bytes(to)}";
}

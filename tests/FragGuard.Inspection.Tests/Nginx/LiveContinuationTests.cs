using System.Linq;
using FragGuard.Inspection.Nginx;
using FragGuard.Inspection.Procfs;
using FragGuard.Simulation.Models;
using FragGuard.Simulation.Models.Nginx;
using FragGuard.Simulation.Traces;

namespace FragGuard.Inspection.Tests.Nginx;

/// <summary>A simulator that goes on from the state of a real zone, beside the real nginx that goes on as well.</summary>
public sealed class LiveContinuationTests
{
    private const int Stores = 3_000;

    private const string Fill = """
        local cats = ngx.shared.cats
        for i = 10000, 12500 do cats:set("k" .. i, string.rep("a", i * 7 % 2500)) end
        for i = 10000, 12500, 3 do cats:delete("k" .. i) end
        for i = 1, 40 do cats:rpush("list", string.rep("b", i * 10)) end
        for i = 10001, 12500, 5 do cats:get("k" .. i) end
        """;

    private const string GoOn = """
        local cats = ngx.shared.cats
        local answers = {}
        for i = 10000, 12999 do
            local ok, reason, forcible = cats:set("n" .. i, string.rep("c", i * 13 % 6000))
            answers[#answers + 1] = ok and (forcible and "f" or "o") or "n"
        end
        return table.concat(answers)
        """;

    [Fact]
    public void Stores_AreAnsweredAndPlacedAlike()
    {
        using NginxServer nginx = new();
        nginx.Lua(Fill);
        LuaSharedDictModel model = ZoneRestore.Dict(Cats(nginx));

        string real = nginx.Lua(GoOn);
        string simulated = string.Concat(Enumerable.Range(0, Stores).Select(i => model.Apply(
            new AllocationEvent(AllocationEventKind.Set, 1_000_000 + i, (10_000 + i) * 13 % 6000, KeyBytes: 6)).Answer switch
            {
                EventAnswer.Ok => 'o',
                EventAnswer.Forcible => 'f',
                _ => 'n',
            }));

        Assert.Equal(real, simulated);
        Assert.Contains('f', real);
        SlabZone after = Cats(nginx);
        Assert.Equal(after.FreeRuns, model.Pool.FreeRuns());
        for (int i = 0; i < after.Classes.Count; i++)
            Assert.Equal(after.Table.PartialPages[i], model.Pool.PartialPages(i));
        Assert.Equal(after.Dict!.Entries.Select(after.Dict.Records.OffsetBytesOf), model.ByUse().Select(item => item.OffsetBytes));
        Assert.Equal(after.Dict.EntryBytes, model.Counters.LiveRequestedBytes);
    }

    private static SlabZone Cats(NginxServer nginx)
    {
        using InspectedProcess process = InspectedProcess.Open(nginx.WorkerId);
        return NginxZones.Read(process).Zones.Single(zone => zone.Label.Name is "cats");
    }
}

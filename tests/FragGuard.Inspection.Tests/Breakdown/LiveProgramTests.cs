using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Net.Sockets;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using FragGuard.Inspection.Breakdown;
using FragGuard.Inspection.Nginx;
using FragGuard.Inspection.Procfs;
using FragGuard.Inspection.Tests.Nginx;
using FragGuard.Simulation.Tests;

namespace FragGuard.Inspection.Tests.Breakdown;

/// <summary>Breakdowns of real servers against what the servers themselves count.</summary>
public sealed class LiveProgramTests
{
    private static readonly PartKind[] OfMalloc = [PartKind.MainHeap, PartKind.Arenas, PartKind.LargeBlocks];

    [Fact]
    public void WorkerOfNginx_HasItsZonesAndItsLua()
    {
        using NginxServer nginx = new("lua_shared_dict birds 9m;");
        ProcessBreakdown before = ProcessSums.ReadAtRest(nginx.WorkerId);
        nginx.Lua("kept = {} for i = 1, 30000 do kept[i] = ('x'):rep(100) .. i end large = ('y'):rep(5000000) return 1");
        nginx.Lua("for i = 1, 500 do ngx.shared.birds:set(i, ('z'):rep(3500)) end return 1");
        long lua = nginx.LuaNumber("collectgarbage() return collectgarbage('count') * 1024");
        long capacity = nginx.LuaNumber("return ngx.shared.birds:capacity()");
        long free = nginx.LuaNumber("return ngx.shared.birds:free_space()");

        ProcessBreakdown after = ProcessSums.ReadAtRest(nginx.WorkerId);

        SharedZone birds = Assert.Single(after.SharedZones, zone => zone.Bytes == capacity);
        Assert.Equal(9 << 20, capacity);
        Assert.InRange(birds.LoadedBytes, 500 * 3500, capacity - free);
        Assert.Equal(birds.LoadedBytes, after.Resident(PartKind.SharedMemory) - after.SharedZones.Sum(zone => zone.LoadedBytes) + birds.LoadedBytes);
        Assert.True(lua > 8_000_000);
        Assert.InRange(after.Resident(PartKind.LuaJit), lua, after.Reserved(PartKind.LuaJit));
        Assert.True(before.Resident(PartKind.LuaJit) is > 0 and < 8_000_000);
        Assert.All(after.Parts, part => Assert.True(part.Kind != PartKind.LuaJit || part.Certainty == Certainty.Certain));
    }

    /// <summary>Those that the worker itself has in memory; the others are told by <c>zones</c> alone.</summary>
    [Fact]
    public void ZonesOfNginx_HaveTheirNamesAndUsedBytes()
    {
        using NginxServer nginx = new("lua_shared_dict birds 9m;");
        nginx.Lua("for i = 1, 500 do ngx.shared.birds:set(i, string.rep('b', 3500)) ngx.shared.cats:set(i, i) end");

        IReadOnlyList<SharedZone> shared = ProcessSums.ReadAtRest(nginx.WorkerId).SharedZones;

        using InspectedProcess process = InspectedProcess.Open(nginx.WorkerId);
        IReadOnlyList<SlabZone> zones = NginxZones.Read(process).Zones;
        foreach (SlabZone zone in zones)
        {
            SharedZone seen = Assert.Single(shared, each => each.Start == zone.Address);
            Assert.True(seen.UsedBytes is null || seen.UsedBytes == zone.UsedBytes, zone.Label.Name);
            Assert.True(seen.Name.Length == 0 || (seen.Name, seen.Kind) == (zone.Label.Name, zone.Label.Kind), zone.Label.Name);
        }

        SharedZone birds = Assert.Single(shared, each => each.Name is "birds");
        Assert.Equal("lua_shared_dict zone", birds.Kind);
        Assert.InRange(birds.UsedBytes ?? 0, 500 * 3500, birds.Bytes);
        Assert.Contains(shared, each => each.Name is "cats" && each.UsedBytes > 0);
    }

    [Fact]
    public void SharedMemoryThatIsNoZone_HasNoNameAndNoUsedBytes()
    {
        using TouchingChild child = new();
        child.Touch("shared");

        SharedZone shared = Assert.Single(ProcessSums.Read(child.ProcessId).SharedZones);

        Assert.Equal(("", "", null), (shared.Name, shared.Kind, shared.UsedBytes));
    }

    [Fact]
    public async Task Nginx_AnswersWhileItsWorkerIsReadAHundredTimes()
    {
        using NginxServer nginx = new();
        using CancellationTokenSource enough = new();
        using SemaphoreSlim answered = new(0);
        Task load = Task.Run(async () =>
        {
            for (int i = 0; !enough.IsCancellationRequested; i++)
            {
                Assert.Equal("limited", await nginx.GetAsync("/limited?k=" + i));
                answered.Release();
            }
        });

        for (int i = 0; i < 100; i++)
        {
            ProcessSums.AddsUp(ProcessSums.Read(nginx.WorkerId));
            if (i % 10 == 0)
                Assert.True(await answered.WaitAsync(Patience) || load.IsFaulted);
        }

        await enough.CancelAsync();
        await load;
    }

    [Fact]
    public void AllocatorOfALibrary_IsNamed_AndItsHeapIsTheRest()
    {
        string library = LivePrograms.RequireLibrary("libjemalloc.so.2");
        string? ruby = LivePrograms.Find("ruby");
        LivePrograms.Needs(ruby is not null, "ruby is not installed.");
        using ChildProgram child = ChildProgram.Start(
            ruby!, ["-e", "$stdout.sync = true; $kept = 'x' * 20_000_000; puts 1; gets"],
            new Dictionary<string, string>(StringComparer.Ordinal) { ["LD_PRELOAD"] = library });
        child.ReadLine();

        ProcessBreakdown breakdown = ProcessSums.Read(child.ProcessId);

        ProcessSums.AddsUp(breakdown);
        Assert.Equal(["jemalloc"], breakdown.OtherAllocators);
        Assert.True(breakdown.Resident(PartKind.Anonymous) > 20_000_000);
        Assert.Contains(breakdown.Parts, part => part.How.Contains("jemalloc", StringComparison.Ordinal) && part.Certainty == Certainty.Estimated);
        Assert.Equal(0, breakdown.Resident(PartKind.LargeBlocks));
    }

    [Fact]
    public void MachineCodeOfLuaJit_IsJitCode()
    {
        using NginxServer nginx = new();
        ProcessBreakdown before = ProcessSums.ReadAtRest(nginx.WorkerId);

        nginx.Lua("local sum = 0 for i = 1, 1e6 do sum = sum + i % 7 end return sum");

        Assert.Equal(0, before.Resident(PartKind.JitCode));
        Assert.True(ProcessSums.ReadAtRest(nginx.WorkerId).Resident(PartKind.JitCode) > 0);
    }

    [Fact]
    public void MasterOfNginx_AddsUpToo()
    {
        using NginxServer nginx = new();

        ProcessBreakdown master = ProcessSums.ReadAtRest(nginx.MasterId);

        Assert.NotEmpty(master.SharedZones);
        Assert.True(master.System.ProportionalBytes < master.System.ResidentBytes);
    }

    [Fact]
    public void LargeStringOfRuby_IsALargeBlock_AndThreadsGetArenas()
    {
        const long Bytes = 50_000_000;
        string? ruby = LivePrograms.Find("ruby");
        LivePrograms.Needs(ruby is not null, "ruby is not installed.");
        using ChildProgram child = ChildProgram.Start(ruby!, ["-e",
            """
            $stdout.sync = true
            puts 1
            gets
            $large = "x" * 50_000_000
            puts 2
            gets
            $threads = (1..6).map { Thread.new { kept = (1..2000).map { |i| "y" * (500 + i % 500) }; Thread.current[:kept] = kept; sleep } }
            sleep 0.01 until $threads.all? { |one| one[:kept] && one.stop? }
            puts 3
            gets
            """]);
        child.ReadLine();
        ProcessBreakdown small = ProcessSums.ReadAtRest(child.ProcessId);
        child.WriteLine("");
        child.ReadLine();
        ProcessBreakdown large = ProcessSums.ReadAtRest(child.ProcessId);
        child.WriteLine("");
        child.ReadLine();
        ProcessBreakdown threads = ProcessSums.Read(child.ProcessId);
        ProcessSums.AddsUp(threads);

        // A block has a head of 16 bytes and a whole number of pages.
        Assert.InRange(large.Resident(PartKind.LargeBlocks) - small.Resident(PartKind.LargeBlocks), Bytes, Bytes + 16 + (2 * (long)ResidentPages.PageBytes));
        Assert.Equal(0, small.Resident(PartKind.Arenas));
        Assert.True(threads.Resident(PartKind.Arenas) > 0);
        Assert.True(threads.StacksOfThreads >= small.StacksOfThreads + 6);
    }

    [Fact]
    public void ItemsOfMemcached_AreInMemoryOfMalloc()
    {
        const int Items = 20_000;
        string? program = LivePrograms.Find("memcached");
        LivePrograms.Needs(OperatingSystem.IsLinux() && program is not null, "memcached is not installed.");
        string folder = Directory.CreateTempSubdirectory("fragguard-memcached-").FullName;
        string path = Path.Combine(folder, "socket");
        string[] user = Environment.IsPrivilegedProcess ? ["-u", "root"] : [];
        using (ChildProgram child = ChildProgram.Start(program!, ["-s", path, "-U", "0", "-m", "64", .. user]))
        {
            using Socket socket = Connect(path);
            using NetworkStream stream = new(socket);
            using StreamReader answers = new(stream, Encoding.ASCII);
            string value = new('v', 1000);
            for (int i = 0; i < Items; i++)
            {
                stream.Write(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"set key{i} 0 0 1000\r\n{value}\r\n")));
                Assert.Equal("STORED", answers.ReadLine());
            }

            long claimed = Stat(stream, answers, "stats slabs", "total_malloced");
            long stored = Stat(stream, answers, "stats", "bytes");
            ProcessBreakdown breakdown = ProcessSums.Read(child.ProcessId);
            ProcessSums.AddsUp(breakdown);

            Assert.True(stored > Items * 1000);
            Assert.InRange(claimed, stored, OfMalloc.Sum(breakdown.Reserved));
            Assert.InRange(OfMalloc.Sum(breakdown.Resident), stored, breakdown.System.AnonymousBytes);
            Assert.Equal(0, breakdown.Resident(PartKind.LuaJit) + breakdown.Resident(PartKind.JitCode) + breakdown.Resident(PartKind.GcHeap));
            child.Kill();
        }

        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public void OwnProcess_HasCodeMadeAtRunTimeAndAGcHeap()
    {
        LivePrograms.Needs(OperatingSystem.IsLinux(), "Processes are inspected on Linux only.");

        // Asked before, since reading allocates too.
        long objects = GC.GetTotalMemory(forceFullCollection: false);
        ProcessBreakdown own = ProcessSums.Read(Environment.ProcessId);

        ProcessSums.AddsUp(own);
        Assert.True(own.Resident(PartKind.JitCode) > 0);
        Assert.True(own.Resident(PartKind.GcHeap) >= objects / 2);
    }

    private static long Stat(NetworkStream stream, StreamReader answers, string command, string name)
    {
        stream.Write(Encoding.ASCII.GetBytes(command + "\r\n"));
        long found = -1;
        while (answers.ReadLine() is { } line && line is not "END")
        {
            string[] words = line.Split(' ');
            if (words.Length == 3 && string.Equals(words[1], name, StringComparison.Ordinal))
                found = long.Parse(words[2], CultureInfo.InvariantCulture);
        }

        return found;
    }

    private static Socket Connect(string path)
    {
        for (int i = 0; ; i++)
        {
            Socket socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            try
            {
                socket.Connect(new UnixDomainSocketEndPoint(path));
                return socket;
            }
            catch (SocketException) when (i < 2000)
            {
                socket.Dispose();
                Thread.Sleep(20);
            }
        }
    }
}

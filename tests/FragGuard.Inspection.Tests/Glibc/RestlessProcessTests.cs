using System;
using System.Linq;
using System.Threading.Tasks;
using FragGuard.Inspection.Glibc;
using FragGuard.Inspection.Procfs;

namespace FragGuard.Inspection.Tests.Glibc;

/// <summary>Processes that change, end or are broken while they are read.</summary>
public sealed class RestlessProcessTests(ITestOutputHelper output)
{
    private const int MostReads = 1_000;

    [Fact]
    public void UnderLoad_EveryReadIsWholeOrSaysThatItIsTorn()
    {
        using MallocProgram child = MallocProgram.Start(MallocPrograms.Busy);
        int torn = 0;
        int reads = 0;
        for (; reads < 20 || (torn == 0 && reads < MostReads); reads++)
        {
            GlibcSnapshot snapshot = child.Read();
            torn += snapshot.IsConsistent ? 0 : 1;
            Assert.True(snapshot.Arenas.Count + snapshot.UnreadArenas == 4 || !snapshot.IsConsistent);
            Assert.InRange(snapshot.UnparsedBytes, 0, snapshot.SystemBytes);
            foreach (ArenaSnapshot arena in snapshot.Arenas.Where(arena => arena.IsConsistent))
                Assert.Equal(arena.SystemBytes, arena.Heaps.Sum(heap => heap.Bytes));
        }

        output.WriteLine($"{torn} of {reads} reads were torn");
        child.Ask("stop");
        Assert.NotEqual(0, torn);
        child.RequireSame(arenas: 4);
    }

    [Fact]
    public async Task ProcessThatEndsMeanwhile_IsOneClearError()
    {
        for (int i = 0; i < 5; i++)
        {
            using MallocProgram child = MallocProgram.Start(MallocPrograms.Threaded);
            Task<InspectionException> reading = Task.Run(() =>
            {
                try
                {
                    using InspectedProcess process = InspectedProcess.Open(child.ProcessId);
                    while (true)
                        GlibcInspection.Read(process);
                }
                catch (InspectionException exception)
                {
                    return exception;
                }
            });
            await Task.Delay(20 * i);
            child.Kill();

            InspectionException error = await reading;

            Assert.Equal(InspectionFailure.NoProcess, error.Failure);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public void DamagedHeap_IsSaidToBeAndTheRestIsRead(int kind)
    {
        using MallocProgram child = MallocProgram.Start(MallocPrograms.Damaged);
        GlibcSnapshot before = child.Read();
        child.Ask(FormattableString.Invariant($"damage {kind}"));

        GlibcSnapshot after = child.Read();

        Assert.True(before.IsConsistent);
        Assert.False(after.IsConsistent);
        Assert.InRange(after.UnparsedBytes, kind == 3 ? 0 : 1, before.SystemBytes * 3 / 4);
        Assert.InRange(after.Counts.FreeChunks, before.Counts.FreeChunks / 4, before.Counts.FreeChunks);
        Assert.Equal(before.SystemBytes, after.Arenas[0].Heaps.Sum(heap => heap.Bytes));
    }

    [Fact]
    public void ProcessIsNotStopped_AndItsPagesStayWhereTheyAre()
    {
        using MallocProgram child = MallocProgram.Start(MallocPrograms.Threaded);
        child.Ask("trim");
        ResidentSplit before = child.Read().Resident;

        for (int i = 0; i < 5; i++)
            Assert.Equal(before, child.Read().Resident);
        Assert.Equal('S', ProcessStatus.TryRead(child.ProcessId)!.State);
    }

    [Fact]
    public void DotNetProcess_HoldsNoMoreThanItsPrivateMemory()
    {
        using InspectedProcess self = InspectedProcess.Open(Environment.ProcessId);
        GlibcSnapshot? snapshot = GlibcInspection.Read(self);
        long privateBytes = self.Mappings().Where(mapping => mapping is { IsWritable: true, IsShared: false }).Sum(mapping => (long)mapping.Bytes);

        Assert.NotNull(snapshot);
        output.WriteLine($"{snapshot.Arenas.Count} arenas, {snapshot.SystemBytes} bytes, {snapshot.Resident}, consistent: {snapshot.IsConsistent}");
        Assert.InRange(snapshot.SystemBytes, 1, privateBytes);
        Assert.InRange(snapshot.UnparsedBytes, 0, snapshot.SystemBytes / 2);
        Assert.Contains(snapshot.Arenas, arena => arena.IsMain);
    }
}

using System;
using System.Buffers;
using System.Collections.Generic;
using System.IO;
using System.Runtime.InteropServices;
using System.Threading;

namespace FragGuard.Simulation.Tests.Targets;

/// <summary>
/// Rents from the shared pool and returns to it on <c>POOL_THREADS</c> threads, each pinned to one core, which take turns
/// of <c>POOL_TURN</c> operations. Prints the core of each thread, as the runtime sees it, and then which array came and
/// how long it is.
/// </summary>
internal static unsafe class PinnedThreadsReplay
{
    private const int MaskBytes = 1_024;

    public static void Run(BinaryReader operations, TextWriter output)
    {
        int count = operations.ReadInt32();
        byte[]?[] slots = new byte[operations.ReadInt32()][];
        NumberedObjects numbers = new();
        Operation[] script = new Operation[count];
        for (int index = 0; index < count; index++)
            script[index] = Operation.Read(operations);
        (int Number, int Length)[] answers = new (int, int)[count];

        int threadCount = Setting.Number("POOL_THREADS") ?? 1;
        int turn = Setting.Number("POOL_TURN") ?? 1;
        List<int> cores = AllowedCores();
        int[] seenCores = new int[threadCount];
        SemaphoreSlim[] turns = new SemaphoreSlim[threadCount];
        Thread[] threads = new Thread[threadCount];
        using SemaphoreSlim isReady = new(0);
        using SemaphoreSlim isDone = new(0);
        using ManualResetEventSlim isOver = new();
        for (int number = 0; number < threadCount; number++)
        {
            int self = number;
            turns[self] = new SemaphoreSlim(0);
            threads[self] = new Thread(() =>
            {
                Pin(cores[self % cores.Count]);
                seenCores[self] = Thread.GetCurrentProcessorId();
                isReady.Release();
                for (int first = self * turn; first < count; first += threadCount * turn)
                {
                    turns[self].Wait();
                    for (int index = first; index < Math.Min(first + turn, count); index++)
                        answers[index] = Play(script[index], slots, numbers);
                    (first + turn < count ? turns[(self + 1) % threadCount] : isDone).Release();
                }

                isOver.Wait();
            });
            threads[self].Start();
            isReady.Wait();
        }

        turns[0].Release();
        isDone.Wait();
        isOver.Set();
        foreach (Thread thread in threads)
            thread.Join();

        for (int self = 0; self < threadCount; self++)
            output.WriteLine(FormattableString.Invariant($"core {seenCores[self]}"));
        foreach ((int number, int length) in answers)
            output.WriteLine(FormattableString.Invariant($"array {number} {length}"));
    }

    private static (int Number, int Length) Play(Operation operation, byte[]?[] slots, NumberedObjects numbers)
    {
        if (operation.Kind == OperationKind.Allocate)
        {
            byte[] array = ArrayPool<byte>.Shared.Rent(operation.Bytes);
            slots[operation.Slot] = array;
            return (numbers.Of(array), array.Length);
        }

        ArrayPool<byte>.Shared.Return(slots[operation.Slot]!);
        slots[operation.Slot] = null;
        return (-1, 0);
    }

    private static List<int> AllowedCores()
    {
        byte* mask = stackalloc byte[MaskBytes];
        if (sched_getaffinity(0, MaskBytes, mask) < 0)
            throw new InvalidOperationException("The allowed cores cannot be read.");
        List<int> cores = [];
        for (int core = 0; core < MaskBytes * 8; core++)
        {
            if ((mask[core / 8] >> (core % 8) & 1) != 0)
                cores.Add(core);
        }

        return cores;
    }

    private static void Pin(int core)
    {
        byte* mask = stackalloc byte[MaskBytes];
        new Span<byte>(mask, MaskBytes).Clear();
        mask[core / 8] = (byte)(1 << (core % 8));
        if (sched_setaffinity(0, MaskBytes, mask) < 0)
            throw new InvalidOperationException($"A thread cannot be pinned to core {core}.");
    }

    [DllImport("libc"), DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern int sched_getaffinity(int thread, nint bytes, byte* mask);

    [DllImport("libc"), DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern int sched_setaffinity(int thread, nint bytes, byte* mask);
}

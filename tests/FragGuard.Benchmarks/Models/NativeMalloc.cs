using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using FragGuard.Simulation.Traces;

namespace FragGuard.Benchmarks.Models;

/// <summary>
/// The C library's own malloc and free, called from a loop in C that is compiled when this is made: one call from here
/// plays a whole array of operations, so nothing but the allocator is timed.
/// </summary>
public sealed class NativeMalloc : IDisposable
{
    private const string Source = """
        #include <stdlib.h>
        long play(const int *slots, const long *bytes, long operations, void **blocks) {
            long placed = 0;
            for (long i = 0; i < operations; i++) {
                if (bytes[i] >= 0) {
                    blocks[slots[i]] = malloc(bytes[i]);
                    placed += blocks[slots[i]] != NULL;
                } else {
                    free(blocks[slots[i]]);
                }
            }
            return placed;
        }
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("fragguard-malloc-").FullName;
    private readonly nint _library;
    private readonly PlayOperations _play;
    private readonly int[] _slots;
    private readonly long[] _bytes;
    private readonly nint[] _blocks;

    /// <param name="events">Allocations and frees; ids are slots, from 0.</param>
    public NativeMalloc(AllocationEvent[] events)
    {
        _slots = [.. events.Select(next => (int)next.Id)];
        _bytes = [.. events.Select(next => next.Kind == AllocationEventKind.Allocate ? next.Bytes : -1)];
        _blocks = new nint[_slots.Max() + 1];
        string source = Path.Combine(_folder, "play.c");
        string library = Path.Combine(_folder, "play.so");
        File.WriteAllText(source, Source);
        using Process compiler = Process.Start("cc", ["-O2", "-shared", "-fPIC", "-o", library, source]);
        compiler.WaitForExit();
        if (compiler.ExitCode != 0)
            throw new InvalidOperationException("cc did not compile the loop.");
        _library = NativeLibrary.Load(library);
        _play = Marshal.GetDelegateForFunctionPointer<PlayOperations>(NativeLibrary.GetExport(_library, "play"));
    }

    private delegate long PlayOperations(int[] slots, long[] bytes, long operations, nint[] blocks);

    /// <summary>Plays the operations once.</summary>
    /// <returns>Blocks that malloc gave.</returns>
    public long Play() => _play(_slots, _bytes, _slots.Length, _blocks);

    public void Dispose()
    {
        NativeLibrary.Free(_library);
        Directory.Delete(_folder, recursive: true);
    }
}

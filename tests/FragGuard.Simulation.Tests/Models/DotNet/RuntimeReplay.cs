using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Runtime.InteropServices;
using FragGuard.Simulation.Traces;

namespace FragGuard.Simulation.Tests.Models.DotNet;

/// <summary>Plays a trace in a real .NET process and reads back what its runtime did.</summary>
internal static class RuntimeReplay
{
    private static readonly string TargetsAssembly = typeof(RuntimeReplay).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(data => data.Key.Equals("TargetsAssembly", StringComparison.Ordinal)).Value!;

    /// <summary>Workstation GC that blocks in every full GC, at the defaults otherwise.</summary>
    public static IReadOnlyDictionary<string, string> Blocking { get; } =
        new Dictionary<string, string>(StringComparer.Ordinal) { ["DOTNET_gcConcurrent"] = "0" };

    public static IReadOnlyDictionary<string, string> Defaults { get; } =
        new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Lines the target printed, in order.</summary>
    /// <param name="compacts">Whether a trim compacts the large object heap, and a collect its generation.</param>
    public static IReadOnlyList<string[]> Run(
        string target, AllocationTrace trace, IReadOnlyDictionary<string, string> environment, bool compacts = false)
    {
        LivePrograms.Needs(Environment.Is64BitProcess, "the models describe 64-bit runtimes");
        LivePrograms.Needs(File.Exists(TargetsAssembly), $"{TargetsAssembly} was not built");
        string operations = Path.GetTempFileName();
        try
        {
            Write(operations, trace, compacts);
            return Start(target, operations, environment);
        }
        finally
        {
            File.Delete(operations);
        }
    }

    public static IReadOnlyList<long> Addresses(IReadOnlyList<string[]> lines) =>
        [.. lines.Where(line => line[0] is "at").Select(line => Number(line[1]))];

    public static IReadOnlyList<RuntimeGc> Collections(IReadOnlyList<string[]> lines) =>
        [.. lines.Where(line => line[0] is "gc").Select(line => new RuntimeGc(
            Number(line[1]), Number(line[2]), Number(line[3]), Number(line[4]), Number(line[5]), Number(line[6])))];

    internal static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);

    /// <summary>Blocks become slots: a slot is free again after its block died.</summary>
    private static void Write(string path, AllocationTrace trace, bool compacts)
    {
        using BinaryWriter writer = new(File.Create(path));
        AllocationEvent[] events = [.. trace.Events];
        Dictionary<long, int> slots = [];
        Stack<int> idle = [];
        int used = 0;
        List<(byte Kind, int Slot, int Bytes)> operations = [];
        foreach (AllocationEvent next in events)
        {
            switch (next.Kind)
            {
                case AllocationEventKind.Allocate:
                    int slot = idle.Count > 0 ? idle.Pop() : used++;
                    slots.Add(next.Id, slot);
                    bool pinned = next.Traits.HasFlag(BlockTraits.Pinned);
                    operations.Add(((byte)(pinned ? 4 : 0), slot, checked((int)next.Bytes)));
                    break;
                case AllocationEventKind.Free:
                    slots.Remove(next.Id, out int freed);
                    idle.Push(freed);
                    operations.Add((1, freed, 0));
                    break;
                case AllocationEventKind.Trim:
                    operations.Add(((byte)(compacts ? 3 : 2), 0, 0));
                    break;
                case AllocationEventKind.Pin:
                    operations.Add((5, slots[next.Id], 0));
                    break;
                case AllocationEventKind.Unpin:
                    operations.Add((6, slots[next.Id], 0));
                    break;
                case AllocationEventKind.Collect:
                    operations.Add(((byte)(compacts ? 8 : 7), (int)next.Id, 0));
                    break;
                default:
                    throw new ArgumentException($"{next.Kind} cannot be replayed.", nameof(trace));
            }
        }

        writer.Write(operations.Count);
        writer.Write(used);
        foreach ((byte kind, int slot, int bytes) in operations)
        {
            writer.Write(kind);
            writer.Write(slot);
            writer.Write(bytes);
        }
    }

    private static List<string[]> Start(
        string target, string operations, IReadOnlyDictionary<string, string> environment)
    {
        string program = OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet";
        string host = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", program));
        LivePrograms.Needs(File.Exists(host), $"{host} is not there");
        ProcessStartInfo start = new(host, [TargetsAssembly, target, operations])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (string name in start.Environment.Keys.Where(IsRuntimeSetting).ToArray())
            start.Environment.Remove(name);
        foreach ((string name, string value) in environment)
            start.Environment[name] = value;

        using Process process = Process.Start(start)!;
        System.Threading.Tasks.Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, errors.Result);
        return [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.TrimEnd().Split(' '))];
    }

    private static bool IsRuntimeSetting(string name) =>
        name.StartsWith("DOTNET_GC", StringComparison.OrdinalIgnoreCase)
        || name.StartsWith("DOTNET_SYSTEM_BUFFERS", StringComparison.OrdinalIgnoreCase)
        || name.StartsWith("COMPlus_", StringComparison.OrdinalIgnoreCase);
}

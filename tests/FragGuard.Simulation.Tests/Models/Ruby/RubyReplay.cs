using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;

namespace FragGuard.Simulation.Tests.Models.Ruby;

/// <summary>Plays births, deaths and full GCs in a real Ruby and reads where every object was put.</summary>
internal sealed class RubyReplay
{
    private RubyReplay(string[] lines)
    {
        string[] first = lines[0].Split(' ');
        Version = first[0];
        OwnPages = Number(first[1]);
        OwnSlots = Number(first[2]);
        FreedBefore = Number(first[3]);
        FirstAddress = Number(first[4]);
        Answers = [.. lines.Skip(1).Select(line => line.Split(' ').Select(Number).ToArray())];
    }

    public string Version { get; }

    /// <summary>Pages of the interpreter's own objects, all slots of which are taken.</summary>
    public long OwnPages { get; }

    /// <summary>Slots of those pages and of the page that the script begins.</summary>
    public long OwnSlots { get; }

    public long FreedBefore { get; }

    /// <summary>Address of an object made before the script, the first of its page.</summary>
    public long FirstAddress { get; }

    /// <summary>Per operation: the address of a new object, or allocated pages, live slots, slots and freed pages after a GC.</summary>
    public IReadOnlyList<long[]> Answers { get; }

    /// <param name="operations">As replay.rb takes them: kind and number.</param>
    public static RubyReplay Run(IEnumerable<(int Kind, int Id)> operations)
    {
        string? ruby = LivePrograms.Find("ruby");
        LivePrograms.Needs(ruby is not null, "Ruby is not installed.");
        string script = Path.Combine(AppContext.BaseDirectory, "Models", "Ruby", "replay.rb");
        string file = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        try
        {
            File.WriteAllLines(file, operations.Select(next => $"{next.Kind} {next.Id}"));
            using Process process = Process.Start(new ProcessStartInfo(ruby!, ["--disable-gems", script, file])
            {
                RedirectStandardOutput = true,
                UseShellExecute = false,
            })!;
            string output = process.StandardOutput.ReadToEnd();
            if (!process.WaitForExit(Patience))
                process.Kill();
            Assert.Equal(0, process.ExitCode);
            return new RubyReplay(output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);
}

using System;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using FragGuard.FragTrace.CommandLine;

namespace FragGuard.FragTrace.Tests.Commands;

public sealed class ArenasCommandTests
{
    private const string Script =
        "a = Array.new(20000) { |i| 'x' * (50 + i % 3000) }; a = a.each_slice(50).map(&:first); GC.start; $stdout.sync = true; puts 'ready'; $stdin.gets";

    [Fact]
    public async Task Text_GivesTheVerdictAndSaysWhatIsSimulated()
    {
        using RubyProgram ruby = RubyProgram.Start();

        ToolRun run = await ToolRun.Of("arenas", "-p", ruby.Id);

        run.Succeeded();
        Assert.Contains("trapped by fragmentation", run.Unwrapped, StringComparison.Ordinal);
        Assert.Contains("merely not given back", run.Unwrapped, StringComparison.Ordinal);
        Assert.Contains("What would give memory back [simulated]", run.Unwrapped, StringComparison.Ordinal);
        Assert.Contains("What is in memory, and why [measured]", run.Unwrapped, StringComparison.Ordinal);
        Assert.Contains("malloc_trim(0)", run.Out, StringComparison.Ordinal);
        Assert.Contains("With as many arenas as now the replay holds", run.Unwrapped, StringComparison.Ordinal);
        Assert.Contains("glibc (libc.so.6)", run.Unwrapped, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Json_AddsUp()
    {
        using RubyProgram ruby = RubyProgram.Start();

        ToolRun run = await ToolRun.Of("arenas", "--json", "-p", ruby.Id);

        run.Succeeded();
        Assert.StartsWith("{\n  \"schema\": \"fragguard.arenas/1\",", run.Out, StringComparison.Ordinal);
        JsonNode report = JsonNode.Parse(run.Out)!;
        JsonNode resident = report["resident"]!;
        long Of(string key) => (long)resident[key]!;
        Assert.Equal(int.Parse(ruby.Id, CultureInfo.InvariantCulture), (int)report["target"]!["processId"]!);
        Assert.True((bool)report["quality"]!["consistent"]!);
        Assert.True((bool)report["isGlibcInUse"]!);
        Assert.True(Of("freeBytes") > 1 << 20);
        Assert.Equal(Of("residentBytes"), Of("liveBytes") + Of("freeBytes"));
        Assert.Equal(Of("freeBytes"), Of("trappedBytes") + Of("unreleasedBytes"));
        Assert.Equal(
            Of("unreleasedBytes"), Of("trimmableBytes") + Of("topBytes") + Of("cachedBytes") + Of("headBytes"));
        Assert.Equal(Of("trimmableBytes"), (long)report["prediction"]!["trimReturnsBytes"]!);
        Assert.InRange((double)report["prediction"]!["replay"]!["replayedBytes"]!, Of("residentBytes") * 0.8, Of("residentBytes") * 1.2);
        Assert.Equal(
            (long)report["totals"]!["systemBytes"]!, (long)report["totals"]!["glibcUsedBytes"]! + (long)report["totals"]!["glibcFreeBytes"]!);
    }

    [Theory]
    [InlineData(".html", "<!DOCTYPE html>")]
    [InlineData(".svg", "<svg ")]
    [InlineData(".png", "\u0089PNG")]
    public async Task Picture_IsWrittenForItsOwnerOnly(string extension, string start)
    {
        using RubyProgram ruby = RubyProgram.Start();
        using TestFolder folder = new();
        string file = folder.PathOf("arenas" + extension);

        ToolRun run = await ToolRun.Of("arenas", "-p", ruby.Id, "-o", file);

        run.Succeeded();
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        string text = System.Text.Encoding.Latin1.GetString(await File.ReadAllBytesAsync(file));
        Assert.Contains(start, text[..200], StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task OtherAllocator_IsNamedInTheFirstLine()
    {
        string library = "/usr/lib/x86_64-linux-gnu/libjemalloc.so.2";
        if (!File.Exists(library))
            LivePrograms.Missing("libjemalloc.so.2 is not installed.");
        using RubyProgram ruby = RubyProgram.Start(library);

        ToolRun run = await ToolRun.Of("arenas", "-p", ruby.Id);

        run.Succeeded();
        Assert.StartsWith("The process uses jemalloc, not glibc's malloc", run.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("trapped by fragmentation", run.Unwrapped, StringComparison.Ordinal);
    }

    [Fact]
    public async Task NoSuchProcess_IsOneLine() =>
        (await ToolRun.Of("arenas", "-p", "2147483646")).Failed(ExitCode.Session, "There is no process 2147483646.");

    [Fact]
    public async Task ProcessIdBelowOne_IsRefused() =>
        (await ToolRun.Of("arenas", "-p", "0")).Failed(ExitCode.Arguments, "0 is not a process id.");

    /// <summary>Stands still until the end of its input.</summary>
    private sealed class RubyProgram(Process process) : IDisposable
    {
        public string Id => process.Id.ToString(CultureInfo.InvariantCulture);

        public static RubyProgram Start(string? preload = null)
        {
            if (!OperatingSystem.IsLinux())
                LivePrograms.Missing("Processes are inspected on Linux only.");
            ProcessStartInfo start = new(LivePrograms.Require("ruby"), ["-e", Script])
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                UseShellExecute = false,
            };
            if (preload is not null)
                start.Environment["LD_PRELOAD"] = preload;
            RubyProgram started = new(Process.Start(start)!);
            Assert.Equal("ready", started.ReadLine());
            return started;
        }

        public void Dispose()
        {
            process.StandardInput.Close();
            if (!process.WaitForExit(TimeSpan.FromSeconds(10)))
                process.Kill();
            process.Dispose();
        }

        private string? ReadLine() => process.StandardOutput.ReadLine();
    }
}

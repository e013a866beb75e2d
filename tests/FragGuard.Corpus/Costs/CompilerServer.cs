using System;
using System.Diagnostics;
using System.IO;
using System.Threading;
using System.Threading.Tasks;

namespace FragGuard.Corpus.Costs;

/// <summary>A compiler process of its own, which builds what it is told, one build after the other.</summary>
internal sealed class CompilerServer : IAsyncDisposable
{
    private const int MostPrinted = 2_000; // characters

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly Toolset _tools;
    private readonly string _pipe = $"fragguard-cost-{Guid.NewGuid():n}";
    private readonly Process _process;

    private CompilerServer(Toolset tools, bool isSampled)
    {
        _tools = tools;
        _process = Start(tools.Server, isSampled, $"-pipename:{_pipe}");
    }

    /// <summary>A pipe is a file: in a folder of its own on Windows, a socket among the temporary files elsewhere.</summary>
    private string Pipe => OperatingSystem.IsWindows() ? $@"\\.\pipe\{_pipe}" : $"/tmp/{_pipe}";

    /// <summary>What a file of samples has of the process. It has to be running: its methods are named by a map that grows with them.</summary>
    public SampledParts Read(string samples) => Sampler.Read(samples, _process.Id, SampledRow.Classes);

    /// <param name="tools">The compiler.</param>
    /// <param name="isSampled">Whether it tells profilers where its methods are, which makes it slower.</param>
    /// <param name="cancellation">Stops it.</param>
    public static async Task<CompilerServer> StartAsync(Toolset tools, bool isSampled, CancellationToken cancellation)
    {
        CompilerServer server = new(tools, isSampled);
        try
        {
            Stopwatch waiting = Stopwatch.StartNew();
            while (!File.Exists(server.Pipe))
            {
                if (server._process.HasExited || waiting.Elapsed > Patience)
                    throw new InvalidOperationException("The compiler's server does not listen.");
                await Task.Delay(TimeSpan.FromMilliseconds(100), cancellation).ConfigureAwait(false);
            }

            return server;
        }
        catch
        {
            await server.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Builds, and gives back what the compiler printed.</summary>
    public async Task<string> BuildAsync(string responseFile, CancellationToken cancellation)
    {
        TimeSpan before = _process.TotalProcessorTime;
        using Process client = Start(_tools.Compiler, isSampled: false, $"/shared:{_pipe}", "/keepalive:600", $"@{responseFile}");
        Task<string> printed = client.StandardOutput.ReadToEndAsync(cancellation);
        await client.WaitForExitAsync(cancellation).ConfigureAwait(false);
        _process.Refresh();
        if (_process.HasExited || _process.TotalProcessorTime == before)
            throw new InvalidOperationException($"The compiler's server had no part in the build: {Beginning(await printed.ConfigureAwait(false))}");
        return await printed.ConfigureAwait(false);
    }

    /// <summary>Builds while a profiler samples into a file.</summary>
    public async Task<string> BuildSampledAsync(string responseFile, string samples, CancellationToken cancellation)
    {
        Sampler sampler = await Sampler.StartAsync(samples, cancellation).ConfigureAwait(false);
        await using (sampler.ConfigureAwait(false))
            return await BuildAsync(responseFile, cancellation).ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync().ConfigureAwait(false);
        }

        if (!OperatingSystem.IsWindows())
        {
            File.Delete(Pipe);
            File.Delete($"/tmp/perf-{_process.Id}.map");
            File.Delete($"/tmp/perfinfo-{_process.Id}.map");
        }

        _process.Dispose();
    }

    private static string Beginning(string printed) => printed[..Math.Min(printed.Length, MostPrinted)];

    private Process Start(string assembly, bool isSampled, params string[] arguments)
    {
        ProcessStartInfo start = new(_tools.Dotnet, [assembly, .. arguments]) { RedirectStandardOutput = true, UseShellExecute = false };
        start.Environment["LC_ALL"] = "C"; // The table has its numbers in this form.
        if (isSampled)
        {
            start.Environment["DOTNET_PerfMapEnabled"] = "1";
            start.Environment["DOTNET_EnableWriteXorExecute"] = "0"; // Methods are where the map says.
        }

        return Process.Start(start)!;
    }
}

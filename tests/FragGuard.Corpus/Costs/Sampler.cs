using System;
using System.Collections.Immutable;
using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Threading;
using System.Threading.Tasks;

namespace FragGuard.Corpus.Costs;

/// <summary>Linux's <c>perf</c>, which samples the stacks of one process.</summary>
internal sealed class Sampler : IAsyncDisposable
{
    private const int SamplesPerSecond = 999;
    private const string Ready = "ready";

    private readonly Process _process;

    private Sampler(Process process) => _process = process;

    /// <summary>True where the program can be started.</summary>
    public static bool IsHere
    {
        get
        {
            try
            {
                using Process asked = Start("--version");
                asked.StandardOutput.ReadToEnd();
                asked.WaitForExit();
                return asked.ExitCode == 0;
            }
            catch (Win32Exception)
            {
                return false;
            }
        }
    }

    /// <summary>Begins to sample a process into a file, until it is disposed.</summary>
    public static async Task<Sampler> StartAsync(int process, string file, CancellationToken cancellation)
    {
        // It samples as long as the command behind the dashes runs, which ends with its input.
        Sampler sampler = new(Start(
            "record", "-q", "-F", SamplesPerSecond.ToString(CultureInfo.InvariantCulture), "--call-graph", "fp",
            "-p", process.ToString(CultureInfo.InvariantCulture), "-o", file, "--", "sh", "-c", $"echo {Ready}; cat"));
        if (string.Equals(await sampler._process.StandardOutput.ReadLineAsync(cancellation).ConfigureAwait(false), Ready, StringComparison.Ordinal))
            return sampler;
        await sampler.DisposeAsync().ConfigureAwait(false);
        throw new InvalidOperationException("perf does not sample the compiler; may this user ask it to?");
    }

    /// <summary>What is in a file of samples.</summary>
    public static SampledParts Read(string file, ImmutableHashSet<string> parts)
    {
        using Process script = Start("script", "-i", file, "-F", "ip,sym");
        SampledParts read = SampledParts.Read(script.StandardOutput, parts);
        script.WaitForExit();
        return read;
    }

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync().ConfigureAwait(false);
        _process.Dispose();
    }

    private static Process Start(params string[] arguments) => Process.Start(new ProcessStartInfo("perf", arguments)
    {
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
        UseShellExecute = false,
    })!;
}

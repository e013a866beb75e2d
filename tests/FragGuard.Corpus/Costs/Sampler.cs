using System;
using System.Collections.Immutable;
using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Threading;
using System.Threading.Tasks;

namespace FragGuard.Corpus.Costs;

/// <summary>Linux's <c>perf</c>, which samples stacks.</summary>
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

    /// <summary>Begins to sample all processes into a file, until it is disposed: a buffer per processor takes far less than one per thread.</summary>
    public static async Task<Sampler> StartAsync(string file, CancellationToken cancellation)
    {
        // It samples as long as the command behind the dashes runs, which ends with its input.
        Sampler sampler = new(Start(
            "record", "-q", "-a", "-F", SamplesPerSecond.ToString(CultureInfo.InvariantCulture), "--call-graph", "fp", "-o", file, "--", "sh", "-c", $"echo {Ready}; cat"));
        if (string.Equals(await sampler._process.StandardOutput.ReadLineAsync(cancellation).ConfigureAwait(false), Ready, StringComparison.Ordinal))
            return sampler;
        await sampler.DisposeAsync().ConfigureAwait(false);
        throw new InvalidOperationException("perf does not sample; may this user sample all processes?");
    }

    /// <summary>What a file has of one process.</summary>
    public static SampledParts Read(string file, int process, ImmutableHashSet<string> parts)
    {
        using Process script = Start("script", "-i", file, "--pid", process.ToString(CultureInfo.InvariantCulture), "-F", "ip,sym");
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

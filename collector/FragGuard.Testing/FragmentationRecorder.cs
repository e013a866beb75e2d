using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Runtime;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Tasks;

namespace FragGuard.Testing;

/// <summary>
/// Records the own process or another one with dotnet-fragtrace. What is measured is the whole process: let no other test
/// run beside a recorded one.
/// </summary>
public static class FragmentationRecorder
{
    // Far longer than a thread takes to leave the frames of those who wait.
    private static readonly TimeSpan StackEnds = TimeSpan.FromMilliseconds(20);

    private static readonly SemaphoreSlim OneAtATime = new(1);

    // What the recorded work starts sees it too, and may outlive the recording: hence a box.
    private static readonly AsyncLocal<StrongBox<bool>?> IsRecorded = new();

    /// <summary>Records this process while the work runs.</summary>
    /// <param name="cancellation">Ends the recording, but not the work, which is waited for.</param>
    /// <exception cref="FragmentationToolException">The tool is missing or failed.</exception>
    /// <exception cref="InvalidOperationException">The work of another recording asks for it.</exception>
    public static Task<FragmentationRun> RecordAsync(
        Func<Task> work, RecorderOptions? options = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(work);
        return RecordAndMeasureAsync<object?, FragmentationRun>(
            async () =>
            {
                await work().ConfigureAwait(false);
                return null;
            },
            static (files, figures, _) => new FragmentationRun(files, figures),
            options ?? new RecorderOptions(),
            cancellation);
    }

    /// <summary>Records this process while the work runs; what the work returns is alive until the heap is measured.</summary>
    /// <param name="cancellation">Ends the recording, but not the work, which is waited for.</param>
    /// <exception cref="FragmentationToolException">The tool is missing or failed.</exception>
    /// <exception cref="InvalidOperationException">The work of another recording asks for it.</exception>
    public static Task<FragmentationRun<T>> RecordAsync<T>(
        Func<Task<T>> work, RecorderOptions? options = null, CancellationToken cancellation = default) =>
        RecordAndMeasureAsync(
            work,
            static (files, figures, value) => new FragmentationRun<T>(files, figures, value),
            options ?? new RecorderOptions(),
            cancellation);

    /// <summary>Starts a process, and records it to its end.</summary>
    /// <param name="start">Program, <c>ArgumentList</c>, environment and folder; redirections are left out.</param>
    /// <param name="cancellation">Ends the process with its recording.</param>
    /// <exception cref="FragmentationToolException">The tool is missing or failed, or the process is no .NET process.</exception>
    public static async Task<FragmentationRun> RecordProcessAsync(
        ProcessStartInfo start, RecorderOptions? options = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(start);
        if (start.Arguments.Length > 0)
            throw new ArgumentException("The arguments are taken from ArgumentList; Arguments is one text.", nameof(start));
        RecorderOptions chosen = options ?? new RecorderOptions();
        RunFiles files = RunFiles.Of(chosen);
        string[] arguments =
        [
            "collect", "--profile", chosen.Profile, "-o", files.Recording, "--json", "--stop-on-end-of-input", "--",
            PathOf(start.FileName), .. start.ArgumentList,
        ];
        ToolCall call = ToolCall.Start(chosen, arguments, tool =>
        {
            tool.WorkingDirectory = start.WorkingDirectory;
            tool.Environment.Clear();
            foreach ((string name, string? value) in start.Environment)
                tool.Environment[name] = value;
        });
        await using (call.ConfigureAwait(false))
        {
            (int code, string output) = await call.EndAsync(cancellation, isPatient: true).ConfigureAwait(false);
            if (output.Length == 0)
                throw call.Failed(code);
            RunFigures figures = await Measured.RecordingAsync(files, chosen, RecordedEnd.OfProcess(output), cancellation).ConfigureAwait(false);
            return new FragmentationRun(files, figures);
        }
    }

    /// <summary>Builds a project with the rules, or takes a built assembly, and records a run of it to its end.</summary>
    /// <param name="program">A C# project, a folder with one, or an assembly; seen from the current directory.</param>
    /// <param name="cancellation">Ends the program with its recording.</param>
    /// <exception cref="FragmentationToolException">The tool is missing or failed, or the project does not build.</exception>
    public static async Task<FragmentationRun> RecordProcessAsync(
        string program, IEnumerable<string> arguments, RecorderOptions? options = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(program);
        ArgumentNullException.ThrowIfNull(arguments);
        RecorderOptions chosen = options ?? new RecorderOptions();
        RunFiles files = RunFiles.Of(chosen);
        string[] words =
        [
            "run", program, "-o", files.Report, "--json", .. chosen.Findings.SelectMany(file => (string[])["--findings", file]),
            "--", .. arguments,
        ];
        ToolCall call = ToolCall.Start(chosen, words);
        await using (call.ConfigureAwait(false))
        {
            (int code, string output) = await call.EndAsync(cancellation, isPatient: true).ConfigureAwait(false);
            if (output.Length == 0)
                throw call.Failed(code);
            await File.WriteAllTextAsync(files.Result, output, cancellation).ConfigureAwait(false);
            bool hasFindings = chosen.Findings.Count > 0 || !program.EndsWith(".dll", StringComparison.OrdinalIgnoreCase);
            RunFigures figures = await Measured.ResultAsync(
                files, chosen, hasFindings ? Measured.FindingsOf(output) : null, RecordedEnd.OfProgram(output), cancellation).ConfigureAwait(false);
            return new FragmentationRun(files, figures);
        }
    }

    private static async Task<TRun> RecordAndMeasureAsync<T, TRun>(
        Func<Task<T>> work, Func<RunFiles, RunFigures, T, TRun> make, RecorderOptions options, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(work);
        if (IsRecorded.Value is { Value: true })
            throw new InvalidOperationException("A recording cannot begin inside a recorded delegate: each would wait for the other to end.");
        await OneAtATime.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            RunFiles files = RunFiles.Of(options);
            (T value, RecordedEnd end) = await RecordOwnAsync(work, files, options, cancellation).ConfigureAwait(false);
            return make(files, await Measured.RecordingAsync(files, options, end, cancellation).ConfigureAwait(false), value);
        }
        finally
        {
            OneAtATime.Release();
        }
    }

    private static async Task<(T Value, RecordedEnd End)> RecordOwnAsync<T>(
        Func<Task<T>> work, RunFiles files, RecorderOptions options, CancellationToken cancellation)
    {
        string own = Environment.ProcessId.ToString(CultureInfo.InvariantCulture);
        string[] arguments =
        [
            "collect", "-p", own, "--profile", options.Profile, "-o", files.Recording, "--json", "--stop-on-end-of-input",
        ];
        if (options.CompactsFirst)
            await CompactAsync(cancellation).ConfigureAwait(false);

        ToolCall call = ToolCall.Start(options, arguments);
        await using (call.ConfigureAwait(false))
        {
            await call.BeganAsync(cancellation).ConfigureAwait(false);
            T value = await RunAsync(work).ConfigureAwait(false);
            for (int i = 0; i < options.FullGcsAtEnd; i++)
                GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: true, compacting: false);
            GC.KeepAlive(value);
            call.Stop();
            (int code, string output) = await call.EndAsync(cancellation).ConfigureAwait(false);
            return code == 0 ? (value, RecordedEnd.OfWork(output)) : throw call.Failed(code);
        }
    }

    private static async Task<T> RunAsync<T>(Func<Task<T>> work)
    {
        StrongBox<bool> isRecorded = new(value: true);
        IsRecorded.Value = isRecorded;
        try
        {
            return await work().ConfigureAwait(false);
        }
        finally
        {
            isRecorded.Value = false;
        }
    }

    /// <summary>
    /// What the caller, or an earlier test on its stack, holds until this returns would leave holes later, as would what waits for its
    /// finalizer: the stack comes to its end first, and a second GC follows the finalizers.
    /// </summary>
    private static async Task CompactAsync(CancellationToken cancellation)
    {
        await Task.Delay(StackEnds, cancellation).ConfigureAwait(false);
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GCSettings.LargeObjectHeapCompactionMode = GCLargeObjectHeapCompactionMode.CompactOnce;
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: true, compacting: true);
    }

    /// <summary>As <see cref="Process"/> looks for it: in the current directory first, whatever folder the program is to run in.</summary>
    private static string PathOf(string program) => File.Exists(program) ? Path.GetFullPath(program) : program;
}

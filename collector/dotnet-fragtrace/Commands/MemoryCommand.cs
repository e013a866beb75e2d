using System;
using System.Collections.Generic;
using System.CommandLine;
using System.Threading.Tasks;
using FragGuard.FragTrace.CommandLine;
using FragGuard.FragTrace.Reports;
using FragGuard.FragTrace.Reports.Pages;
using FragGuard.Inspection.Breakdown;
using FragGuard.Inspection.Breakdown.Recognition;
using FragGuard.Inspection.Procfs;

namespace FragGuard.FragTrace.Commands;

/// <summary><c>memory</c>: the whole memory of any process, and what it is for.</summary>
internal sealed class MemoryCommand
{
    private const double LongestWait = 3600;

    private readonly Option<int> _process = InspectedProcessOption.Create();

    private readonly Option<double> _wait = new("--wait", "-w")
    {
        Description = "A .NET process only: how long to wait for a GC, which tells where the generations lie. 0: the runtime is not asked. "
            + "One that does not answer at all is given up 20 seconds later.",
        DefaultValueFactory = _ => 2,
        HelpName = "seconds",
        CustomParser = NumberText.Real,
    };

    private readonly Option<bool> _forced = new("--gc")
    {
        Description = "A .NET process only: force a full blocking GC, so that the generations are known and hold live objects alone.",
    };

    private readonly ResultOutput _output = new(ResultForms.All, isPrivate: true);
    private readonly ToolConsole _console;

    private MemoryCommand(ToolConsole console) => _console = console;

    public static Command Create(ToolConsole console)
    {
        MemoryCommand verb = new(console);
        Command command = new("memory", "Show the memory of any process, and what it is for: the parts add up to what is resident.")
        {
            verb._process,
            verb._wait,
            verb._forced,
        };
        verb._output.AddTo(command);
        command.SetAction((parsed, _) => verb.RunAsync(parsed));
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed)
    {
        int processId = parsed.GetValue(_process);
        double seconds = parsed.GetValue(_wait);
        if (seconds is not (>= 0 and <= LongestWait))
            throw new FragTraceException(FormattableString.Invariant($"--wait is from 0 to {LongestWait} seconds."), ExitCode.Arguments);
        bool isForcing = parsed.GetValue(_forced);
        if (isForcing && seconds == 0)
            throw new FragTraceException("--gc and --wait 0 exclude each other.", ExitCode.Arguments);
        _output.Prepare(parsed);

        MemoryReport report = await LookAsync(processId, TimeSpan.FromSeconds(seconds), isForcing).ConfigureAwait(false);
        _output.Write(parsed, new ResultForms<MemoryReport>(report, ReportJson.Default.MemoryReport, () => MemoryPage.Build(report)), _console);
        return (int)ExitCode.Ok;
    }

    private async Task<MemoryReport> LookAsync(int processId, TimeSpan patience, bool isForcing)
    {
        using InspectedProcess process = InspectionErrors.Run(() => InspectedProcess.Open(processId));
        IReadOnlyList<MemoryClaim> known = [];
        MemoryGc? gc = null;
        if (InspectionErrors.Run(() => DotNetReserve.IsLoaded(process.Mappings())))
        {
            if (isForcing)
                _console.Note(await ForcedGcNote.OfAsync(processId, $"This forces a blocking full GC of process {processId}.").ConfigureAwait(false));
            (known, gc) = await AskAsync(processId, patience, isForcing).ConfigureAwait(false);
        }
        else if (isForcing)
        {
            throw new FragTraceException($"Process {processId} has no .NET runtime: --gc is for .NET processes.", ExitCode.Arguments);
        }

        ProcessBreakdown read = InspectionErrors.Run(() => BreakdownReader.Read(process, known));
        if (gc?.Counters is { } counters)
            read = read with { Parts = CountedGcHeap.Divide(read.Parts, counters.HeapBytes, counters.CommittedBytes) };
        return MemoryReportBuilder.Build(read, gc);
    }

    /// <summary>A signal stops the asking cleanly; all that comes before and after it ends at once by one.</summary>
    private async Task<(IReadOnlyList<MemoryClaim> Claims, MemoryGc Gc)> AskAsync(int processId, TimeSpan patience, bool isForcing)
    {
        using StopSignals signals = new();
        if (patience > TimeSpan.Zero)
            _console.Progress($"Waiting for the runtime of process {processId} and a GC; Ctrl+C ends this.");
        try
        {
            return await GcRegions.AskAsync(processId, patience, isForcing, signals.Stop).ConfigureAwait(false);
        }
        finally
        {
            _console.ClearProgress();
        }
    }
}

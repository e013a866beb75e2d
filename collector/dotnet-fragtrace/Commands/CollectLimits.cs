using System;
using System.CommandLine;
using System.Linq;
using FragGuard.Collector.Feeds;
using FragGuard.Collector.Sessions;
using FragGuard.FragTrace.CommandLine;
using FragGuard.Simulation.Models;

namespace FragGuard.FragTrace.Commands;

/// <summary>The options of <c>collect</c> that say what to record, and when to stop by itself.</summary>
internal sealed class CollectLimits
{
    private const string Drop = "drop";
    private const string Block = "block";

    private readonly Option<string> _profile = new("--profile")
    {
        Description = $"What to record: {ProfileNames}; list-profiles says more.",
        DefaultValueFactory = _ => TraceProfile.Run.Name,
        HelpName = "name",
    };

    private readonly Option<TimeSpan?> _duration = DurationOption.Create();
    private readonly Option<int> _bufferSize = new("--buffersize")
    {
        Description = "Event buffer in MB; it counts as the target's memory.",
        DefaultValueFactory = _ => 256,
        HelpName = "MB",
        CustomParser = NumberText.Whole,
    };

    private readonly Option<string> _bufferingMode = new("--buffering-mode")
    {
        Description = "What the target does when the buffer is full: drop loses events, block lets its threads wait (.NET 11 and later).",
        DefaultValueFactory = _ => Drop,
        HelpName = "drop|block",
    };

    private readonly Option<string?> _maxSize = new("--max-size")
    {
        Description = "Stop cleanly once the recording is this large, such as 500m.",
        HelpName = "bytes",
    };

    private readonly Option<string> _minFreeSpace = new("--min-free-space")
    {
        Description = "Stop cleanly once the disk has less than this free; 0: never.",
        DefaultValueFactory = _ => "100m",
        HelpName = "bytes",
    };

    private static string ProfileNames => string.Join(", ", TraceProfile.All.Select(profile => profile.Name));

    public void AddTo(Command verb)
    {
        verb.Add(_profile);
        verb.Add(_duration);
        verb.Add(_bufferSize);
        verb.Add(_bufferingMode);
        verb.Add(_maxSize);
        verb.Add(_minFreeSpace);
    }

    /// <exception cref="FragTraceException">A value makes no sense.</exception>
    public RecordingOptions OptionsOf(ParseResult parsed, string file)
    {
        int bufferMegabytes = parsed.GetValue(_bufferSize);
        if (bufferMegabytes is < 1 or > 4_096)
            throw new FragTraceException("--buffersize is from 1 to 4096 MB.", ExitCode.Arguments);
        return new RecordingOptions(file, ProfileOf(parsed))
        {
            BufferMegabytes = bufferMegabytes,
            WantsLossless = WantsLossless(parsed),
            MaxBytes = parsed.GetValue(_maxSize) is { } size ? Bytes("--max-size", size, fewest: 1) : null,
            MaxDuration = parsed.GetValue(_duration),
            MinFreeBytes = Bytes("--min-free-space", parsed.GetRequiredValue(_minFreeSpace), fewest: 0),
        };
    }

    private TraceProfile ProfileOf(ParseResult parsed)
    {
        string name = parsed.GetRequiredValue(_profile);
        return TraceProfile.All.FirstOrDefault(profile => string.Equals(profile.Name, name, StringComparison.Ordinal))
            ?? throw new FragTraceException($"There is no profile '{name}'; known: {ProfileNames}.", ExitCode.Arguments);
    }

    private bool WantsLossless(ParseResult parsed)
    {
        string mode = parsed.GetRequiredValue(_bufferingMode);
        if (string.Equals(mode, Block, StringComparison.OrdinalIgnoreCase))
            return true;
        return string.Equals(mode, Drop, StringComparison.OrdinalIgnoreCase)
            ? false
            : throw new FragTraceException($"--buffering-mode is {Drop} or {Block}, not '{mode}'.", ExitCode.Arguments);
    }

    private static long Bytes(string option, string text, long fewest) =>
        ByteCounts.TryParse(text, out long bytes) && bytes >= fewest
            ? bytes
            : throw new FragTraceException($"{option} {text} is not a byte count such as 500m.", ExitCode.Arguments);
}

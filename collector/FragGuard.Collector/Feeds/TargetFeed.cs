using System.Globalization;
using FragGuard.Collector.Events;
using FragGuard.Collector.Recordings;

namespace FragGuard.Collector.Feeds;

/// <summary>Who was recorded: sent by every session without being asked for.</summary>
internal sealed class TargetFeed
{
    private const string Provider = "Microsoft-DotNETCore-EventPipe";
    private const int MaxTextLength = 1 << 15;

    private string _commandLine = "";
    private string _operatingSystem = "";
    private string _architecture = "";
    private string _runtimeVersion = "";

    /// <summary>Whether the recording began before the program did.</summary>
    public bool SawStart { get; private set; }

    public TargetFeed(EventRouter router)
    {
        router.On(Provider, 1, OnProcess);
        router.On(RuntimeEvents.Provider, RuntimeEvents.RuntimeStart, OnStart);
        router.On(RuntimeEvents.Rundown, RuntimeEvents.RuntimeStart, OnRuntime);
    }

    /// <summary>Bytes of a pointer in the recorded process.</summary>
    public int PointerBytes { get; private set; } = sizeof(long);

    public RecordedTarget Build(ReadingState reading) => new(
        reading.ProcessId, _commandLine, _runtimeVersion, _operatingSystem, _architecture, reading.Processors);

    private void OnProcess(in RecordedEvent recorded)
    {
        Payload fields = recorded.Fields;
        PointerBytes = recorded.PointerBytes;
        _commandLine = Short(fields.ReadText());
        _operatingSystem = Short(fields.ReadText());
        _architecture = Short(fields.ReadText());
    }

    private void OnStart(in RecordedEvent recorded)
    {
        SawStart = true;
        OnRuntime(recorded);
    }

    private static string Short(string text) => text.Length <= MaxTextLength ? text : text[..MaxTextLength];

    private void OnRuntime(in RecordedEvent recorded)
    {
        Payload fields = recorded.Fields;
        fields.Skip(2 * sizeof(ushort));
        int major = fields.ReadInt16();
        int minor = fields.ReadInt16();
        int build = fields.ReadInt16();
        // Before .NET 5 every version calls itself 4.0.0.
        if (major < 5)
            return;
        _runtimeVersion = string.Create(CultureInfo.InvariantCulture, $"{major}.{minor}.{build}");
    }
}

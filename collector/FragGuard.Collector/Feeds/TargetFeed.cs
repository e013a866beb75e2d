using System;
using System.Globalization;
using FragGuard.Collector.Recordings;
using Microsoft.Diagnostics.Tracing;
using Microsoft.Diagnostics.Tracing.Parsers;
using Microsoft.Diagnostics.Tracing.Parsers.Clr;
using Microsoft.Diagnostics.Tracing.Session;

namespace FragGuard.Collector.Feeds;

/// <summary>Who was recorded: sent by every session without being asked for.</summary>
internal sealed class TargetFeed
{
    private static readonly Guid ProviderId = TraceEventProviders.GetEventSourceGuidFromName("Microsoft-DotNETCore-EventPipe");

    private readonly EventPipeEventSource _source;
    private string _commandLine = "";
    private string _operatingSystem = "";
    private string _architecture = "";
    private string _runtimeVersion = "";
    private int _processId;

    public TargetFeed(EventPipeEventSource source, ClrTraceEventParser runtime)
    {
        _source = source;
        source.AllEvents += OnEvent;
        runtime.RuntimeStart += OnRuntime;
        new ClrRundownTraceEventParser(source).RuntimeStart += OnRuntime;
    }

    public RecordedTarget Build() => new(
        _processId, _commandLine, _runtimeVersion, _operatingSystem, _architecture, Math.Max(0, _source.NumberOfProcessors));

    private void OnEvent(TraceEvent data)
    {
        if (_processId == 0 && data.ProcessID > 0)
            _processId = data.ProcessID;
        if ((int)data.ID != 1 || data.ProviderGuid != ProviderId)
            return;

        Payload payload = new(data);
        _commandLine = payload.ReadText();
        _operatingSystem = payload.ReadText();
        _architecture = payload.ReadText();
    }

    private void OnRuntime(RuntimeInformationTraceData data) => _runtimeVersion = string.Create(
        CultureInfo.InvariantCulture, $"{data.BclMajorVersion}.{data.BclMinorVersion}.{data.BclBuildNumber}");
}

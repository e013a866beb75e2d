namespace FragGuard.Collector.Sessions.Ports;

/// <summary>Commands of the runtime's diagnostic protocol: set in the high byte, command in the low one.</summary>
internal enum PortCommand
{
    StopTracing = 0x0201,
    CollectTracing = 0x0203,
    ResumeRuntime = 0x0401,
    ProcessInfo = 0x0404,
}

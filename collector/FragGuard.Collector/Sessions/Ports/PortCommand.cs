namespace FragGuard.Collector.Sessions.Ports;

/// <summary>Commands of the runtime's diagnostic protocol: set in the high byte, command in the low one.</summary>
internal enum PortCommand
{
    StopTracing = 0x0201,
    CollectTracing2 = 0x0203,
    CollectTracing3 = 0x0204,
    CollectTracing5 = 0x0206,
    CollectTracing6 = 0x0207,
    ResumeRuntime = 0x0401,
    ProcessInfo = 0x0404,
}

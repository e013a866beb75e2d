using System.Runtime.InteropServices;

namespace FragGuard.Collector.Sessions;

/// <summary>A signal of Unix. One that cannot be sent, since the process has ended or is another user's, is not sent.</summary>
internal static class ProcessSignal
{
    public const int Kill = 9;
    public const int Terminate = 15;

    public static void Send(int processId, int signal) => _ = SendSignal(processId, signal);

    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SendSignal(int processId, int signal);
}

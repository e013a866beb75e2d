using System;
using System.IO;
using System.Runtime.InteropServices;
using System.Threading;
using System.Threading.Tasks;

namespace FragGuard.FragTrace.CommandLine;

/// <summary>Keys pressed at the terminal of this process while it is in the foreground there, and until the terminal is gone.</summary>
internal sealed class TerminalKeys : IDisposable
{
    private const int StandardInput = 0;

    private readonly PeriodicTimer _timer = new(TimeSpan.FromMilliseconds(100));

    /// <param name="onKey">Takes one key after the other.</param>
    public TerminalKeys(Action<ConsoleKey> onKey) => _ = ReadAsync(onKey);

    /// <summary>Whether this process may read the terminal: the system stops one in the background that tries.</summary>
    private static bool IsForeground
    {
        get
        {
            if (OperatingSystem.IsWindows())
                return true;

            // A terminal that controls no processes has no foreground either.
            int group = ForegroundGroup(StandardInput);
            return group < 0 || group == OwnGroup();
        }
    }

    public void Dispose() => _timer.Dispose();

    private async Task ReadAsync(Action<ConsoleKey> onKey)
    {
        try
        {
            while (await _timer.WaitForNextTickAsync().ConfigureAwait(false) && TryReadPressed(onKey))
            {
            }
        }
        catch (Exception exception) when (exception is IOException or InvalidOperationException or ObjectDisposedException)
        {
            // The terminal is gone, or what takes its keys has just ended: signals still work.
            return;
        }
    }

    /// <summary>False when there will be no more keys.</summary>
    private static bool TryReadPressed(Action<ConsoleKey> onKey)
    {
        while (IsForeground && Console.KeyAvailable)
        {
            ConsoleKeyInfo pressed = Console.ReadKey(intercept: true);
            if (pressed == default)
                return false;
            onKey(pressed.Key);
        }

        return true;
    }

    [DllImport("libc", EntryPoint = "tcgetpgrp")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int ForegroundGroup(int terminal);

    [DllImport("libc", EntryPoint = "getpgrp")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int OwnGroup();
}

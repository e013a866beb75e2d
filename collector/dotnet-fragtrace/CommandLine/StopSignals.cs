using System;
using System.IO;
using System.Runtime.InteropServices;
using System.Threading;

namespace FragGuard.FragTrace.CommandLine;

/// <summary>
/// Asks to end: Ctrl+C, SIGTERM, SIGQUIT and Enter, of which the first one stops a recording cleanly, and the second ends it at
/// once. A terminal or an input that ends only stops: both may end together, and a terminal tells of it more than once.
/// </summary>
internal sealed class StopSignals : IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly CancellationTokenSource _abort = new();
    private readonly PosixSignalRegistration[] _registrations;
    private readonly TerminalKeys? _keys;

    /// <param name="onKey">Takes every key but Enter.</param>
    public StopSignals(Action<ConsoleKey>? onKey = null)
    {
        _registrations =
        [
            PosixSignalRegistration.Create(PosixSignal.SIGINT, OnSignal),
            PosixSignalRegistration.Create(PosixSignal.SIGTERM, OnSignal),
            PosixSignalRegistration.Create(PosixSignal.SIGQUIT, OnSignal),
            PosixSignalRegistration.Create(PosixSignal.SIGHUP, OnHangup),
        ];
        if (!Console.IsInputRedirected)
            _keys = new TerminalKeys(key => Press(key, onKey));
    }

    public CancellationToken Stop => _stop.Token;

    public CancellationToken Abort => _abort.Token;

    public void Dispose()
    {
        _keys?.Dispose();
        foreach (PosixSignalRegistration registration in _registrations)
            registration.Dispose();
        _stop.Dispose();
        _abort.Dispose();
    }

    /// <summary>Asks as a signal does.</summary>
    public void Ask()
    {
        Cancel(_stop.IsCancellationRequested ? _abort : _stop);
    }

    /// <summary>Asks to stop when standard input ends or fails; what stands in it is read and dropped.</summary>
    public void AskAtEndOfInput() => new Thread(() =>
    {
        ReadToEnd();
        Cancel(_stop);
    }) { IsBackground = true }.Start();

    private static void Cancel(CancellationTokenSource source)
    {
        try
        {
            source.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // What was to be stopped ended by itself, and this object with it.
            return;
        }
    }

    private void OnSignal(PosixSignalContext context)
    {
        context.Cancel = true;
        Ask();
    }

    private void OnHangup(PosixSignalContext context)
    {
        context.Cancel = true;
        Cancel(_stop);
    }

    private void Press(ConsoleKey key, Action<ConsoleKey>? onKey)
    {
        if (key == ConsoleKey.Enter)
            Ask();
        else
            onKey?.Invoke(key);
    }

    private static void ReadToEnd()
    {
        try
        {
            using Stream input = Console.OpenStandardInput();
            Span<byte> dropped = stackalloc byte[256];
            while (input.Read(dropped) > 0)
            {
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // A directory, or a terminal whose other end is closed: nothing more comes.
            return;
        }
    }
}

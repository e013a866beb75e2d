using System;
using System.IO;

namespace FragGuard.FragTrace.CommandLine;

/// <summary>A stream that is only written, whose failures are anticipated errors with the destination's name.</summary>
internal sealed class OutputStream(Stream inner, string name) : WriteOnlyStream
{
    /// <summary>Where results are printed.</summary>
    public static OutputStream OfConsole()
    {
        // The console's own stream takes a pipe that nobody reads any more for one that takes everything.
        Stream stream = OperatingSystem.IsWindows() || !Console.IsOutputRedirected
            ? Console.OpenStandardOutput()
            : new DescriptorStream(DescriptorStream.StandardOutput);
        return new OutputStream(stream, "standard output");
    }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        try
        {
            inner.Write(buffer);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Broken(exception);
        }
    }

    public override void Flush()
    {
        try
        {
            inner.Flush();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Broken(exception);
        }
    }

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (!disposing)
            return;
        try
        {
            inner.Dispose();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Broken(exception);
        }
    }

    private FragTraceException Broken(Exception exception) =>
        new($"Writing {name} broke off: {exception.Message}", ExitCode.Tracing, exception)
        {
            IsQuiet = inner is DescriptorStream && exception.HResult == DescriptorStream.BrokenPipe,
        };
}

using System;
using System.IO;
using System.Text;

namespace FragGuard.Collector.Sessions.Ports;

/// <summary>
/// A path that fits into a socket's address, which has room for 107 bytes. The path of a socket in a container is that of
/// the container's root and the one inside: too long for what the process itself could just bind.
/// </summary>
internal readonly struct ShortPath : IDisposable
{
    private const int MaxBytes = 107;

    private readonly string? _directory;

    private ShortPath(string value, string? directory)
    {
        Value = value;
        _directory = directory;
    }

    public string Value { get; }

    /// <summary>The path itself when it is short enough, or a link to it that lives as long as this value.</summary>
    /// <exception cref="SessionException">There is no place for a link.</exception>
    public static ShortPath To(string path)
    {
        if (Encoding.UTF8.GetByteCount(path) <= MaxBytes)
            return new ShortPath(path, directory: null);

        string directory = PortDirectory.Create();
        string link = Path.Combine(directory, "s");
        File.CreateSymbolicLink(link, path);
        return new ShortPath(link, directory);
    }

    public void Dispose()
    {
        if (_directory is not null)
            Directory.Delete(_directory, recursive: true);
    }
}

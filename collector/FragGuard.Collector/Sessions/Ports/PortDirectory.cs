using System;
using System.IO;
using System.Text;

namespace FragGuard.Collector.Sessions.Ports;

/// <summary>New directories for sockets, and links to sockets, of our own: only our user may enter them, and their paths are short.</summary>
internal static class PortDirectory
{
    private const int MaxParentBytes = 80;
    private const string ShortParent = "/tmp";

    /// <exception cref="SessionException">There is no place for it.</exception>
    public static string Create()
    {
        string parent = Path.TrimEndingDirectorySeparator(Path.GetFullPath(Path.GetTempPath()));

        // A socket's path has little room, and the variable that carries it cuts at commas and semicolons.
        bool isFit = OperatingSystem.IsWindows()
            || (Encoding.UTF8.GetByteCount(parent) <= MaxParentBytes && parent.IndexOfAny([',', ';']) < 0);
        try
        {
            return isFit ? Directory.CreateTempSubdirectory("fg").FullName : CreateBelow(ShortParent);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw NoPlace(isFit ? parent : ShortParent, exception);
        }
    }

    public static SessionException NoPlace(string parent, Exception exception) => new(
        SessionFailure.TemporaryDirectory,
        $"The temporary directory {parent} cannot be used: {exception.Message.TrimEnd('.')}. TMPDIR names another one.", exception);

    private static string CreateBelow(string parent) => OperatingSystem.IsWindows()
        ? throw new PlatformNotSupportedException()
        : Directory.CreateDirectory(
            Path.Combine(parent, $"fg{Guid.NewGuid():N}"),
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute).FullName;
}

using System;
using System.IO;
using System.Text;

namespace FragGuard.Inspection.Procfs;

/// <summary>Files of procfs, whose length is not known before they are read.</summary>
internal static class ProcFile
{
    /// <summary>Null when it cannot be read; at most <paramref name="mostBytes"/> bytes of it otherwise.</summary>
    public static string? TryReadText(string path, int mostBytes = 64 << 20)
    {
        try
        {
            using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0);
            using MemoryStream all = new();
            byte[] chunk = new byte[1 << 16];
            int read;
            while (all.Length < mostBytes && (read = file.Read(chunk, 0, chunk.Length)) > 0)
                all.Write(chunk, 0, read);
            return Encoding.UTF8.GetString(all.GetBuffer(), 0, (int)all.Length);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}

using System;
using System.IO;

namespace FragGuard.FragTrace.Tests;

/// <summary>A folder that lives as long as a test.</summary>
internal sealed class TestFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("fragtrace-test-");

    public string Path => _folder.FullName;

    public string PathOf(string name) => System.IO.Path.Combine(Path, name);

    public string File(string name, params string[] lines)
    {
        string path = PathOf(name);
        System.IO.File.WriteAllText(path, string.Join('\n', lines) + '\n');
        return path;
    }

    public string[] Lines(string name) => System.IO.File.ReadAllLines(PathOf(name));

    public void Dispose() => _folder.Delete(recursive: true);
}

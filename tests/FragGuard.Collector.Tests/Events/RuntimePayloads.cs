using System.IO;
using System.Text;

namespace FragGuard.Collector.Tests.Events;

/// <summary>Fields of events of the runtime and its libraries, written by hand.</summary>
internal static class RuntimePayloads
{
    public const long Module = 5;
    public const int CodeBytes = 0x100;

    public static byte[] OfModule(string path)
    {
        using MemoryStream content = new();
        using BinaryWriter writer = new(content);
        writer.Write(Module);
        writer.Write(0L);
        writer.Write(0L);
        writer.Write(Encoding.Unicode.GetBytes($"{path}\0\0"));
        return content.ToArray();
    }

    /// <summary>A method of that module, by its place in the metadata.</summary>
    public static byte[] OfMethod(ulong start, int row, string type, string name)
    {
        using MemoryStream content = new();
        using BinaryWriter writer = new(content);
        writer.Write(start);
        writer.Write(Module);
        writer.Write(start);
        writer.Write(CodeBytes);
        writer.Write(0x0600_0000 + row);
        writer.Write(0);
        writer.Write(Encoding.Unicode.GetBytes($"{type}\0{name}\0\0"));
        return content.ToArray();
    }

    public static byte[] OfRent(int buffer, int length, int pool)
    {
        using MemoryStream content = new();
        using BinaryWriter writer = new(content);
        foreach (int field in (int[])[buffer, length, pool, -1])
            writer.Write(field);
        return content.ToArray();
    }

    /// <summary>What a runtime of this version says of itself when it starts.</summary>
    public static byte[] OfRuntime(short major, short minor, short build)
    {
        using MemoryStream content = new();
        using BinaryWriter writer = new(content);
        writer.Write((ushort)0);
        writer.Write((ushort)2);
        foreach (short part in (short[])[major, minor, build, 0])
            writer.Write(part);
        return content.ToArray();
    }
}

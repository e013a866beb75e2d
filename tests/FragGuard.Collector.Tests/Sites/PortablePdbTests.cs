using System;
using System.IO;
using System.Linq;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using FragGuard.Collector.Sites;

namespace FragGuard.Collector.Tests.Sites;

public sealed class PortablePdbTests
{
    private static readonly string Embedded = TargetProgram.Server;

    [Fact]
    public void EmbeddedPdb_HasItsLines()
    {
        Assert.False(File.Exists(Path.ChangeExtension(Embedded, ".pdb")));
        using PortablePdb pdb = PortablePdb.TryOpen(Embedded, PortablePdb.TryReadId(Embedded))!;
        SourceLine line = pdb.LineAt(TokenOf(Embedded, "Cached"), ilOffset: 0)!.Value;

        Assert.EndsWith("Program.cs", line.File, StringComparison.Ordinal);
        Assert.InRange(line.Line, line.FirstLine, line.LastLine);
        Assert.Null(pdb.LineAt(TokenOf(Embedded, "Cached") + 0x10_000, 0));
        Assert.Equal(0, pdb.LineAt(TokenOf(Embedded, "Cached"), ilOffset: -1)!.Value.Line);
    }

    [Fact]
    public void PdbBesideItsAssembly_IsFoundByTheAssembly()
    {
        using PortablePdb? any = PortablePdb.TryOpen(TargetProgram.Assembly, id: null);
        Guid id = PortablePdb.TryReadId(Path.ChangeExtension(TargetProgram.Assembly, ".pdb"))!.Value;
        using PortablePdb? own = PortablePdb.TryOpen(TargetProgram.Assembly, id);

        Assert.NotNull(any);
        Assert.NotNull(own);
    }

    [Fact]
    public void AssemblyOfAnotherBuild_IsNotRead()
    {
        Assert.Null(PortablePdb.TryOpen(TargetProgram.Assembly, Guid.NewGuid()));
        Assert.Null(PortablePdb.TryOpen(Embedded, Guid.NewGuid()));
    }

    [Theory]
    [InlineData("relative.dll")]
    [InlineData("//server/share/app.dll")]
    [InlineData(@"\\server\share\app.dll")]
    [InlineData("/dev/zero")]
    [InlineData("/nowhere/app.dll")]
    [InlineData("")]
    [InlineData("/with\0nul.dll")]
    public void PathOfNoPlainFile_IsNotOpened(string path) => Assert.Null(PortablePdb.TryOpen(path, id: null));

    [Theory]
    [InlineData("Microsoft C/C++ MSF 7.00\r\n")]
    [InlineData("BSJB")]
    public void FileThatIsNoPortablePdb_IsClosedAgain(string content)
    {
        using TemporaryFolder folder = new();
        string file = folder.File("other.pdb");
        File.WriteAllText(file, content.PadRight(500));

        Assert.Null(PortablePdb.TryReadId(file));
        Assert.Null(PortablePdb.TryOpen(file, id: null));
        using FileStream alone = new(file, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
    }

    [Fact]
    public void DamagedFile_GivesNothing()
    {
        const int seed = 3;
        using TemporaryFolder folder = new();
        byte[] whole = File.ReadAllBytes(Embedded);
        Random random = new(seed);
        for (int round = 0; round < 50; round++)
        {
            byte[] damaged = [.. whole.Take(round % 2 == 0 ? whole.Length : random.Next(whole.Length))];
            for (int i = 0; i < 200 && damaged.Length > 0; i++)
                damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
            string file = folder.File("damaged.dll");
            File.WriteAllBytes(file, damaged);
            Exception? error = Record.Exception(() =>
            {
                PortablePdb.TryReadId(file);
                using PortablePdb? pdb = PortablePdb.TryOpen(file, id: null);
                pdb?.LineAt(0x06000001, 0);
            });

            Assert.True(error is null, $"seed {seed}, round {round}: {error}");
        }
    }

    private static int TokenOf(string assembly, string method)
    {
        using PEReader image = new(File.OpenRead(assembly));
        MetadataReader reader = image.GetMetadataReader();
        return MetadataTokens.GetToken(reader.MethodDefinitions.First(
            handle => reader.StringComparer.Equals(reader.GetMethodDefinition(handle).Name, method)));
    }
}

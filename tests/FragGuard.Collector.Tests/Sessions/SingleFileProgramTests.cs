using System;
using System.IO;
using FragGuard.Collector.Sessions;

namespace FragGuard.Collector.Tests.Sessions;

/// <summary>What a program in one file says of itself.</summary>
public sealed class SingleFileProgramTests(ITestOutputHelper output) : IDisposable
{
    private const string Text = """{ "runtimeOptions": { "tfm": "net10.0" } }""";
    private const int ChunkBytes = 1 << 20;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void BundleOfTheSdk_HasItsConfiguration()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The programs are bundled on Linux only.");
        string target = SingleFileProgram.Configuration(TargetProgram.InOneFile)!;
        string server = SingleFileProgram.Configuration(TargetProgram.ServerInOneFile)!;

        Assert.Equal(File.ReadAllText(Path.ChangeExtension(TargetProgram.Assembly, ".runtimeconfig.json")), target);
        Assert.Equal(File.ReadAllText(Path.ChangeExtension(TargetProgram.Server, ".runtimeconfig.json")), server);
    }

    [Fact]
    public void HostWithoutFilesBehindIt_HasNone()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The host has no extension on Linux only.");
        string host = Path.ChangeExtension(TargetProgram.Assembly, null);

        Assert.True(File.Exists(host));
        Assert.Null(SingleFileProgram.Configuration(host));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(70_000)]
    [InlineData(ChunkBytes - 41)]
    [InlineData(ChunkBytes - 40)]
    [InlineData(ChunkBytes - 39)]
    [InlineData(ChunkBytes - 9)]
    [InlineData(ChunkBytes - 8)]
    [InlineData(ChunkBytes - 1)]
    [InlineData(ChunkBytes)]
    [InlineData((3 * ChunkBytes) - 100)]
    public void Mark_IsFoundWhereverItLies(int hostBytes) =>
        Assert.Equal(Text, Configuration(new HandmadeBundle(Text).Behind(new byte[hostBytes])));

    [Fact]
    public void TableThatMakesNoSense_HasNone()
    {
        HandmadeBundle good = new(Text);

        Assert.Equal(Text, Configuration(good.Behind([])));
        Assert.Null(Configuration((good with { Version = 1 }).Behind([])));
        Assert.Null(Configuration((good with { Table = -1 }).Behind([])));
        Assert.Null(Configuration((good with { Table = 10_000 }).Behind([])));
        Assert.Null(Configuration((good with { Name = [0xff, 0xff, 0xff, 0xff, 0x0f] }).Behind([])));
        Assert.Null(Configuration((good with { Name = [0x80, 0x80, 0x80, 0x80, 0x08] }).Behind([])));
        Assert.Null(Configuration((good with { Name = [0xff, 0xff, 0xff, 0xff, 0xff] }).Behind([])));
        Assert.Null(Configuration((good with { Name = [0xff, 0xff, 0x03] }).Behind([])));
        Assert.Null(Configuration((good with { ConfigurationStart = 0 }).Behind([])));
        Assert.Null(Configuration((good with { ConfigurationStart = 10_000 }).Behind([])));
        Assert.Null(Configuration((good with { ConfigurationStart = -1 }).Behind([])));
        Assert.Null(Configuration((good with { ConfigurationBytes = 0 }).Behind([])));
        Assert.Null(Configuration((good with { ConfigurationBytes = -1 }).Behind([])));
        Assert.Null(Configuration((good with { ConfigurationBytes = 1 << 30 }).Behind([])));
    }

    [Fact]
    public void FileThatIsNotThere_OrNoProgram_HasNone()
    {
        Assert.Null(SingleFileProgram.Configuration(_folder.File("nothing")));
        Assert.Null(SingleFileProgram.Configuration(Path.GetDirectoryName(_folder.File("nothing"))!));
        Assert.Null(Configuration([]));
        Assert.Null(Configuration(new byte[1000]));
    }

    [Fact]
    public void AnyMutation_IsATextOrNone()
    {
        int seed = Environment.TickCount;
        output.WriteLine($"seed {seed}");
        Random random = new(seed);
        byte[] whole = new HandmadeBundle(Text).Behind(new byte[20]);
        for (int i = 0; i < 2_000; i++)
        {
            byte[] mutant = [.. whole.AsSpan(0, random.Next(10) == 0 ? random.Next(whole.Length) : whole.Length)];
            for (int changes = random.Next(1, 4); changes > 0 && mutant.Length > 0; changes--)
                mutant[random.Next(mutant.Length)] = (byte)random.Next(256);

            string? text = Configuration(mutant);
            Assert.True(text is null || text.Length <= mutant.Length, $"seed {seed}, mutant {i}");
        }
    }

    private string? Configuration(byte[] program)
    {
        string file = _folder.File("program");
        File.WriteAllBytes(file, program);
        return SingleFileProgram.Configuration(file);
    }
}

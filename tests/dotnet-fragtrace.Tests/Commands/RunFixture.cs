using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using FragGuard.FragTrace.Building;

namespace FragGuard.FragTrace.Tests.Commands;

/// <summary>A small program in a folder with spaces, and one <c>run</c> of it.</summary>
public sealed class RunFixture : IAsyncLifetime
{
    private const string Project = """
        <Project Sdk="Microsoft.NET.Sdk"><PropertyGroup>
          <OutputType>Exe</OutputType><TargetFramework>net10.0</TargetFramework>
        </PropertyGroup></Project>
        """;

    private const string Source = """
        System.Console.WriteLine("The program speaks.");
        System.Buffers.ArrayPool<byte>.Shared.Rent(100)[0] = 1;
        System.IO.File.WriteAllLines(args[0], args[1..]);
        return 7;
        """;

    private readonly TestFolder _folder = new();

    /// <summary>What the program was told after its first argument.</summary>
    public string Told => _folder.PathOf("told.txt");

    public string Page => _folder.PathOf("out put/page.html");

    public string Recording => _folder.PathOf("out put/page.nettrace");

    internal ToolRun Run { get; private set; } = new(default, "", "");

    internal BuiltProgram Built { get; private set; } = new("", "", []);

    public async ValueTask InitializeAsync()
    {
        string source = System.IO.Directory.CreateDirectory(_folder.PathOf("pro ject")).FullName;
        _folder.File("pro ject/App.csproj", Project);
        _folder.File("pro ject/Program.cs", Source);
        Run = await ToolProcess.RunAsync(
            "run", source, "-o", Page, "--json", "--show-child-io", "--", Told, "--json", "-o", "x", "@y", "a b", "--help");

        string findings = System.IO.Directory.CreateDirectory(_folder.PathOf("findings")).FullName;
        Built = await RulesBuild.RunAsync(
            ProgramSource.Find(source), new BuildOptions("Release", null, findings), CancellationToken.None);
    }

    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }

    internal string Findings => Built.SarifPaths.Single();
}

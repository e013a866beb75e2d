using System.IO;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using FragGuard.Analyzers.Tests;
using FragGuard.FragTrace.CommandLine;

namespace FragGuard.FragTrace.Tests.Loop;

/// <summary>The main job done once on each sample, as a user does it.</summary>
public sealed class SampleRuns : IAsyncLifetime
{
    private readonly TestFolder _folder = new();

    internal SampleRun Mixed { get; private set; } = null!;

    internal SampleRun Pooled { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Mixed = await RunAsync("MixedSizeCache");
        Pooled = await RunAsync("PooledChunkCache");
    }

    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task<SampleRun> RunAsync(string sample)
    {
        string page = _folder.PathOf(sample + ".html");
        ToolRun run = await ToolProcess.RunAsync("run", Path.Combine(RepositoryFiles.Root, "samples", sample), "--json", "-o", page);
        Assert.True(run.Code == ExitCode.Ok, run.Error);
        return new SampleRun(JsonNode.Parse(run.Out)!, await File.ReadAllTextAsync(page), Path.ChangeExtension(page, ".nettrace"));
    }
}

using System;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using FragGuard.Analyzers.Tests;
using FragGuard.Analyzers.Tests.Packages;

[assembly: AssemblyFixture(typeof(FragGuard.Packages.Tests.PackedFeed))]

namespace FragGuard.Packages.Tests;

/// <summary>
/// Every package, packed once for all tests: into a folder of its own, or before the tests into the one that the
/// environment variable <c>FRAGGUARD_FEED</c> names.
/// </summary>
public sealed class PackedFeed : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("fragguard-feed-");

    /// <summary>The folder that holds the packages and nothing else.</summary>
    public string Path { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        if (Environment.GetEnvironmentVariable("FRAGGUARD_FEED") is { Length: > 0 } packed)
            Path = System.IO.Path.GetFullPath(packed, RepositoryFiles.Root);
        else
            Path = await PackAsync("feed");
    }

    /// <summary>Packs everything anew from the sources alone, beside what other builds left.</summary>
    /// <returns>The folder with the packages.</returns>
    public async Task<string> PackAsync(string name)
    {
        string feed = System.IO.Path.Combine(_folder.FullName, name);
        await Dotnet.RunAsync(
            RepositoryFiles.Root, "pack", "FragGuard.sln", "-c", "Release", "-o", feed, "--nologo", "-v", "q",
            "--artifacts-path", System.IO.Path.Combine(_folder.FullName, name + "-artifacts"));
        return feed;
    }

    /// <summary>The one package of an id.</summary>
    public Package Open(string id) => Package.Open(Directory.EnumerateFiles(Path, id + ".*.nupkg")
        .Single(file => char.IsAsciiDigit(System.IO.Path.GetFileName(file)[id.Length + 1])));

    /// <summary>A new folder of a test, outside of the repository and gone with the tests.</summary>
    public string NewFolder() => Directory.CreateDirectory(System.IO.Path.Combine(_folder.FullName, System.IO.Path.GetRandomFileName())).FullName;

    /// <summary>The project file, as text, of a program with the one source Program.cs, restored from the feed alone.</summary>
    /// <param name="package">Id of the package it references; null for none.</param>
    public string ProjectText(string? package) => $"""
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup>
            <TargetFramework>net{Environment.Version.Major}.0</TargetFramework>
            <OutputType>Exe</OutputType>
            <RestoreSources>{Path}</RestoreSources>
            <NuGetAudit>false</NuGetAudit>
            <EnableDefaultCompileItems>false</EnableDefaultCompileItems>
          </PropertyGroup>
          <ItemGroup>
            <Compile Include="Program.cs" />
            {(package is null ? "" : $"""<PackageReference Include="{package}" Version="0.1.0" />""")}
          </ItemGroup>
        </Project>
        """;

    public ValueTask DisposeAsync()
    {
        _folder.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }
}

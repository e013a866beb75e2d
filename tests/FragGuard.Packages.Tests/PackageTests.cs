using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Text;
using System.Text.Json;
using System.Threading.Tasks;
using System.Xml.Linq;
using FragGuard.Analyzers.Tests;

namespace FragGuard.Packages.Tests;

/// <summary>What packing the solution leaves in a feed.</summary>
public sealed class PackageTests(PackedFeed feed)
{
    private static readonly string[] Ids = [.. PackagedProjects()];

    public static TheoryData<string> AllIds => [.. Ids];

    [Fact]
    public void Feed_HoldsThePackagesAndNothingElse()
    {
        string version = Version();
        Assert.Equal(
            Ids.Select(id => $"{id}.{version}.nupkg").Order(StringComparer.Ordinal),
            Directory.EnumerateFileSystemEntries(feed.Path).Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Packages_AreTheToolTheRulesAndTheirGuests()
    {
        foreach (string id in new[] { "dotnet-fragtrace", "FragGuard.Analyzers", "FragGuard.Annotations", "FragGuard.Instrumentation", "FragGuard.Testing" })
            Assert.Contains(id, Ids, StringComparer.Ordinal);
        Assert.DoesNotContain(Ids, id => id.Contains("Test", StringComparison.Ordinal) && !string.Equals(id, "FragGuard.Testing", StringComparison.Ordinal));
        Assert.DoesNotContain(Ids, id => id.Contains("Benchmark", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(AllIds))]
    public void Package_SaysWhatItIs(string id)
    {
        Package package = feed.Open(id);

        Assert.Equal(id, package["id"]);
        Assert.Equal(Version(), package["version"]);
        Assert.Equal("MIT", package["license"]);
        Assert.InRange(package["description"].Length, 40, 300);
        Assert.Contains("fragmentation", package["tags"], StringComparison.Ordinal);
        Assert.Equal("README.md", package["readme"]);
        Assert.StartsWith($"# {id}", Encoding.UTF8.GetString(package.Entries["README.md"]), StringComparison.Ordinal);
        Assert.Equal("icon.png", package["icon"]);
        Assert.Equal(new byte[] { 0x89, 0x50, 0x4e, 0x47 }, package.Entries["icon.png"][..4]);
        Assert.InRange(package.Entries["icon.png"].Length, 100, 20_000);
    }

    /// <summary>Whoever reads it has the package alone: no link of it may need the files around it.</summary>
    [Theory]
    [MemberData(nameof(AllIds))]
    public void Readme_LinksToNoFileBesideIt(string id) =>
        Assert.DoesNotMatch(@"\]\((?!https://)", Encoding.UTF8.GetString(feed.Open(id).Entries["README.md"]));

    [Theory]
    [MemberData(nameof(AllIds))]
    public void Package_NeedsNoPackageOfOurs(string id) => Assert.DoesNotContain(
        feed.Open(id).Dependencies, name => name.StartsWith("FragGuard", StringComparison.OrdinalIgnoreCase));

    [Theory]
    [InlineData("dotnet-fragtrace")]
    [InlineData("FragGuard.Analyzers")]
    [InlineData("FragGuard.Annotations")]
    [InlineData("FragGuard.Testing")]
    public void Package_NeedsNoOtherPackage(string id) => Assert.Empty(feed.Open(id).Dependencies);

    /// <summary>Every library beside the tool is named with its licence, and no other is.</summary>
    [Theory]
    [InlineData("dotnet-fragtrace", "tools/net10.0/any/")]
    [InlineData("FragGuard.Testing", "tools/dotnet-fragtrace/")]
    public void Tool_NamesTheLibrariesItBrings(string id, string folder)
    {
        IReadOnlyDictionary<string, byte[]> entries = feed.Open(id).Entries;
        using JsonDocument needs = JsonDocument.Parse(entries[folder + "dotnet-fragtrace.deps.json"]);
        string[] libraries = [.. needs.RootElement.GetProperty("libraries").EnumerateObject()
            .Where(one => string.Equals(one.Value.GetProperty("type").GetString(), "package", StringComparison.Ordinal))
            .Select(one => one.Name.Split('/')[0])];

        string[] notices = [.. Encoding.UTF8.GetString(entries[folder + "THIRD-PARTY-NOTICES.txt"]).Split('\n')
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Where(words => words.Length > 2 && words[1] is "MIT" or "Apache-2.0")
            .Select(words => words[0])];

        Assert.Equal(libraries.Order(StringComparer.Ordinal), notices.Order(StringComparer.Ordinal));
    }

    /// <summary>What is native runs on one system alone, and the tool runs on all.</summary>
    [Theory]
    [InlineData("dotnet-fragtrace")]
    [InlineData("FragGuard.Testing")]
    public void Tool_BringsManagedCodeAlone(string id) => Assert.All(
        feed.Open(id).Entries.Where(entry => entry.Key.EndsWith(".dll", StringComparison.Ordinal)),
        entry =>
        {
            using PEReader file = new(new MemoryStream(entry.Value));
            Assert.True(file.HasMetadata, entry.Key);
        });

    [Theory]
    [MemberData(nameof(AllIds))]
    public void OurAssemblies_CarryTheirSymbols_AndNoPathOfThisMachine(string id)
    {
        KeyValuePair<string, byte[]>[] assemblies = [.. feed.Open(id).OurAssemblies];
        Assert.NotEmpty(assemblies);
        Assert.All(assemblies, assembly =>
        {
            string[] documents = Documents(assembly.Value);
            Assert.NotEmpty(documents);
            Assert.All(documents, document => Assert.StartsWith("/_/", document, StringComparison.Ordinal));
            Assert.Equal(-1, assembly.Value.AsSpan().IndexOf(Encoding.UTF8.GetBytes(RepositoryFiles.Root)));
        });
    }

    [Theory]
    [MemberData(nameof(AllIds))]
    public void Entries_HaveOneDate(string id) => Assert.Equal(new DateTime(2000, 1, 1), Assert.Single(feed.Open(id).Dates.Distinct()));

    /// <summary>Another folder, another moment, nothing built before: the same files to the byte.</summary>
    [Fact]
    public async Task PackingAgain_GivesTheSameBytes()
    {
        string again = await feed.PackAsync("again");

        foreach (string file in Directory.EnumerateFiles(feed.Path))
        {
            byte[] first = await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken);
            byte[] second = await File.ReadAllBytesAsync(Path.Combine(again, Path.GetFileName(file)), TestContext.Current.CancellationToken);
            Assert.True(first.AsSpan().SequenceEqual(second), $"{Path.GetFileName(file)} differs: {string.Join(", ", Differences(file, again))}");
        }
    }

    private static IEnumerable<string> Differences(string file, string again)
    {
        Package one = Package.Open(file);
        Package other = Package.Open(Path.Combine(again, Path.GetFileName(file)));
        return one.Entries.Keys.Union(other.Entries.Keys, StringComparer.Ordinal).Where(name =>
            !one.Entries.TryGetValue(name, out byte[]? first) || !other.Entries.TryGetValue(name, out byte[]? second)
            || !first.AsSpan().SequenceEqual(second));
    }

    private static string[] Documents(byte[] assembly)
    {
        using PEReader file = new(new MemoryStream(assembly));
        DebugDirectoryEntry embedded = Assert.Single(
            file.ReadDebugDirectory().Where(entry => entry.Type == DebugDirectoryEntryType.EmbeddedPortablePdb));
        using MetadataReaderProvider symbols = file.ReadEmbeddedPortablePdbDebugDirectoryData(embedded);
        MetadataReader reader = symbols.GetMetadataReader();
        return [.. reader.Documents.Select(handle => reader.GetString(reader.GetDocument(handle).Name))];
    }

    /// <summary>The one place that says the version.</summary>
    private static string Version() => Element(XDocument.Parse(RepositoryFiles.Read("Directory.Build.props")), "Version")!;

    /// <summary>Ids of the projects that say of themselves that they are packages.</summary>
    private static IEnumerable<string> PackagedProjects() => new[] { "analyzers", "collector", "samples", "tests" }
        .SelectMany(room => Directory.EnumerateFiles(Path.Combine(RepositoryFiles.Root, room), "*.csproj", SearchOption.AllDirectories))
        .Select(path => (Name: Path.GetFileNameWithoutExtension(path), Project: XDocument.Load(path)))
        .Where(one => string.Equals(Element(one.Project, "IsPackable"), "true", StringComparison.Ordinal))
        .Select(one => Element(one.Project, "PackageId") ?? one.Name);

    private static string? Element(XDocument project, string name) => project.Descendants(name).FirstOrDefault()?.Value;
}

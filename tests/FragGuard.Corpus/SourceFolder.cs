using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.IO;
using System.Linq;
using System.Xml;
using System.Xml.Linq;

namespace FragGuard.Corpus;

/// <summary>The compilations that a folder of sources falls into: one per project file, one for what is left.</summary>
internal static class SourceFolder
{
    private static readonly EnumerationOptions Everywhere = new() { RecurseSubdirectories = true, IgnoreInaccessible = true };

    /// <summary>All C# sources in the folder.</summary>
    public static IEnumerable<string> Files(string folder) =>
        Directory.EnumerateFiles(folder, "*.cs", Everywhere).Where(IsSource).Order(StringComparer.Ordinal);

    /// <summary>In an order in which every project comes after those that it refers to.</summary>
    public static ImmutableArray<SourceProject> Read(string folder)
    {
        string[] projectFiles = [.. Directory.EnumerateFiles(folder, "*.csproj", Everywhere).Where(IsSource).Order(StringComparer.Ordinal)];
        Dictionary<string, string> projectOf = new(StringComparer.Ordinal);
        foreach (string project in projectFiles)
            projectOf.TryAdd(Path.GetDirectoryName(project)!, project);

        ILookup<string, string> files = Files(folder)
            .ToLookup(file => Nearest(file, folder, projectOf) ?? "", StringComparer.Ordinal);
        Dictionary<string, SourceProject> projects = projectFiles.ToDictionary(
            project => project, project => Read(project, [.. files[project]]), StringComparer.Ordinal);
        List<SourceProject> ordered = [];
        HashSet<string> seen = new(StringComparer.Ordinal);
        foreach (string project in projectFiles)
            Visit(project);
        if (files[""].Any())
            ordered.Add(new SourceProject(folder, [.. files[""]], [], HasImplicitUsings: false));
        return [.. ordered.Where(project => !project.Files.IsEmpty)];

        void Visit(string project)
        {
            if (!seen.Add(project) || !projects.TryGetValue(project, out SourceProject? known))
                return;
            foreach (string reference in known.References)
                Visit(reference);
            ordered.Add(known);
        }
    }

    private static bool IsSource(string path) =>
        !path.Split(Path.DirectorySeparatorChar).Any(part => part is "obj" or "bin" or ".git");

    private static string? Nearest(string file, string folder, Dictionary<string, string> projectOf)
    {
        for (string? at = Path.GetDirectoryName(file); at is not null && at.Length >= folder.Length; at = Path.GetDirectoryName(at))
        {
            if (projectOf.TryGetValue(at, out string? project))
                return project;
        }

        return null;
    }

    private static SourceProject Read(string project, ImmutableArray<string> files)
    {
        string folder = Path.GetDirectoryName(project)!;
        XDocument? content = Parse(project);
        IEnumerable<string> references = content?.Descendants()
            .Where(element => string.Equals(element.Name.LocalName, "ProjectReference", StringComparison.Ordinal))
            .Select(element => element.Attribute("Include")?.Value)
            .OfType<string>()
            .Where(path => !path.Contains('$', StringComparison.Ordinal))
            .Select(path => Path.GetFullPath(Path.Combine(folder, path.Replace('\\', Path.DirectorySeparatorChar)))) ?? [];
        return new SourceProject(project, files, [.. references], HasImplicitUsings(project, content));
    }

    private static bool HasImplicitUsings(string project, XDocument? content)
    {
        if (Says(content) is { } said)
            return said;
        for (string? at = Path.GetDirectoryName(project); at is not null; at = Path.GetDirectoryName(at))
        {
            string props = Path.Combine(at, "Directory.Build.props");
            if (File.Exists(props) && Says(Parse(props)) is { } inherited)
                return inherited;
        }

        return false;

        static bool? Says(XDocument? document) => document?.Descendants()
            .LastOrDefault(element => string.Equals(element.Name.LocalName, "ImplicitUsings", StringComparison.Ordinal))
            ?.Value.Trim() is { } value
                ? value is "enable" or "true"
                : null;
    }

    /// <summary>Null for a project file that is not well-formed; its sources are compiled all the same.</summary>
    private static XDocument? Parse(string path)
    {
        try
        {
            return XDocument.Load(path);
        }
        catch (XmlException)
        {
            return null;
        }
    }
}

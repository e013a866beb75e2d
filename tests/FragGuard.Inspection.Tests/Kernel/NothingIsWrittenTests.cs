using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using FragGuard.Analyzers.Tests;

namespace FragGuard.Inspection.Tests.Kernel;

/// <summary>
/// Looking at the kernel opens nothing for writing but a trace buffer of its own and the file the user names: of the
/// sources, only those have calls that write, and those of the trace buffer name a file in its folder.
/// </summary>
public sealed partial class NothingIsWrittenTests
{
    private static readonly string[] Folders =
        ["collector/FragGuard.Inspection/Kernel", "collector/dotnet-fragtrace/Commands", "collector/dotnet-fragtrace/Reports"];

    [Fact]
    public void OnlyTheTraceBuffer_IsWrittenTo()
    {
        string[] writing = [.. Sources().Where(source => Writes().IsMatch(File.ReadAllText(source))).Select(source => Path.GetFileName(source)).Order(StringComparer.Ordinal)];

        // KernelRecord makes the file that the user names; TraceFiles removes trace buffers.
        Assert.Equal(["KernelRecord.cs", "TraceFiles.cs", "TraceInstance.cs"], writing, StringComparer.Ordinal);
    }

    [Fact]
    public void TraceBuffer_WritesInItsFolderOnly()
    {
        string source = File.ReadAllText(Path.Combine(RepositoryFiles.Root, Folders[0], "TraceInstance.cs"));
        string[] calls = [.. Writes().Matches(source).Select(match => source.Substring(match.Index, Math.Min(90, source.Length - match.Index)))];

        Assert.True(calls.Length >= 4);
        Assert.All(calls, call => Assert.Matches(@"^(Directory\.\w+\(_folder\)|TraceFiles\.Remove\(_folder\)|File\.WriteAllText\(Path\.Combine\(_folder, |FileMode\.Open, FileAccess\.Write|FileAccess\.Write)", call));
        Assert.Matches(@"new FileStream\(\s*Path\.Combine\(_folder, ""trace_marker""\)", source);
    }

    [Fact]
    public void Guard_SeesWhatWrites() => Assert.All(
        [
            "File.WriteAllText(\"/proc/sys/vm/drop_caches\", \"3\")", "new FileStream(path, FileMode.Create)",
            "File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite)", "Process.Start(\"sh\")", "[LibraryImport(\"libc\")]",
        ],
        text => Assert.Matches(Writes(), text));

    private static IEnumerable<string> Sources() => Folders.SelectMany(folder => Directory.EnumerateFiles(Path.Combine(RepositoryFiles.Root, folder), "*.cs"))
        .Where(source => source.Contains("/FragGuard.Inspection/", StringComparison.Ordinal) || Path.GetFileName(source).StartsWith("Kernel", StringComparison.Ordinal));

    [GeneratedRegex(@"FileAccess\.(Write|ReadWrite)|FileMode\.(Create|CreateNew|Append|Truncate|OpenOrCreate)|File\.(WriteAll|AppendAll|Create|OpenWrite|Delete|Move|Copy|Replace|Set)\w*|Directory\.(Create|Delete|Move)\w*|TraceFiles\.Remove\b|Process\.Start|DllImport|LibraryImport", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Writes();
}

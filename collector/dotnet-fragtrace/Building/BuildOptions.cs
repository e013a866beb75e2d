using System;
using System.IO;

namespace FragGuard.FragTrace.Building;

/// <summary>How <c>run</c> builds a project.</summary>
/// <param name="Configuration">MSBuild configuration.</param>
/// <param name="Framework">Target framework of a multi-targeted project; null for the only one.</param>
/// <param name="FindingsDirectory">An empty directory of ours that receives the findings files.</param>
public sealed record BuildOptions(string Configuration, string? Framework, string FindingsDirectory)
{
    /// <summary>The rules and what hands them to the compiler; ends with a separator. They stand beside the tool.</summary>
    public string RulesDirectory { get; init; } = Path.Combine(AppContext.BaseDirectory, "rules") + Path.DirectorySeparatorChar;
}

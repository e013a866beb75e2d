namespace FragGuard.FragTrace.Building;

/// <summary>How <c>run</c> builds a project.</summary>
/// <param name="Configuration">MSBuild configuration.</param>
/// <param name="Framework">Target framework of a multi-targeted project; null for the only one.</param>
/// <param name="FindingsDirectory">An empty directory of ours that receives the findings files.</param>
public sealed record BuildOptions(string Configuration, string? Framework, string FindingsDirectory);

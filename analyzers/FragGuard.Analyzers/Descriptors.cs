using Microsoft.CodeAnalysis;

namespace FragGuard.Analyzers;

/// <summary>Makes descriptors, so that ids, help links and categories cannot drift apart.</summary>
internal static class Descriptors
{
    private const string DocsUri = "https://github.com/fragguard/fragguard/blob/main/analyzers/docs/";

    public static DiagnosticDescriptor Rule(
        string id, string title, string message, Category category, DiagnosticSeverity severity, string description,
        params string[] customTags) =>
        new(
            id,
            title,
            message,
            category.ToString(),
            severity,
            isEnabledByDefault: true,
            description: description,
            helpLinkUri: $"{DocsUri}{id}.md",
            customTags: customTags);
}

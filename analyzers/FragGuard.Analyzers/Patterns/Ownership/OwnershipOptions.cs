using System;
using Microsoft.CodeAnalysis.Diagnostics;

namespace FragGuard.Analyzers.Patterns.Ownership;

/// <summary>What the user's <c>.editorconfig</c> says about ownership.</summary>
/// <param name="TransferAtMethodCall">True when every method that is passed a resource takes it over.</param>
internal sealed record OwnershipOptions(bool TransferAtMethodCall)
{
    private const string TransferAtMethodCallKey = "fragguard.ownership_transfer_at_method_call";
    private const string PathsKey = "fragguard.pool_paths";

    /// <summary>True when paths on which an exception is thrown are judged like any other.</summary>
    public bool JudgesThrows { get; init; }

    public static OwnershipOptions Read(AnalyzerConfigOptions options) =>
        new(OptionValues.Flag(options, TransferAtMethodCallKey) == true)
        {
            JudgesThrows = options.TryGetValue(PathsKey, out string? paths)
                && string.Equals(paths.Trim(), "all", StringComparison.OrdinalIgnoreCase),
        };
}

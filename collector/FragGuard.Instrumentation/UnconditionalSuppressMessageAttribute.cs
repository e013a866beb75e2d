namespace System.Diagnostics.CodeAnalysis;

/// <summary>Tells a trimmer why a warning is void. netstandard2.0 lacks it; a trimmer knows it by its name.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class UnconditionalSuppressMessageAttribute(string category, string checkId) : Attribute
{
    public string Category { get; } = category;

    public string CheckId { get; } = checkId;

    public string? Justification { get; set; }
}

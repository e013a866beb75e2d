namespace FragGuard.Inspection.Kernel;

/// <summary>One of the kernel's files, as text.</summary>
/// <param name="Source">Where it was read: a path.</param>
public sealed record KernelText(KernelTextKind Kind, string Source, string Text);

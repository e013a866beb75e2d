namespace System.Runtime.CompilerServices;

/// <summary>The marker the compiler needs for init-only setters and records on netstandard2.0.</summary>
internal static class IsExternalInit;

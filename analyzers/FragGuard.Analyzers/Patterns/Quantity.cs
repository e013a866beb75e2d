namespace FragGuard.Analyzers.Patterns;

/// <summary>What is asked of a value.</summary>
internal enum Quantity
{
    /// <summary>The number that it is.</summary>
    Number,

    /// <summary>Elements of the array or span, or characters of the string, that it is.</summary>
    Length,

    /// <summary>Bytes of its content, object header apart.</summary>
    Bytes,
}

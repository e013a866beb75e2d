using System;

namespace FragGuard.Annotations;

/// <summary>
/// Marks the parameter of a put method whose argument becomes an entry of the cache that the method is called on. A
/// delegate stands for what it returns.
/// </summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class CachedValueAttribute : Attribute
{
    /// <summary>Name of the lifetime that the method gives its entries; null when it says nothing of it.</summary>
    public string? LifetimeClass { get; set; }
}

using System;

namespace FragGuard.Annotations;

/// <summary>Marks a parameter whose argument the method returns to its pool, whenever the method ends normally.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class ReturnsToPoolAttribute : Attribute;

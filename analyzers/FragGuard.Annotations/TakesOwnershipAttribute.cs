using System;

namespace FragGuard.Annotations;

/// <summary>Marks a parameter whose argument the method, or its object, owns from then on: the caller must not return it.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class TakesOwnershipAttribute : Attribute;

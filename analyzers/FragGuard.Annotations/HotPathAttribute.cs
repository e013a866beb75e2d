using System;

namespace FragGuard.Annotations;

/// <summary>Marks a method, or all methods of a type, as called so often that what one call allocates counts.</summary>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Class | AttributeTargets.Struct)]
public sealed class HotPathAttribute : Attribute;

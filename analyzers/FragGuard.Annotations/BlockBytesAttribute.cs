using System;

namespace FragGuard.Annotations;

/// <summary>
/// Marks the parameter of an allocation method that says how many bytes the block of a zone gets; an array or a string
/// stands for the bytes of its content.
/// </summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class BlockBytesAttribute : Attribute;

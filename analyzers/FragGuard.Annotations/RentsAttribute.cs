using System;

namespace FragGuard.Annotations;

/// <summary>Marks a method whose result is rented: whoever calls it has to return the result to the pool.</summary>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.ReturnValue)]
public sealed class RentsAttribute : Attribute;

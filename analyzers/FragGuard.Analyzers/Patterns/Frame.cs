using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace FragGuard.Analyzers.Patterns;

/// <summary>What the parameters of the bodies that are being evaluated stand for.</summary>
internal sealed class Frame
{
    private const int MostCalls = 5;

    private readonly ImmutableDictionary<IParameterSymbol, Argument> _arguments;
    private readonly int _calls;

    private Frame(ImmutableDictionary<IParameterSymbol, Argument> arguments, int calls)
    {
        _arguments = arguments;
        _calls = calls;
    }

    /// <summary>No call: every parameter is unknown.</summary>
    public static Frame Entry { get; } =
        new(ImmutableDictionary.Create<IParameterSymbol, Argument>(SymbolEqualityComparer.Default), 0);

    /// <summary>The frame of a call from this one, or null when calls are nested too deep.</summary>
    public Frame? Call(ImmutableArray<IArgumentOperation> arguments)
    {
        if (_calls == MostCalls)
            return null;
        // The caller's own arguments stay: a local function sees the parameters around it.
        ImmutableDictionary<IParameterSymbol, Argument> bound = _arguments;
        foreach (IArgumentOperation argument in arguments)
        {
            if (argument.Parameter?.OriginalDefinition is not { } parameter)
                continue;
            bound = parameter.RefKind is RefKind.None or RefKind.In
                ? bound.SetItem(parameter, new(argument.Value, this))
                : bound.Remove(parameter);
        }

        return new(bound, _calls + 1);
    }

    public Argument? this[IParameterSymbol parameter] =>
        _arguments.TryGetValue(parameter.OriginalDefinition, out Argument? argument) ? argument : null;

    /// <summary>An argument and the frame it is evaluated in: the caller's.</summary>
    internal sealed record Argument(IOperation Value, Frame Frame);
}

using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using FragGuard.Analyzers.Patterns.Mentions;
using FragGuard.Analyzers.Patterns.Ownership;
using FragGuard.Analyzers.Rules;
using FragGuard.Analyzers.Rules.SharedCaches;
using FragGuard.CodeFixes;
using FragGuard.Corpus;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace FragGuard.Analyzers.Tests;

/// <summary>Every rule of the analyzer assembly, found by reflection so that none can be forgotten.</summary>
internal static class RuleCatalogue
{
    private static readonly Type[] Types =
        [.. typeof(FragGuardAnalyzer).Assembly.GetTypes().Where(type => type is { IsAbstract: false, ContainsGenericParameters: false })];

    /// <summary>What reports: rules, and hosts of several rules that share one analysis.</summary>
    public static IReadOnlyList<DiagnosticAnalyzer> Analyzers { get; } =
        [.. RuleRun.AllRules.Where(analyzer => analyzer is not TextsOfAllRules)];

    /// <summary>The class of every rule, with the descriptors it reports.</summary>
    public static IReadOnlyList<(Type Type, IReadOnlyList<DiagnosticDescriptor> Descriptors)> Rules { get; } =
    [
        .. Types.Where(IsSharedRule).Select(type => (type, (IReadOnlyList<DiagnosticDescriptor>)[DescriptorOf(type)])),
        .. Types.Where(type => type.BaseType == typeof(MemberRule)).Select(type =>
            (type, (IReadOnlyList<DiagnosticDescriptor>)((MemberRule)Activator.CreateInstance(type)!).Reported)),
        .. Analyzers.Where(analyzer => !IsHost(analyzer.GetType())).Select(analyzer =>
            (analyzer.GetType(), (IReadOnlyList<DiagnosticDescriptor>)analyzer.SupportedDiagnostics)),
    ];

    public static IReadOnlyList<DiagnosticDescriptor> Descriptors { get; } = Analyzers
        .SelectMany(analyzer => analyzer.SupportedDiagnostics.DistinctBy(descriptor => descriptor.Id, StringComparer.Ordinal))
        .OrderBy(descriptor => descriptor.Id, StringComparer.Ordinal)
        .ToArray();

    public static IReadOnlyList<FragGuardCodeFix> Fixes { get; } = typeof(FragGuardCodeFix).Assembly.GetTypes()
        .Where(type => !type.IsAbstract && typeof(FragGuardCodeFix).IsAssignableFrom(type))
        .OrderBy(type => type.FullName, StringComparer.Ordinal)
        .Select(type => (FragGuardCodeFix)Activator.CreateInstance(type)!)
        .ToArray();

    public static DiagnosticAnalyzer AnalyzerOf(string id) => Analyzers.Single(analyzer =>
        analyzer.SupportedDiagnostics.Any(descriptor => string.Equals(descriptor.Id, id, StringComparison.Ordinal)));

    private static bool IsSharedRule(Type type) => type.IsSubclassOf(typeof(CacheTrafficRule)) || type.GetInterfaces().Any(contract =>
        contract.IsGenericType && contract.GetGenericTypeDefinition() == typeof(IOwnershipRule<>));

    private static bool IsHost(Type analyzer) => analyzer == typeof(CacheContents) || analyzer == typeof(RulesOfMembers);

    private static DiagnosticDescriptor DescriptorOf(Type rule) => (DiagnosticDescriptor)rule
        .GetProperty("Descriptor", BindingFlags.Public | BindingFlags.Instance)!
        .GetValue(Activator.CreateInstance(rule))!;
}

using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using System.Runtime.CompilerServices;
using FragGuard.Collector.Events;
using FragGuard.Collector.Feeds;

namespace FragGuard.Collector.Tests.Feeds;

public sealed class DeniedEventTests
{
    public static TheoryData<string> Names => [.. TraceProfile.All.Select(profile => profile.Name)];

    [Theory, MemberData(nameof(Names))]
    public void NoFeedReadsWhatAProfileDenies(string name)
    {
        EventRouter router = EveryFeed();
        Assert.NotNull(router.Find(RuntimeEvents.Provider, RuntimeEvents.GcStart));

        IEnumerable<(string Provider, int Id)> denied = TraceProfile.ByName(name).Requests
            .SelectMany(request => request.Denied.Select(id => (request.Provider, id)));

        Assert.DoesNotContain(denied, one => router.Find(one.Provider, one.Id) is not null);
    }

    /// <summary>A feed only registers while it is made, so what it hands its events to may be blank.</summary>
    private static EventRouter EveryFeed()
    {
        EventRouter router = new();
        IEnumerable<ConstructorInfo> constructors = typeof(GcFeed).Assembly.GetTypes()
            .Where(type => string.Equals(type.Namespace, typeof(GcFeed).Namespace, StringComparison.Ordinal))
            .SelectMany(type => type.GetConstructors())
            .Where(one => one.GetParameters().Any(parameter => parameter.ParameterType == typeof(EventRouter)));
        foreach (ConstructorInfo constructor in constructors)
            constructor.Invoke([.. constructor.GetParameters().Select(parameter => Blank(parameter.ParameterType, router))]);
        return router;
    }

    private static object? Blank(Type type, EventRouter router)
    {
        if (type == typeof(EventRouter))
            return router;
        return type.IsInterface || type.IsAbstract || type.IsAssignableTo(typeof(Delegate))
            ? null
            : RuntimeHelpers.GetUninitializedObject(type);
    }
}

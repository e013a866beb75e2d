using System;
using System.Linq;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.DependencyInjection;

namespace FragGuard.Instrumentation;

/// <summary>Makes a registered cache emit the events of the FragGuard-Cache provider.</summary>
public static class CacheRegistration
{
    /// <summary>Wraps the memory cache registered last, whose lifetime stays what it was.</summary>
    /// <param name="services">Services that already hold a memory cache.</param>
    /// <param name="name">Name under which a report shows the cache.</param>
    /// <param name="sizeOf">See <see cref="CacheObservation.Observed"/>.</param>
    /// <exception cref="ArgumentException">There are no services, or no name.</exception>
    /// <exception cref="InvalidOperationException">No memory cache is registered yet.</exception>
    public static IServiceCollection ObserveMemoryCache(
        this IServiceCollection services, string name, Func<object?, long>? sizeOf = null)
    {
        if (services is null)
            throw new ArgumentNullException(nameof(services));
        CacheObservation.RequireName(name);

        ServiceDescriptor registered = services.LastOrDefault(
            service => service.ServiceType == typeof(IMemoryCache) && !service.IsKeyedService)
            ?? throw new InvalidOperationException("There is no memory cache to observe: call AddMemoryCache() before.");

        services[services.IndexOf(registered)] = Observed(registered, name, sizeOf);
        return services;
    }

    /// <summary>An instance belongs to its maker, so the container must not dispose it through the wrapper either.</summary>
    private static ServiceDescriptor Observed(ServiceDescriptor registered, string name, Func<object?, long>? sizeOf) =>
        registered.ImplementationInstance is IMemoryCache instance
            ? ServiceDescriptor.Singleton(instance.Observed(name, sizeOf))
            : ServiceDescriptor.Describe(
                typeof(IMemoryCache),
                provider => Make(registered, provider).Observed(name, sizeOf),
                registered.Lifetime);

    private static IMemoryCache Make(ServiceDescriptor registered, IServiceProvider provider) =>
        (IMemoryCache)(registered.ImplementationFactory?.Invoke(provider)
            ?? ActivatorUtilities.CreateInstance(provider, registered.ImplementationType!));
}

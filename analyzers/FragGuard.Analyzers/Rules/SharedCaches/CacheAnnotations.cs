namespace FragGuard.Analyzers.Rules.SharedCaches;

/// <summary>Metadata names of the attributes that users put on their own caches.</summary>
internal static class CacheAnnotations
{
    public const string SharedCache = "FragGuard.Annotations.SharedCacheAttribute";
    public const string CachedValue = "FragGuard.Annotations.CachedValueAttribute";
}

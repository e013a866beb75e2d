namespace FragGuard.Analyzers.Tests.Rules.Pools;

/// <summary>The shapes of Microsoft.Extensions.ObjectPool, without its code.</summary>
internal static class ObjectPoolSource
{
    public const string Text = """

        namespace Microsoft.Extensions.ObjectPool
        {
            public abstract class ObjectPool<T> where T : class { public abstract T Get(); public abstract void Return(T obj); }
            public static class ObjectPool
            {
                public static ObjectPool<T> Create<T>(IPooledObjectPolicy<T>? policy = null) where T : class, new() => null!;
            }
            public class DefaultObjectPool<T> : ObjectPool<T> where T : class
            {
                public DefaultObjectPool(IPooledObjectPolicy<T> policy) { }
                public DefaultObjectPool(IPooledObjectPolicy<T> policy, int maximumRetained) { }
                public override T Get() => null!;
                public override void Return(T obj) { }
            }
            public interface IPooledObjectPolicy<T> where T : notnull { T Create(); bool Return(T obj); }
            public abstract class PooledObjectPolicy<T> : IPooledObjectPolicy<T> where T : notnull
            {
                public abstract T Create();
                public abstract bool Return(T obj);
            }
            public class DefaultPooledObjectPolicy<T> : PooledObjectPolicy<T> where T : class, new()
            {
                public override T Create() => new();
                public override bool Return(T obj) => obj is not System.IDisposable;
            }
            public class StringBuilderPooledObjectPolicy : PooledObjectPolicy<System.Text.StringBuilder>
            {
                public int MaximumRetainedCapacity { get; set; } = 4096;
                public override System.Text.StringBuilder Create() => new();
                public override bool Return(System.Text.StringBuilder obj) => obj.Capacity <= MaximumRetainedCapacity;
            }
            public abstract class ObjectPoolProvider
            {
                public ObjectPool<T> Create<T>() where T : class, new() => null!;
                public abstract ObjectPool<T> Create<T>(IPooledObjectPolicy<T> policy) where T : class;
            }
            public static class ObjectPoolProviderExtensions
            {
                public static ObjectPool<System.Text.StringBuilder> CreateStringBuilderPool(this ObjectPoolProvider provider) => null!;
            }
        }
        """;
}

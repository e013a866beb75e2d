namespace FragGuard.Analyzers.Patterns.Ownership;

/// <summary>The sites whose resource a value may be, and those it may only be a view of; bit i stands for site i.</summary>
internal readonly record struct Held(ulong Resources, ulong Views)
{
    public static Held Nothing => default;

    public ulong All => Resources | Views;

    public bool Any => All != 0;

    public Held AsView() => new(0, All);

    public Held Without(ulong sites) => new(Resources & ~sites, Views & ~sites);

    public static Held operator |(Held left, Held right) =>
        new(left.Resources | right.Resources, left.Views | right.Views);
}

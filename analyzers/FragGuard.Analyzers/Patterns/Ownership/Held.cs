namespace FragGuard.Analyzers.Patterns.Ownership;

/// <summary>The sites whose resource a value may be, and those it may only be a view of; bit i stands for site i.</summary>
internal readonly record struct Held(ulong Resources, ulong Views)
{
    public static Held Nothing => default;

    /// <summary>Those of the views that are only supposed: some result that a method made from the resource.</summary>
    public ulong Guesses { get; init; }

    /// <summary>Sites that were acquired on some path on which the value is not their resource.</summary>
    public ulong Lacks { get; init; }

    public ulong All => Resources | Views;

    public bool Any => All != 0;

    public Held AsView() => new(0, All) { Guesses = Guesses, Lacks = Lacks };

    public Held AsGuess() => new(0, All) { Guesses = All, Lacks = Lacks };

    public Held Without(ulong sites) =>
        new(Resources & ~sites, Views & ~sites) { Guesses = Guesses & ~sites, Lacks = Lacks & ~sites };

    public static Held operator |(Held left, Held right) =>
        new(left.Resources | right.Resources, left.Views | right.Views)
        {
            Guesses = left.Guesses | right.Guesses,
            Lacks = left.Lacks | right.Lacks,
        };
}

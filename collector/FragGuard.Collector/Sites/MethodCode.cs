namespace FragGuard.Collector.Sites;

/// <summary>Machine code of one method, as the runtime made it.</summary>
internal sealed class MethodCode(ulong start, ulong end, ulong methodId, long moduleId, int token, string type, string name)
{
    public ulong Start { get; } = start;

    /// <summary>First address past the code.</summary>
    public ulong End { get; } = end;

    public ulong MethodId { get; } = methodId;

    public long ModuleId { get; } = moduleId;

    /// <summary>Metadata token of the method definition.</summary>
    public int Token { get; } = token;

    /// <summary>Full type name, nested types joined by +.</summary>
    public string Type { get; private set; } = type;

    public string Name { get; } = name;

    /// <summary>Which IL each run of code came from; null when the runtime did not say.</summary>
    public CodeMap? Map { get; set; }

    /// <summary>Whether both are the same code of the same method.</summary>
    public bool IsSameAs(MethodCode other) =>
        Start == other.Start && End == other.End && MethodId == other.MethodId && Token == other.Token
        && ModuleId == other.ModuleId;

    /// <param name="shared">The same text, kept once for all methods of the type.</param>
    public void ShareType(string shared) => Type = shared;
}

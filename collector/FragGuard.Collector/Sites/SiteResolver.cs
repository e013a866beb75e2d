using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using FragGuard.Simulation.Traces;

namespace FragGuard.Collector.Sites;

/// <summary>
/// Turns call stacks into the code of the program that is behind them. Code that the JIT inlined has no frame of its own: it
/// counts for the method it was inlined into. Frames of native code have no name.
/// </summary>
/// <param name="symbols">Where PDBs are looked for; with none named, where the recording says its assemblies were.</param>
internal sealed class SiteResolver(StackTable stacks, MethodMap methods, SymbolFolders symbols) : IDisposable
{
    private const string NoStackName = "(no stack recorded)";
    private const string UnknownName = "(native or unlisted code)";

    /// <summary>What the runtime calls the type of dynamic methods.</summary>
    private const string GeneratedType = "dynamicClass";

    // Code that allocates on behalf of its caller: the caller is the site.
    private static readonly string[] IntermediaryPrefixes =
    [
        "System.", "Microsoft.Extensions.", "Microsoft.AspNetCore.", "Microsoft.Win32.", "netstandard", "mscorlib",
    ];

    // The same, where they may be compiled into the program.
    private static readonly string[] IntermediaryTypes = ["FragGuard.Instrumentation", "Microsoft.IO.RecyclableMemoryStream"];

    private readonly Dictionary<RecordedModule, PortablePdb?> _pdbs = [];
    private readonly Dictionary<int, AllocationSite> _sites = [];
    private readonly HashSet<int> _generated = [];
    private readonly Dictionary<ulong, CodeFrame?> _frames = [];
    private readonly Dictionary<ulong, AllocationSite?> _ownPlaces = [];

    /// <summary>
    /// The innermost frame of the program with a known line; else its innermost frame; else the innermost known frame.
    /// </summary>
    public AllocationSite Resolve(int stack)
    {
        if (_sites.TryGetValue(stack, out AllocationSite? known))
            return known;

        AllocationSite site = Find(stack);
        _sites[stack] = site;
        return site;
    }

    /// <summary>
    /// Whether code made at run time called a pool itself: it has no lines, so that the site is at best the code that called it.
    /// </summary>
    public bool IsGenerated(int stack)
    {
        Resolve(stack);
        return _generated.Contains(stack);
    }

    /// <summary>The places of the program with a known line that called the site of a stack, each once, innermost first.</summary>
    public IReadOnlyList<AllocationSite> CallersOf(int stack)
    {
        List<AllocationSite> found = [];
        HashSet<AllocationSite> seen = [Resolve(stack)];
        foreach (ulong returnAddress in stacks[stack])
        {
            if (!_ownPlaces.TryGetValue(returnAddress, out AllocationSite? place))
                _ownPlaces[returnAddress] = place = OwnPlaceAt(returnAddress - 1);
            if (place is not null && seen.Add(place))
                found.Add(place);
        }

        return found;
    }

    /// <summary>The known methods of a stack, innermost first.</summary>
    public IReadOnlyList<MethodCode> MethodsOf(int stack)
    {
        List<MethodCode> found = [];
        foreach (ulong returnAddress in stacks[stack])
        {
            if (methods.Find(returnAddress - 1) is { } code)
                found.Add(code);
        }

        return found;
    }

    /// <summary>The known code of a stack, outermost first.</summary>
    public IReadOnlyList<CodeFrame> FramesOf(int stack)
    {
        List<CodeFrame> found = [];
        foreach (ulong returnAddress in stacks[stack])
        {
            if (!_frames.TryGetValue(returnAddress, out CodeFrame? frame))
                _frames[returnAddress] = frame = FrameAt(returnAddress - 1);
            if (frame is not null)
                found.Add(frame);
        }

        found.Reverse();
        return found;
    }

    public void Dispose()
    {
        foreach (PortablePdb? pdb in _pdbs.Values)
            pdb?.Dispose();
    }

    private CodeFrame? FrameAt(ulong address)
    {
        if (methods.Find(address) is not { } code)
            return null;

        SourceLine? line = LineOf(code, address);
        return new CodeFrame(ReadableName.Of(code.Type, code.Name), line?.File, line?.Line ?? 0);
    }

    private AllocationSite Find(int stack)
    {
        MethodCode? innermost = null;
        MethodCode? own = null;
        MethodCode? called = null;
        foreach (ulong returnAddress in stacks[stack])
        {
            // A return address is the first byte after the call.
            ulong address = returnAddress - 1;
            if (methods.Find(address) is not { } code)
                continue;

            innermost ??= code;
            MethodCode? inner = called;
            called = code;
            if (IsIntermediary(code))
                continue;

            own ??= code;
            if (string.Equals(code.Type, GeneratedType, StringComparison.Ordinal) && IsPool(inner))
                _generated.Add(stack);
            if (LineOf(code, address) is { } line)
                return PlaceOf(code, line);
        }

        return (own ?? innermost) is { } best
            ? new AllocationSite(ReadableName.Of(best.Type, best.Name))
            : new AllocationSite(stacks[stack].IsEmpty ? NoStackName : UnknownName);
    }

    private AllocationSite? OwnPlaceAt(ulong address) =>
        methods.Find(address) is { } code && !IsIntermediary(code) && LineOf(code, address) is { } line ? PlaceOf(code, line) : null;

    private static AllocationSite PlaceOf(MethodCode code, SourceLine line) => new(
        ReadableName.Of(code.Type, code.Name), line.File, line.Line, null, line.FirstLine, line.LastLine);

    private static bool IsPool(MethodCode? code) => code?.Type.StartsWith("System.Buffers.", StringComparison.Ordinal) == true;

    private bool IsIntermediary(MethodCode code)
    {
        RecordedModule? module = methods.ModuleOf(code.ModuleId);
        string assembly = module is null ? code.Type : Path.GetFileNameWithoutExtension(module.Path);
        return IntermediaryTypes.Any(prefix => code.Type.StartsWith(prefix, StringComparison.Ordinal))
            || IntermediaryPrefixes.Any(prefix => assembly.StartsWith(prefix, StringComparison.Ordinal));
    }

    private SourceLine? LineOf(MethodCode code, ulong address)
    {
        if (methods.ModuleOf(code.ModuleId) is not { } module)
            return null;

        if (!_pdbs.TryGetValue(module, out PortablePdb? pdb))
            _pdbs[module] = pdb = Open(module);
        int ilOffset = code.Map?.IlOffsetOfCallAt((int)Math.Min(address - code.Start, int.MaxValue)) ?? -1;
        return pdb?.LineAt(code.Token, ilOffset);
    }

    private PortablePdb? Open(RecordedModule module)
    {
        if (!symbols.Any)
            return PortablePdb.TryOpen(module.Path, module.PdbId);

        return module.PdbId is { } id ? symbols.TryOpen(id) : null;
    }
}

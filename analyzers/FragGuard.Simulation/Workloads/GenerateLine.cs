using System.Collections.Generic;
using FragGuard.Simulation.Traces;
using FragGuard.Simulation.Workloads.Synthetic;

namespace FragGuard.Simulation.Workloads;

/// <summary>
/// The line of a workload that stands for many drawn operations:
/// <c>generate operations=n sizes=d [lifetimes=d] [shape=s] [seed=n] [keys=bytes] [site=name]</c>.
/// </summary>
internal sealed class GenerateLine
{
    public const string Operation = "generate";

    private const string Shapes = "steady, ramp, burst(n), oddfree(n), comb(n) and sawtooth(n)";

    private const string Options =
        "operations=<n>, sizes=<d>, lifetimes=<d>, shape=<s>, seed=<n>, keys=<bytes> and site=<name>";

    private readonly int _ordinal;
    private long _operations;
    private Distribution? _sizes;
    private Distribution? _lifetimes;
    private LifeShape _shape;
    private long _blocks;
    private long _seed = 1;
    private int _keyBytes;
    private int _site = -1;

    private GenerateLine(int ordinal) => _ordinal = ordinal;

    /// <param name="ordinal">0-based number of the line among those that generate: their blocks have ids of their own.</param>
    /// <exception cref="WorkloadFormatException">The line does not say what to generate, or is one too many.</exception>
    public static GenerateLine Read(WorkloadLine line, SiteTable sites, int ordinal)
    {
        if (ordinal >= NameIds.MostGenerators)
            throw line.Error($"at most {NameIds.MostGenerators} lines of a workload {Operation}");
        GenerateLine read = new(ordinal);
        while (line.HasMore)
            read.ReadOption(line, sites);
        if (read._operations == 0)
            throw line.Error($"{Operation} lacks its operations=<n>");
        if (read._sizes is null)
            throw line.Error($"{Operation} lacks its sizes=<d>");
        bool hasLifetimes = read._shape is LifeShape.Steady or LifeShape.Ramp or LifeShape.Burst;
        if (hasLifetimes && read._lifetimes is null)
            throw line.Error($"{Operation} lacks its lifetimes=<d>");
        if (!hasLifetimes && read._lifetimes is not null)
            throw line.Error("the shape settles when blocks die, so there are no lifetimes=<d>");
        return read;
    }

    public IEnumerable<AllocationEvent> Events()
    {
        long left = _operations;
        SyntheticLives lives = new(_sizes!, _lifetimes, _shape, _blocks, _operations, (ulong)_seed);
        foreach (Life life in lives.All())
        {
            long id = NameIds.Generated(_ordinal, life.Number);
            yield return (_keyBytes, life.IsBirth) switch
            {
                (0, true) => new AllocationEvent(AllocationEventKind.Allocate, id, life.Bytes, Site: _site),
                (0, false) => new AllocationEvent(AllocationEventKind.Free, id),
                (_, true) => new AllocationEvent(AllocationEventKind.Set, ~id, life.Bytes, _keyBytes),
                (_, false) => new AllocationEvent(AllocationEventKind.Delete, ~id, KeyBytes: _keyBytes),
            };
            if (--left == 0)
                yield break;
        }
    }

    private void ReadOption(WorkloadLine line, SiteTable sites)
    {
        if (line.TakeOption("operations=", out WorkloadField operations))
            _operations = OperationsIn(line, operations);
        else if (line.TakeOption("sizes=", out WorkloadField sizes))
            _sizes = DistributionIn(line, sizes, "sizes");
        else if (line.TakeOption("lifetimes=", out WorkloadField lifetimes))
            _lifetimes = DistributionIn(line, lifetimes, "lifetimes");
        else if (line.TakeOption("shape=", out WorkloadField shape))
            ReadShape(line, shape);
        else if (line.TakeOption("seed=", out WorkloadField seed))
            _seed = line.NumberIn(seed, "seed");
        else if (line.TakeOption("keys=", out WorkloadField keys))
            _keyBytes = KeyBytesIn(line, keys);
        else if (line.TakeOption("site=", out WorkloadField site))
            _site = OperationReader.Site(line, sites, site);
        else
            throw line.NoSuchOption(Options);
    }

    private static Distribution DistributionIn(WorkloadLine line, WorkloadField field, string meaning) =>
        DistributionText.Parse(line.TextOf(field))
        ?? throw line.Error(
            $"the {meaning} '{line.Quote(field)}' are none of {DistributionText.Forms}, "
            + $"whole numbers from 1 to {Distribution.Max}");

    private static long OperationsIn(WorkloadLine line, WorkloadField field)
    {
        long operations = line.NumberIn(field, "number of operations");
        return operations > 0 ? operations : throw line.Error($"{Operation} makes at least one operation");
    }

    private static int KeyBytesIn(WorkloadLine line, WorkloadField field)
    {
        long bytes = line.NumberIn(field, "key length");
        return bytes is >= 1 and <= WorkloadReader.MaxNameBytes
            ? (int)bytes
            : throw line.Error($"a key has 1 to {WorkloadReader.MaxNameBytes} bytes, not {bytes}");
    }

    private void ReadShape(WorkloadLine line, WorkloadField field)
    {
        string text = line.TextOf(field);
        int open = text.IndexOf('(');
        string name = open < 0 ? text : text.Substring(0, open);
        (LifeShape? shape, bool takesBlocks) = name switch
        {
            "steady" => (LifeShape.Steady, false),
            "ramp" => (LifeShape.Ramp, false),
            "burst" => (LifeShape.Burst, true),
            "oddfree" => (LifeShape.OddFree, true),
            "comb" => (LifeShape.Comb, true),
            "sawtooth" => (LifeShape.Sawtooth, true),
            _ => ((LifeShape?)null, false),
        };
        if (shape is null || takesBlocks != (open >= 0) || (open >= 0 && text[text.Length - 1] != ')'))
            throw line.Error($"the shape '{line.Quote(field)}' is none of {Shapes}");
        _shape = shape.Value;
        _blocks = open < 0
            ? 0
            : line.NumberIn(new WorkloadField(field.Start + open + 1, field.Length - open - 2), "n of the shape");
        if (takesBlocks && _blocks < 2)
            throw line.Error($"the n of the shape {name} is at least 2");
    }
}

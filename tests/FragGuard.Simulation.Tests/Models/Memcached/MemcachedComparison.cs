using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading;
using FragGuard.Simulation.Models;
using FragGuard.Simulation.Models.Memcached;
using FragGuard.Simulation.Traces;
using FragGuard.Simulation.Workloads;

namespace FragGuard.Simulation.Tests.Models.Memcached;

/// <summary>Plays events through a real memcached and through the model, and notes where they differ.</summary>
internal sealed class MemcachedComparison(MemcachedServer server, MemcachedModel model)
{
    /// <summary>What is compared at a checkpoint, as the fidelity page says it.</summary>
    public const string Things =
        "operations: answer; at checkpoints pages, chunks, items, bytes, evictions and refusals of every class";

    private const int CheckpointInterval = 2_000;
    private const int Rereads = 20;
    private const int RereadMilliseconds = 50;

    private readonly List<string> _differences = [];

    /// <summary>Whether no thread but the worker frees expired items, so that their number can be compared too.</summary>
    public bool IsFlat { get; init; }

    public long Operations { get; private set; }

    public long Differences { get; private set; }

    public long Refused { get; private set; }

    public long Moved { get; private set; }

    public long Evicted => model.Classes().Sum(slab => slab.Evicted);

    /// <summary>The first differences, one a line.</summary>
    public string Text => string.Join('\n', _differences);

    public static MemcachedModel Model(params (string Key, string Value)[] settings) =>
        (MemcachedModel)AllocatorModels.Create(
            "memcached", settings.Select(pair => new KeyValuePair<string, string>(pair.Key, pair.Value)));

    /// <summary>Plays the events, comparing each answer, and the counters now and then and at the end.</summary>
    public void Play(IEnumerable<AllocationEvent> events)
    {
        foreach (AllocationEvent[] batch in events.Chunk(CheckpointInterval))
        {
            foreach ((AllocationEvent played, string reply) in server.Connection.Play(batch))
            {
                EventAnswer answer = model.Apply(played).Answer;
                Operations++;
                if (answer == EventAnswer.NoMemory)
                    Refused++;
                EventAnswer real = MemcachedConnection.AnswerOf(played, reply);
                if (real != (answer == EventAnswer.Forcible ? EventAnswer.Ok : answer))
                    Note($"operation {Operations}, {played}: memcached said {reply}, the model {answer}");
            }

            CompareCounters();
        }
    }

    /// <summary>Moves pages of classes that have one to spare to others, or to the pool, in memcached and in the model.</summary>
    public void MovePages(SeededRandom random, int moves)
    {
        for (int i = 0; i < moves; i++)
        {
            int[] sources = model.Classes().Where(slab => slab.Pages > 1).Select(slab => slab.Class).ToArray();
            int from = sources[(int)random.Next(0, sources.Length - 1)];
            int[] targets = [0, .. model.Classes().Select(slab => slab.Class).Where(slab => slab != from)];
            int to = targets[(int)random.Next(0, 2) * (int)random.Next(0, (targets.Length - 1) / 2)];
            string reply = server.Connection.Ask($"slabs reassign {from} {to}");
            while (reply.StartsWith("BUSY", StringComparison.Ordinal))
                reply = server.Connection.Ask($"slabs reassign {from} {to}");
            if (!model.MovePage(from, to) || !string.Equals(reply, "OK", StringComparison.Ordinal))
                Note($"a page from {from} to {to}: memcached said {reply}");
            Moved++;
            while (Number(server.Connection.Statistics(string.Empty), "slabs_moved") < Moved)
                Thread.Sleep(1);
        }

        CompareCounters();
    }

    /// <summary>
    /// Compares every class. Nothing is being stored meanwhile, but the maintainer may be carrying an item from one queue
    /// to the next, in none of them: so what differs is read again.
    /// </summary>
    public void CompareCounters()
    {
        string[] differences = Compare().ToArray();
        for (int i = 0; i < Rereads && differences.Length > 0; i++)
        {
            Thread.Sleep(RereadMilliseconds);
            differences = Compare().ToArray();
        }

        foreach (string difference in differences)
            Note($"after operation {Operations}: {difference}");
    }

    private void Note(string difference)
    {
        Differences++;
        if (_differences.Count < 20)
            _differences.Add(difference);
    }

    private IEnumerable<string> Compare()
    {
        Dictionary<string, string> slabs = server.Connection.Statistics("slabs");
        Dictionary<string, string> items = server.Connection.Statistics("items");
        Dictionary<string, string> all = server.Connection.Statistics(string.Empty);
        List<(string Name, long Real, long Modelled)> pairs =
        [
            ("total_malloced", Number(slabs, "total_malloced"), model.PagesBytes),
            ("curr_items", Number(all, "curr_items"), model.Count),
            ("active_slabs", Number(slabs, "active_slabs"), model.Classes().Count(slab => slab.Pages > 0)),
            ("evictions", Number(all, "evictions"), model.Classes().Sum(slab => slab.Evicted)),
        ];
        foreach (MemcachedClass slab in model.Classes())
        {
            string name = slab.Class.ToString(CultureInfo.InvariantCulture);
            pairs.Add(($"{name}:chunk_size", Number(slabs, $"{name}:chunk_size"), slab.ChunkBytes));
            pairs.Add(($"{name}:total_pages", Number(slabs, $"{name}:total_pages"), slab.Pages));
            pairs.Add(($"{name}:total_chunks", Number(slabs, $"{name}:total_chunks"), slab.TotalChunks));
            pairs.Add(($"{name}:used_chunks", Number(slabs, $"{name}:used_chunks"), slab.UsedChunks));
            pairs.Add(($"{name}:free_chunks", Number(slabs, $"{name}:free_chunks"), slab.FreeChunks));
            pairs.Add(($"{name}:number", Number(items, $"items:{name}:number"), slab.Items));
            if (slab.Items == 0)
                continue;
            pairs.Add(($"{name}:mem_requested", Number(items, $"items:{name}:mem_requested"), slab.ItemBytes));
            pairs.Add(($"{name}:evicted", Number(items, $"items:{name}:evicted"), slab.Evicted));
            if (IsFlat)
                pairs.Add(($"{name}:reclaimed", Number(items, $"items:{name}:reclaimed"), slab.Reclaimed));
            pairs.Add(($"{name}:outofmemory", Number(items, $"items:{name}:outofmemory"), slab.OutOfMemory));
        }

        return pairs.Where(pair => pair.Real != pair.Modelled)
            .Select(pair => $"{pair.Name} is {pair.Real} in memcached and {pair.Modelled} in the model");
    }

    private static long Number(Dictionary<string, string> statistics, string name) =>
        statistics.TryGetValue(name, out string? text) ? long.Parse(text, CultureInfo.InvariantCulture) : 0;
}

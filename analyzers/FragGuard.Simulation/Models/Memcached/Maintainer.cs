using System;

namespace FragGuard.Simulation.Models.Memcached;

/// <summary>What memcached's background threads do: keep the queues, move pages, crawl for expired items.</summary>
internal sealed class Maintainer
{
    private const int ClockStart = 2;

    private readonly MemcachedRules _rules;
    private readonly ItemStore _items;
    private readonly QueueKeeper _queues;
    private readonly PageAutomover _automover;
    private int _lastSource;

    public Maintainer(MemcachedRules rules, ItemStore items, QueueKeeper queues, ItemAllocator allocator)
    {
        _rules = rules;
        _items = items;
        _queues = queues;
        _automover = new PageAutomover(rules, items, queues, allocator);
        Mover = new PageMover(items);
    }

    public PageMover Mover { get; }

    private int LargestClass => _items.Pages.Table.Largest;

    /// <summary>Lets the clock tick; it never goes back. Of a long pause only the last seconds are played one by one.</summary>
    /// <param name="milliseconds">Time since the start of the trace.</param>
    /// <returns>Live items dropped by the page mover.</returns>
    public int SetClock(long milliseconds)
    {
        int until = (int)Math.Min(ClockStart + Math.Max(0, milliseconds) / 1000, int.MaxValue - 1);
        int ticks = _rules.IsSegmented ? 2 * _rules.AutomoveWindow + 2 : 0;
        _items.Now = Math.Max(_items.Now, until - ticks);
        int dropped = Mover.Dropped;
        while (_items.Now < until)
        {
            _items.Now++;
            KeepAll();
            if (_rules.Automove == 1)
                Automove();
        }

        return Mover.Dropped - dropped;
    }

    /// <summary>Keeps the queues of every class, where there is a maintainer.</summary>
    public void KeepAll()
    {
        for (int i = 1; _rules.IsSegmented && i <= LargestClass; i++)
            _queues.Keep(i);
    }

    /// <summary>After an eviction, under the most eager setting: takes a page from the next class in turn that can spare one.</summary>
    public void AnswerEviction()
    {
        int to = _queues.EvictingClass;
        _queues.EvictingClass = 0;
        for (int i = 0; i < LargestClass; i++)
        {
            _lastSource = _lastSource % LargestClass + 1;
            if (_lastSource != to && Mover.Move(_lastSource, to))
                return;
        }
    }

    /// <param name="max">Most items to free; 0 for all.</param>
    public void FreeExpired(long max)
    {
        long left = max <= 0 ? long.MaxValue : max;
        for (int item = 1; item <= _items.LastItem && left > 0; item++)
        {
            if (!_items.IsInUse(item) || !_items.IsPast(item))
                continue;
            _items.Remove(item);
            left--;
        }
    }

    /// <summary>Moves a page where one is wanted, and every page that nobody wants to the pool.</summary>
    private void Automove()
    {
        while (_automover.TryDecide(out int from, out int to))
        {
            if (!Mover.Move(from, to) || to != 0)
                return;
        }
    }
}

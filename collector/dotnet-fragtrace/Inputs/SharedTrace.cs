using System;
using System.Collections.Generic;
using System.Runtime.ExceptionServices;
using System.Threading;
using FragGuard.Simulation.Traces;

namespace FragGuard.FragTrace.Inputs;

/// <summary>
/// One reading of a trace for several listeners, each on a thread of its own: events are read once into a ring of
/// batches, and the reader waits for the slowest listener. Memory is the ring's, however long the trace.
/// </summary>
internal sealed class SharedTrace
{
    private const int Batches = 8;
    private const long Gone = long.MaxValue;

    private readonly AllocationTrace _trace;
    private readonly EventBatch[] _ring = new EventBatch[Batches];
    private readonly long[] _heard;
    private readonly Lock _reading = new();
    private readonly object _turn = new();
    private long _read;
    private bool _hasEnded;
    private int _lastListener = int.MaxValue;
    private ExceptionDispatchInfo? _failure;

    /// <param name="trace">The trace; its events are enumerated once.</param>
    /// <param name="listeners">Number of listeners.</param>
    public SharedTrace(AllocationTrace trace, int listeners)
    {
        _trace = trace;
        _heard = new long[listeners];
        for (int i = 0; i < Batches; i++)
            _ring[i] = new EventBatch();
    }

    /// <summary>
    /// The trace for one listener, to be enumerated once. What the reading throws, it throws where the listener gets there.
    /// Its sites are complete when the reading has ended. Where a listener leaves early, those after it are dismissed: the
    /// trace ends for them.
    /// </summary>
    /// <param name="listener">0-based number of the listener.</param>
    public AllocationTrace For(int listener)
    {
        Place place = new(_ring[0]);
        return new AllocationTrace(Listen(listener, place), _trace.Sites, NameOf, () => place.Line);
    }

    /// <summary>
    /// To be called when a listener is done, whatever it did: one that never began to listen counts as one that left early, so that
    /// nobody waits for it.
    /// </summary>
    /// <param name="listener">0-based number of the listener.</param>
    public void Leave(int listener)
    {
        lock (_turn)
        {
            if (_heard[listener] == Gone)
                return;
            _lastListener = Math.Min(_lastListener, listener);
            SetHeard(listener, Gone);
        }
    }

    /// <summary>Reads the trace to its end, or until no listener is left. What it meets goes to the listeners.</summary>
    /// <param name="progress">Called after each batch with the number of events read so far.</param>
    public void Read(Action<long> progress)
    {
        long events = 0;
        try
        {
            using IEnumerator<AllocationEvent> source = _trace.Events.GetEnumerator();
            for (bool isFull = true; isFull && AwaitRoom();)
            {
                EventBatch batch = _ring[_read % Batches];
                try
                {
                    lock (_reading)
                        isFull = batch.Fill(source, _trace);
                }
                finally
                {
                    Publish();
                }

                events += batch.Count;
                progress(events);
            }

            End(failure: null);
        }
        catch (Exception exception)
        {
            End(exception);
        }
    }

    /// <summary>The reader is not amid a batch while the trace looks for a name.</summary>
    private string NameOf(long id)
    {
        lock (_reading)
            return _trace.NameOf(id);
    }

    private IEnumerable<AllocationEvent> Listen(int listener, Place place)
    {
        bool isAmid = false;
        try
        {
            while (AwaitBatch(listener, out EventBatch batch))
            {
                isAmid = true;
                place.Batch = batch;
                for (place.Index = 0; place.Index < batch.Count; place.Index++)
                    yield return batch.Events[place.Index];
                isAmid = false;
                SetHeard(listener, _heard[listener] + 1);
            }
        }
        finally
        {
            if (isAmid)
                Leave(listener);
            else
                SetHeard(listener, Gone);
        }
    }

    private void SetHeard(int listener, long batches)
    {
        lock (_turn)
        {
            _heard[listener] = batches;
            Monitor.PulseAll(_turn);
        }
    }

    /// <returns>False when there is no further batch.</returns>
    private bool AwaitBatch(int listener, out EventBatch batch)
    {
        lock (_turn)
        {
            while (_heard[listener] == _read && !_hasEnded)
                Monitor.Wait(_turn);
            batch = _ring[_heard[listener] % Batches];
            if (listener > _lastListener)
                return false;
            if (_heard[listener] == _read)
                _failure?.Throw();
            return _heard[listener] < _read;
        }
    }

    /// <returns>False when nobody listens any more.</returns>
    private bool AwaitRoom()
    {
        lock (_turn)
        {
            while (true)
            {
                long slowest = Slowest();
                if (slowest == Gone)
                    return false;
                if (_read - slowest < Batches)
                    return true;
                Monitor.Wait(_turn);
            }
        }
    }

    private long Slowest()
    {
        long slowest = Gone;
        foreach (long heard in _heard)
            slowest = Math.Min(slowest, heard);
        return slowest;
    }

    private void Publish()
    {
        lock (_turn)
        {
            _read++;
            Monitor.PulseAll(_turn);
        }
    }

    private void End(Exception? failure)
    {
        lock (_turn)
        {
            _failure = failure is null ? null : ExceptionDispatchInfo.Capture(failure);
            _hasEnded = true;
            Monitor.PulseAll(_turn);
        }
    }

    /// <summary>The event a listener heard last.</summary>
    private sealed class Place(EventBatch batch)
    {
        public EventBatch Batch { get; set; } = batch;

        public int Index { get; set; }

        public long Line => Batch.Lines[Index];
    }

    /// <summary>Consecutive events of a trace, and the line of each.</summary>
    private sealed class EventBatch
    {
        private const int Capacity = 4096;

        public AllocationEvent[] Events { get; } = new AllocationEvent[Capacity];

        public long[] Lines { get; } = new long[Capacity];

        public int Count { get; private set; }

        /// <returns>False when the source has ended; what was read until then, or until it threw, counts.</returns>
        public bool Fill(IEnumerator<AllocationEvent> source, AllocationTrace trace)
        {
            Count = 0;
            while (Count < Capacity)
            {
                if (!source.MoveNext())
                    return false;
                Events[Count] = source.Current;
                Lines[Count] = trace.Line;
                Count++;
            }

            return true;
        }
    }
}

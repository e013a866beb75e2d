using System.Collections.Generic;

namespace FragGuard.Collector.Pools;

/// <summary>The last sampled allocation of each thread, where it was one of an array.</summary>
internal sealed class ArrayBirths
{
    private const int MaxThreads = 1 << 14;
    private const int Places = 1 << 6;

    // Most recordings have few threads, and these numbers that follow each other: each has a place of its own. Of a thread that
    // has none any more the rest is kept aside.
    private readonly Place[] _places = new Place[Places];
    private readonly Dictionary<long, ArrayBirth> _others = [];

    public void Add(long thread, in ArrayBirth birth)
    {
        ref Place place = ref PlaceOf(thread);
        place.IsArray = true;
        place.Birth = birth;
    }

    public void Forget(long thread) => PlaceOf(thread).IsArray = false;

    /// <summary>The thread's last array, once.</summary>
    public bool TryTake(long thread, out ArrayBirth birth)
    {
        ref Place place = ref PlaceOf(thread);
        bool isArray = place.IsArray;
        birth = isArray ? place.Birth : default;
        place.IsArray = false;
        return isArray;
    }

    private ref Place PlaceOf(long thread)
    {
        ref Place place = ref _places[(int)(thread & (Places - 1))];
        if (place.Thread != thread)
            Turn(ref place, thread);
        return ref place;
    }

    private void Turn(ref Place place, long thread)
    {
        if (place.IsArray)
        {
            if (_others.Count >= MaxThreads)
                _others.Clear();
            _others[place.Thread] = place.Birth;
        }

        place.Thread = thread;
        place.IsArray = _others.Remove(thread, out place.Birth);
    }

    private struct Place
    {
        public long Thread;
        public bool IsArray;
        public ArrayBirth Birth;
    }
}

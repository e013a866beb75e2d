using System;
using System.Collections.Generic;

namespace FragGuard.Collector.Events;

/// <summary>Who wants which events. Feeds register before reading starts; a reader asks once per kind of event.</summary>
internal sealed class EventRouter
{
    private readonly Dictionary<string, Dictionary<int, RecordedEventHandler>> _handlers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Dictionary<string, RecordedEventHandler>> _named = new(StringComparer.Ordinal);

    /// <summary>Adds a handler; several of one event are called in the order they were added.</summary>
    public void On(string provider, int id, RecordedEventHandler handler)
    {
        if (!_handlers.TryGetValue(provider, out Dictionary<int, RecordedEventHandler>? ofProvider))
            _handlers[provider] = ofProvider = [];
        ofProvider[id] = ofProvider.TryGetValue(id, out RecordedEventHandler? earlier) ? earlier + handler : handler;
    }

    /// <summary>Adds a handler of an event that has a name and no fixed id, as those that describe themselves.</summary>
    public void OnNamed(string provider, string name, RecordedEventHandler handler)
    {
        if (!_named.TryGetValue(provider, out Dictionary<string, RecordedEventHandler>? ofProvider))
            _named[provider] = ofProvider = new Dictionary<string, RecordedEventHandler>(StringComparer.Ordinal);
        ofProvider[name] = handler;
    }

    /// <summary>Names of the providers of which any event is wanted.</summary>
    public IReadOnlyCollection<string> Providers => _handlers.Keys;

    /// <summary>Null when nobody wants the event.</summary>
    public RecordedEventHandler? Find(string provider, int id) => _handlers.GetValueOrDefault(provider)?.GetValueOrDefault(id);

    /// <summary>By id, or else by name; null when nobody wants the event.</summary>
    public RecordedEventHandler? Find(string provider, int id, string name) =>
        Find(provider, id) ?? _named.GetValueOrDefault(provider)?.GetValueOrDefault(name);
}

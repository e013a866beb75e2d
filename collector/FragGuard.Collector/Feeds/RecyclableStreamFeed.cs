using System;
using System.Diagnostics.Tracing;
using FragGuard.Collector.Events;
using FragGuard.Collector.Sites;
using FragGuard.Collector.Streams;

namespace FragGuard.Collector.Feeds;

/// <summary>
/// Events of Microsoft.IO.RecyclableMemoryStream (src/Events.cs of that repository, versions 1.3 to 3.0). Warnings: buffers
/// made and discarded, streams never disposed. Verbose: every stream as well. None names its manager.
/// </summary>
internal sealed class RecyclableStreamFeed
{
    public const string Provider = "Microsoft-IO-RecyclableMemoryStream";

    private const int MaxTagLength = 128;
    private const int FirstLongRequest = 2;
    private const int PoolFieldsBytes = 6 * sizeof(long);

    private readonly StreamLog _log;
    private readonly StackTable _stacks;

    public RecyclableStreamFeed(EventRouter router, StreamLog log, StackTable stacks)
    {
        _log = log;
        _stacks = stacks;
        router.On(Provider, 1, OnCreated);
        router.On(Provider, 2, (in RecordedEvent recorded) => _log.Disposed(recorded.Thread, StreamOf(recorded)));
        router.On(Provider, 3, (in RecordedEvent _) => _log.DisposedTwice());
        router.On(Provider, 4, (in RecordedEvent recorded) => _log.Finalized(recorded.Thread, StreamOf(recorded)));
        router.On(Provider, 5, OnCopied);
        router.On(Provider, 6, OnManager);
        router.On(Provider, 7, OnBlock);
        router.On(Provider, 8, OnLargeBuffer);
        router.On(Provider, 9, (in RecordedEvent _) => _log.NeverPooled());
        router.On(Provider, 10, OnDiscarded);
        router.On(Provider, 11, (in RecordedEvent _) => _log.OverCapacity());
    }

    public static ProviderRequest Request(EventLevel level) => new(Provider, -1, level);

    private static Guid StreamOf(in RecordedEvent recorded) => recorded.Fields.ReadGuid();

    private static Payload AfterStream(in RecordedEvent recorded)
    {
        Payload fields = recorded.Fields;
        fields.ReadGuid();
        return fields;
    }

    private void OnCreated(in RecordedEvent recorded)
    {
        string tag = AfterStream(recorded).ReadText();
        _log.Created(
            StreamOf(recorded), tag.Length <= MaxTagLength ? tag : tag[..MaxTagLength], _stacks.Intern(recorded));
    }

    private void OnCopied(in RecordedEvent recorded)
    {
        Payload fields = AfterStream(recorded);
        fields.ReadText();
        fields.ReadText();
        _log.Copied(recorded.Version >= FirstLongRequest ? fields.ReadInt64() : fields.ReadInt32());
    }

    private void OnManager(in RecordedEvent recorded)
    {
        Payload fields = recorded.Fields;
        _log.ManagerMade(new StreamManager(fields.ReadInt32(), fields.ReadInt32(), fields.ReadInt32()));
    }

    private void OnBlock(in RecordedEvent recorded)
    {
        _log.PoolUsed();
        _log.Small.AddMade(recorded.Fields.ReadInt64());
    }

    private void OnLargeBuffer(in RecordedEvent recorded)
    {
        Payload fields = recorded.Fields;
        fields.Skip(recorded.Version >= FirstLongRequest ? sizeof(long) : sizeof(int));
        _log.PoolUsed();
        _log.Large.AddMade(fields.ReadInt64());
    }

    // Version 1 of the library named no stream, and the tag stood second; what the pools hold was appended in 2.3.
    private void OnDiscarded(in RecordedEvent recorded)
    {
        bool namesStream = recorded.Version >= FirstLongRequest;
        Payload fields = namesStream ? AfterStream(recorded) : recorded.Fields;
        if (namesStream)
            fields.ReadText();
        bool isSmall = fields.ReadInt32() == 0;
        if (!namesStream)
            fields.ReadText();
        _log.PoolUsed();
        (isSmall ? _log.Small : _log.Large).AddDiscarded(isTooLarge: fields.ReadInt32() == 0);
        if (fields.RestBytes < PoolFieldsBytes)
            return;

        fields.Skip(sizeof(long));
        _log.Small.Tell(fields.ReadInt64(), fields.ReadInt64());
        fields.Skip(sizeof(long));
        _log.Large.Tell(fields.ReadInt64(), fields.ReadInt64());
    }
}

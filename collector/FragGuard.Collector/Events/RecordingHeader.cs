using System;
using System.IO;

namespace FragGuard.Collector.Events;

/// <summary>The first bytes of a recording: "Nettrace", then the name of a serializer or, since version 6, a version.</summary>
internal static class RecordingHeader
{
    /// <summary>The first version whose file is a plain list of blocks.</summary>
    public const int FirstBlockVersion = 6;

    /// <summary>What files before that are called here: 4 or 5, which are read alike.</summary>
    private const int ObjectVersion = 5;

    private const string Serializer = "!FastSerialization.1";
    private const string NoRecording = "is no .nettrace recording";

    /// <summary>The version of the format.</summary>
    /// <exception cref="RecordingFormatException">There is none, or one that is not known.</exception>
    public static int ReadVersion(ForwardStream bytes)
    {
        try
        {
            Span<byte> text = stackalloc byte[Serializer.Length];
            bytes.ReadExactly(text[.."Nettrace".Length]);
            if (!text.StartsWith("Nettrace"u8))
                throw new RecordingFormatException(NoRecording);

            int length = bytes.ReadInt32();
            if (length == 0)
                return ReadBlockVersion(bytes);

            bytes.ReadExactly(text);
            if (length == Serializer.Length && text.SequenceEqual("!FastSerialization.1"u8))
                return ObjectVersion;
        }
        catch (EndOfStreamException)
        {
            // Too short to be a recording.
        }

        throw new RecordingFormatException(NoRecording);
    }

    private static int ReadBlockVersion(ForwardStream bytes)
    {
        int version = bytes.ReadInt32();
        bytes.ReadInt32();
        return version switch
        {
            FirstBlockVersion => version,
            > FirstBlockVersion => throw new RecordingFormatException(
                $"is a recording of version {version}; the newest that can be read is {FirstBlockVersion}"),
            _ => throw new RecordingFormatException(NoRecording),
        };
    }
}
